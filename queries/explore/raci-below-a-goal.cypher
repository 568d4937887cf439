// title: The RACI of a goal and all below
// question: Who is responsible, accountable, consulted and informed on a goal, the goals below it and the work that serves them?
// columns: item, name, kind, responsible, accountable, consulted, informed
// params: goal = null
// One line for the goal, each goal that contributes to it and each piece of work that serves one of them. An empty cell under accountable is
// an unowned goal; two names there are two owners. Without a goal, the goals to which nothing is above.
MATCH (g:Goal)
WHERE g.id = $goal OR g.name = $goal OR ($goal IS NULL AND NOT (g)-[:CONTRIBUTES_TO]->(:Goal))
CALL (g) {
  MATCH (g)<-[:CONTRIBUTES_TO*0..12]-(i:Goal) RETURN DISTINCT i, 'Goal' AS kind
  UNION
  MATCH (g)<-[:CONTRIBUTES_TO*0..12]-(:Goal)<-[:SERVES]-(i:Responsibility) RETURN DISTINCT i, 'Responsibility' AS kind
}
WITH DISTINCT i, kind
OPTIONAL MATCH (i)<-[k:RESPONSIBLE_FOR|ACCOUNTABLE_FOR|CONSULTED_ON|INFORMED_OF]-(y)
WITH i, kind, y, type(k) AS role ORDER BY y.id
RETURN i.id AS item, i.name AS name, kind,
  collect(DISTINCT CASE WHEN role = 'RESPONSIBLE_FOR' THEN y.name END) AS responsible,
  collect(DISTINCT CASE WHEN role = 'ACCOUNTABLE_FOR' THEN y.name END) AS accountable,
  collect(DISTINCT CASE WHEN role = 'CONSULTED_ON' THEN y.name END) AS consulted,
  collect(DISTINCT CASE WHEN role = 'INFORMED_OF' THEN y.name END) AS informed
ORDER BY kind, item
