// code: OUT501
// name: unmeasured-goal
// columns: goal, severity, case, weight
// judged: active-goals
// Active goals that no KPI measures, nor a goal below, nor an active goal above.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active' AND NOT EXISTS { (g)<-[:MEASURES]-() }
CALL (g) {
  MATCH (g)<-[rs:CONTRIBUTES_TO*1..]-(h)
  WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
  WITH DISTINCT h WHERE EXISTS { (h)<-[:MEASURES]-() }
  RETURN count(h) AS below
}
WITH g WHERE below = 0
CALL (g) {
  MATCH (g)-[rs:CONTRIBUTES_TO*1..]->(h)
  WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
  WITH DISTINCT h WHERE coalesce(h.status, 'active') = 'active' AND EXISTS { (h)<-[:MEASURES]-() }
  RETURN count(h) AS above
}
WITH g, coalesce(g.shared, false) OR coalesce(g.priority IN ['high', 'critical'], false) AS heavy
WHERE above = 0
RETURN
  g.id AS goal,
  CASE WHEN heavy THEN 'medium' ELSE 'low' END AS severity,
  CASE WHEN heavy THEN 'weighty' ELSE '' END AS case,
  CASE WHEN g.shared THEN 'the alliance shares' ELSE 'of ' + g.priority + ' priority' END AS weight
ORDER BY goal
