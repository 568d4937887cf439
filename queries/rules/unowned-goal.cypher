// code: OWN101
// name: unowned-goal
// columns: goal, severity, case, priority, parent, doers
// judged: active-goals
// Active goals that no party is accountable for; whether a party does them, and whether a goal above is owned: `parent`
// is a goal it contributes to directly, an owned one first.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
  AND NOT EXISTS { (g)<-[:ACCOUNTABLE_FOR]-(o) WHERE o:Partner OR coalesce(o.status, 'active') = 'active' }
CALL (g) {
  MATCH (g)<-[:SERVES*0..1]-(t)<-[:RESPONSIBLE_FOR]-(y)
  WHERE (t = g OR coalesce(t.status, 'active') = 'active') AND (y:Partner OR coalesce(y.status, 'active') = 'active')
  WITH DISTINCT y ORDER BY y.id
  RETURN collect(y.id) AS doers
}
CALL (g) {
  MATCH (g)-[r:CONTRIBUTES_TO]->(p:Goal)
  WHERE coalesce(r.weight, 100) > 0 AND p <> g
  WITH DISTINCT p, coalesce(p.status, 'active') IN ['active', 'proposed'] AS open
  CALL (p) {
    MATCH (p)-[rs:CONTRIBUTES_TO*0..]->(a)
    WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
    WITH DISTINCT a
    WHERE coalesce(a.status, 'active') IN ['active', 'proposed']
      AND EXISTS { (a)<-[:ACCOUNTABLE_FOR]-(o) WHERE o:Partner OR coalesce(o.status, 'active') = 'active' }
    RETURN count(a) > 0 AS near
  }
  WITH p, open, near,
    open AND EXISTS { (p)<-[:ACCOUNTABLE_FOR]-(o) WHERE o:Partner OR coalesce(o.status, 'active') = 'active' } AS owned
  ORDER BY owned DESC, near DESC, p.id
  RETURN
    collect(CASE WHEN open THEN p.id END)[0] AS first,
    collect(CASE WHEN open THEN owned END)[0] AS first_owned,
    count(CASE WHEN near THEN p END) > 0 AS above
}
WITH g, doers, first,
  CASE
    WHEN coalesce(g.shared, false) THEN 'shared'
    WHEN g.priority IN ['high', 'critical'] THEN 'priority'
    WHEN size(doers) > 0 THEN 'done'
    WHEN first_owned THEN 'parent'
    WHEN above THEN 'above'
    ELSE ''
  END AS why
WITH g, doers, first, why,
  CASE WHEN why IN ['shared', 'priority'] THEN 'high' WHEN why = '' THEN 'medium' ELSE 'low' END AS severity
RETURN
  g.id AS goal,
  severity,
  why AS case,
  g.priority AS priority,
  CASE WHEN severity = 'low' THEN first END AS parent,
  doers
ORDER BY goal
