// columns: judged
// Counts the KPIs that measure an active goal, or none.
MATCH (k:Kpi)
WHERE NOT EXISTS { (k)-[:MEASURES]->(:Goal) }
  OR EXISTS { (k)-[:MEASURES]->(g:Goal) WHERE coalesce(g.status, 'active') = 'active' }
RETURN count(k) AS judged
