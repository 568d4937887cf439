// code: COO409
// name: dropped-dependency
// columns: goal, needed
// judged: dependencies-of-active-goals
// Active goals that depend on a dropped goal.
MATCH (g:Goal)-[:DEPENDS_ON]->(n:Goal)
WHERE n.status = 'dropped' AND coalesce(g.status, 'active') = 'active'
RETURN DISTINCT g.id AS goal, n.id AS needed
ORDER BY goal, needed
