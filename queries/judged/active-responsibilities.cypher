// columns: judged
// Counts the active responsibilities.
MATCH (t:Responsibility)
WHERE coalesce(t.status, 'active') = 'active'
RETURN count(t) AS judged
