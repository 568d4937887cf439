// columns: judged
// Counts the persons, and the groups with a capacity, that own an active goal: whoever is accountable beside one who
// belongs to them does not own it.
MATCH (p:Stakeholder)-[:ACCOUNTABLE_FOR]->(g:Goal)
WHERE coalesce(p.status, 'active') = 'active'
  AND (coalesce(p.kind, 'person') = 'person' OR p.capacity IS NOT NULL)
  AND coalesce(g.status, 'active') = 'active'
WITH DISTINCT p, g
CALL (p, g) {
  MATCH (g)<-[:ACCOUNTABLE_FOR]-(m)
  WHERE EXISTS { (p)<-[:MEMBER_OF]-() } AND m <> p AND (m:Partner OR coalesce(m.status, 'active') = 'active')
  MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(c)
  WITH collect(DISTINCT c) AS containers
  RETURN p IN containers AS beside
}
WITH p, beside WHERE NOT beside
RETURN count(DISTINCT p) AS judged
