// title: Goals past their day
// question: Which active goals are past due, by how many days, and whose are they?
// columns: goal, name, due, days, owners
// params: as_of = today
// The oldest first. Either the goal is done and nobody said so, or its owner owes a new day.
WITH date($as_of) AS as_of
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active' AND g.due < as_of
OPTIONAL MATCH (g)<-[:ACCOUNTABLE_FOR]-(o)
WITH as_of, g, o ORDER BY o.id
RETURN g.id AS goal, g.name AS name, g.due AS due, duration.inDays(g.due, as_of).days AS days, collect(DISTINCT o.name) AS owners
ORDER BY days DESC, goal
