// title: Who waits for a goal
// question: Which goals depend on a goal, directly or further on, and who owns them?
// columns: goal, steps, waiting, name, owners
// params: goal = null
// One line a goal that waits. The owners named are those to tell when the goal slips.
MATCH (g:Goal)
WHERE ($goal IS NULL AND coalesce(g.status, 'active') = 'active') OR g.id = $goal OR g.name = $goal
MATCH path = (w:Goal)-[:DEPENDS_ON*1..6]->(g)
WHERE w <> g AND coalesce(w.status, 'active') = 'active'
WITH g, w, min(length(path)) AS far
OPTIONAL MATCH (w)<-[:ACCOUNTABLE_FOR]-(o)
WITH g, w, far, o ORDER BY o.id
RETURN g.id AS goal, far AS steps, w.id AS waiting, w.name AS name, collect(o.name) AS owners
ORDER BY goal, steps, waiting
