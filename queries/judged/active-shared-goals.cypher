// columns: judged
// Counts the active shared goals.
MATCH (g:Goal)
WHERE g.shared AND coalesce(g.status, 'active') = 'active'
RETURN count(g) AS judged
