// columns: judged
// Counts the active goals.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
RETURN count(g) AS judged
