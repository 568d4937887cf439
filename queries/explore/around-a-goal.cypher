// title: Everything around a goal
// question: What is tied to a goal, directly or through one thing between?
// columns: steps, type, label, id, name
// params: goal = null
// One line a neighbour: how many steps away (1 or 2), by which relationship the last step goes, and what it is.
// Without a goal the first one by id is shown.
MATCH (g:Goal)
WHERE $goal IS NULL OR g.id = $goal OR g.name = $goal
WITH g ORDER BY g.id LIMIT 1
CALL (g) {
  MATCH (g)-[r]-(n) WHERE n <> g
  RETURN n, 1 AS far, type(r) AS type
  UNION
  MATCH (g)-[]-(m)-[r]-(n) WHERE m <> g AND n <> g AND NOT (g)--(n)
  RETURN n, 2 AS far, type(r) AS type
}
RETURN far AS steps, type, [l IN labels(n) WHERE l <> 'Entity'][0] AS label, n.id AS id, n.name AS name
ORDER BY steps, type, id
