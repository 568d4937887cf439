// columns: judged
// Counts the active goals with a due date.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active' AND g.due IS NOT NULL
RETURN count(g) AS judged
