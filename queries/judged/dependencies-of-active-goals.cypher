// columns: judged
// Counts the dependencies of active goals on other goals of any status.
MATCH (g:Goal)-[:DEPENDS_ON]->(n:Goal)
WHERE g <> n AND coalesce(g.status, 'active') = 'active'
WITH DISTINCT g, n
RETURN count(*) AS judged
