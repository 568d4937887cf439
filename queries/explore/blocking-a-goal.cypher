// title: What blocks a goal
// question: Which goals does a goal need, directly or further on, that are not done yet?
// columns: goal, steps, needed, name, status, due, owners
// params: goal = null
// One line a needed goal: how many dependencies away it is, what state it is in, when it is due and who owns it. One without an owner, or due
// after the goal itself, is where to start.
MATCH (g:Goal)
WHERE ($goal IS NULL AND coalesce(g.status, 'active') = 'active') OR g.id = $goal OR g.name = $goal
MATCH path = (g)-[:DEPENDS_ON*1..6]->(n:Goal)
WHERE n <> g AND NOT coalesce(n.status, 'active') IN ['done', 'dropped']
WITH g, n, min(length(path)) AS far
OPTIONAL MATCH (n)<-[:ACCOUNTABLE_FOR]-(o)
WITH g, n, far, o ORDER BY o.id
RETURN g.id AS goal, far AS steps, n.id AS needed, n.name AS name, coalesce(n.status, 'active') AS status, n.due AS due,
  collect(o.name) AS owners
ORDER BY goal, steps, needed
