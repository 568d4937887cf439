// columns: judged
// Counts the contributions of weight < 0 between active or proposed goals, each two goals once.
MATCH (a:Goal)-[r:CONTRIBUTES_TO]->(b:Goal)
WHERE r.weight < 0
  AND coalesce(a.status, 'active') IN ['active', 'proposed']
  AND coalesce(b.status, 'active') IN ['active', 'proposed']
WITH DISTINCT a, b
RETURN count(*) AS judged
