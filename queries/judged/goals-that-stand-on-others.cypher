// columns: judged
// Counts the active goals that depend on another goal, or have one that contributes to them.
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
  AND (
    EXISTS { (g)-[:DEPENDS_ON]->(y:Goal) WHERE y <> g }
    OR EXISTS { (g)<-[r:CONTRIBUTES_TO]-(y:Goal) WHERE y <> g AND coalesce(r.weight, 100) > 0 }
  )
RETURN count(g) AS judged
