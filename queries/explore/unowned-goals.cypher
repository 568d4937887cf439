// title: Goals that nobody owns
// question: Which active goals is nobody accountable for, and who at least works on them?
// columns: goal, name, priority, above, doers
// The doers are the natural candidates for the ownership; a goal without them is one that nobody has picked up at all.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active' AND NOT (g)<-[:ACCOUNTABLE_FOR]-()
OPTIONAL MATCH (g)-[:CONTRIBUTES_TO]->(u:Goal)
WITH g, u ORDER BY u.id
WITH g, collect(u.name)[0] AS above
OPTIONAL MATCH (g)<-[:SERVES*0..1]-()<-[:RESPONSIBLE_FOR]-(y)
WITH g, above, y ORDER BY y.id
RETURN g.id AS goal, g.name AS name, g.priority AS priority, above, collect(DISTINCT y.name) AS doers
ORDER BY goal
