// title: Goals that nothing measures
// question: Which active goals have no KPI, neither themselves nor directly below?
// columns: goal, name, priority, shared
// Success of these cannot be told. Begin with the shared ones and those of high priority.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
  AND NOT EXISTS { (g)<-[:MEASURES]-(:Kpi) }
  AND NOT EXISTS { (g)<-[:CONTRIBUTES_TO]-(:Goal)<-[:MEASURES]-(:Kpi) }
RETURN g.id AS goal, g.name AS name, g.priority AS priority, coalesce(g.shared, false) AS shared
ORDER BY shared DESC, goal
