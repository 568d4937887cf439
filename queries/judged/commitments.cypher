// columns: judged
// Counts the commitments of partners to active goals.
MATCH (p:Partner)-[:COMMITS_TO]->(g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
WITH DISTINCT p, g
RETURN count(*) AS judged
