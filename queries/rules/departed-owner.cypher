// code: OWN104
// name: departed-owner
// columns: goal, owners
// judged: goals-with-anybody-accountable
// Active goals for which somebody is accountable, and everyone accountable has left.
MATCH (g:Goal)<-[:ACCOUNTABLE_FOR]-(o)
WHERE coalesce(g.status, 'active') = 'active'
  AND NOT EXISTS { (g)<-[:ACCOUNTABLE_FOR]-(p) WHERE p:Partner OR coalesce(p.status, 'active') = 'active' }
WITH DISTINCT g, o ORDER BY o.id
RETURN g.id AS goal, collect(o.id) AS owners
ORDER BY goal
