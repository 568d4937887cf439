// columns: judged
// Counts the active goals that anybody is accountable for, those who have left included.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active' AND EXISTS { (g)<-[:ACCOUNTABLE_FOR]-() }
RETURN count(g) AS judged
