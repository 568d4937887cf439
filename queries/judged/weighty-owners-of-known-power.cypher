// columns: judged
// Counts the owners of known power of active goals of high or critical priority, each with each goal: whoever is
// accountable beside one who belongs to them does not own it.
MATCH (o:Stakeholder)-[:ACCOUNTABLE_FOR]->(g:Goal)
WHERE o.power IS NOT NULL
  AND coalesce(o.status, 'active') = 'active'
  AND g.priority IN ['high', 'critical']
  AND coalesce(g.status, 'active') = 'active'
WITH DISTINCT o, g
CALL (o, g) {
  MATCH (g)<-[:ACCOUNTABLE_FOR]-(m)
  WHERE EXISTS { (o)<-[:MEMBER_OF]-() } AND m <> o AND (m:Partner OR coalesce(m.status, 'active') = 'active')
  MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(c)
  WITH collect(DISTINCT c) AS containers
  RETURN o IN containers AS beside
}
WITH g, beside WHERE NOT beside
RETURN count(g) AS judged
