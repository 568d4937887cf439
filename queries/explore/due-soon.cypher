// title: What is due next
// question: Which active goals are due in the coming days, and what do they still wait for?
// columns: goal, name, due, days, owners, waits_for
// params: days = 90, as_of = today
// 'waits_for' lists the goals it needs that are neither done nor dropped.
WITH date($as_of) AS as_of
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active' AND g.due >= as_of AND g.due <= as_of + duration({days: $days})
OPTIONAL MATCH (g)<-[:ACCOUNTABLE_FOR]-(o)
WITH as_of, g, o ORDER BY o.id
WITH as_of, g, collect(DISTINCT o.name) AS owners
OPTIONAL MATCH (g)-[:DEPENDS_ON]->(n:Goal)
WHERE NOT coalesce(n.status, 'active') IN ['done', 'dropped']
WITH as_of, g, owners, n ORDER BY n.id
RETURN g.id AS goal, g.name AS name, g.due AS due, duration.inDays(as_of, g.due).days AS days, owners, collect(DISTINCT n.name) AS waits_for
ORDER BY due, goal
