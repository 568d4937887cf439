// code: CON203
// name: torn-outcome
// columns: goal, other, outcome, steps, case
// judged: declared-conflicts
// Two active or proposed goals in declared conflict, both below one such goal: the nearest by the sum of steps, then by
// id.
MATCH (a:Goal)-[:CONFLICTS_WITH]-(b:Goal)
WHERE a.id < b.id
  AND coalesce(a.status, 'active') IN ['active', 'proposed']
  AND coalesce(b.status, 'active') IN ['active', 'proposed']
WITH DISTINCT a, b
CALL (a, b) {
  CALL (a, b) {
    MATCH (a)-[rs:CONTRIBUTES_TO*1..]->(x)
    WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
    WITH x, min(size(rs)) AS steps
    RETURN x, steps
    UNION ALL
    MATCH (b)-[rs:CONTRIBUTES_TO*1..]->(x)
    WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
    WITH x, min(size(rs)) AS steps
    RETURN x, steps
  }
  WITH x, sum(steps) AS steps, count(*) AS sides
  WHERE sides = 2 AND x <> a AND x <> b AND coalesce(x.status, 'active') IN ['active', 'proposed']
  WITH x.id AS outcome, steps
  ORDER BY steps, outcome
  LIMIT 1
  RETURN outcome, steps
}
RETURN
  a.id AS goal,
  b.id AS other,
  outcome,
  steps,
  CASE WHEN steps > 2 THEN 'far' ELSE '' END AS case
ORDER BY goal, other, outcome
