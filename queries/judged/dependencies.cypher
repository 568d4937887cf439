// columns: judged
// Counts the dependencies between active goals.
MATCH (g:Goal)-[:DEPENDS_ON]->(n:Goal)
WHERE g <> n AND coalesce(g.status, 'active') = 'active' AND coalesce(n.status, 'active') = 'active'
WITH DISTINCT g, n
RETURN count(*) AS judged
