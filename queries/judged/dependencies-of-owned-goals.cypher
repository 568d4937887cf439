// columns: judged
// Counts the dependencies of owned active goals on active goals.
MATCH (g:Goal)-[:DEPENDS_ON]->(n:Goal)
WHERE g <> n AND coalesce(g.status, 'active') = 'active' AND coalesce(n.status, 'active') = 'active'
WITH DISTINCT g, n
WHERE EXISTS { (g)<-[:ACCOUNTABLE_FOR]-(o) WHERE o:Partner OR coalesce(o.status, 'active') = 'active' }
RETURN count(*) AS judged
