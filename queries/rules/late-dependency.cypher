// code: COO405
// name: late-dependency
// columns: goal, needed, due, needed_due, after, rank
// judged: dated-dependencies
// Dependencies between active or proposed goals, of which the one that is needed is due after the other.
MATCH (g:Goal)-[:DEPENDS_ON]->(n:Goal)
WHERE n.due > g.due
  AND coalesce(g.status, 'active') IN ['active', 'proposed']
  AND coalesce(n.status, 'active') IN ['active', 'proposed']
WITH DISTINCT g, n, duration.inDays(g.due, n.due).days AS days
RETURN
  g.id AS goal,
  n.id AS needed,
  g.due AS due,
  n.due AS needed_due,
  CASE days WHEN 1 THEN 'a day' ELSE days + ' days' END AS after,
  days AS rank
ORDER BY goal, needed
