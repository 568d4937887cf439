// code: OWN105
// name: unassigned-responsibility
// columns: responsibility, goals, case
// judged: active-responsibilities
// Active responsibilities that no party is responsible for, and the goals that they serve.
MATCH (t:Responsibility)
WHERE coalesce(t.status, 'active') = 'active'
  AND NOT EXISTS { (t)<-[:RESPONSIBLE_FOR]-(y) WHERE y:Partner OR coalesce(y.status, 'active') = 'active' }
CALL (t) {
  MATCH (t)-[:SERVES]->(g)
  WITH DISTINCT g ORDER BY g.id
  RETURN collect(g.id) AS goals
}
RETURN t.id AS responsibility, goals, CASE WHEN size(goals) > 0 THEN 'goal' ELSE '' END AS case
ORDER BY responsibility
