// columns: judged
// Counts the dependencies between active or proposed goals that both have a due date.
MATCH (g:Goal)-[:DEPENDS_ON]->(n:Goal)
WHERE g <> n
  AND g.due IS NOT NULL
  AND n.due IS NOT NULL
  AND coalesce(g.status, 'active') IN ['active', 'proposed']
  AND coalesce(n.status, 'active') IN ['active', 'proposed']
WITH DISTINCT g, n
RETURN count(*) AS judged
