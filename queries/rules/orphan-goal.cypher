// code: OUT505
// name: orphan-goal
// columns: goal
// judged: active-goals
// Active goals that are not shared, and above which no active goal is.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active' AND NOT coalesce(g.shared, false)
CALL (g) {
  MATCH (g)-[rs:CONTRIBUTES_TO*1..]->(h)
  WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
  WITH DISTINCT h WHERE h.shared AND coalesce(h.status, 'active') = 'active'
  RETURN count(h) AS shared
}
WITH g WHERE shared = 0
RETURN g.id AS goal
ORDER BY goal
