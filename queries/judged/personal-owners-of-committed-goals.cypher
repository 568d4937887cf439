// columns: judged
// Counts the persons who own an active goal that partners commit to and have a partner, each with each goal: whoever is
// accountable beside one who belongs to them does not own it.
MATCH (g:Goal)<-[:ACCOUNTABLE_FOR]-(o:Stakeholder)
WHERE coalesce(g.status, 'active') = 'active'
  AND EXISTS { (g)<-[:COMMITS_TO]-(:Partner) }
  AND coalesce(o.kind, 'person') = 'person'
  AND coalesce(o.status, 'active') = 'active'
WITH DISTINCT g, o
CALL (o, g) {
  MATCH (g)<-[:ACCOUNTABLE_FOR]-(m)
  WHERE EXISTS { (o)<-[:MEMBER_OF]-() } AND m <> o AND (m:Partner OR coalesce(m.status, 'active') = 'active')
  MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(c)
  WITH collect(DISTINCT c) AS containers
  RETURN o IN containers AS beside
}
WITH g, o, beside WHERE NOT beside
CALL (o) {
  MATCH (o)-[:MEMBER_OF|PART_OF*1..]->(c)
  WITH DISTINCT c WHERE c:Partner
  RETURN count(c) AS homes
}
WITH g WHERE homes > 0
RETURN count(g) AS judged
