// columns: judged
// Counts the active goals that somebody who is there is accountable for.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
  AND EXISTS { (g)<-[:ACCOUNTABLE_FOR]-(o) WHERE o:Partner OR coalesce(o.status, 'active') = 'active' }
RETURN count(g) AS judged
