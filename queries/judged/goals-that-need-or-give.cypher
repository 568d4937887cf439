// columns: judged
// Counts the active or proposed goals at either end of a dependency or of a contribution of weight > 0 between two such
// goals, which may be one and the same.
MATCH (a:Goal)-[r:DEPENDS_ON|CONTRIBUTES_TO]->(b:Goal)
WHERE (type(r) = 'DEPENDS_ON' OR coalesce(r.weight, 100) > 0)
  AND coalesce(a.status, 'active') IN ['active', 'proposed']
  AND coalesce(b.status, 'active') IN ['active', 'proposed']
UNWIND [a, b] AS g
RETURN count(DISTINCT g) AS judged
