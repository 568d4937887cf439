// code: OWN112
// name: unbacked-owner
// columns: goal, owner, homes, committed
// judged: personal-owners-of-committed-goals
// Persons who own an active goal that partners commit to, and have partners, none of which does.
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
  WITH c ORDER BY c.id
  RETURN collect(c.id) AS homes
}
CALL (g) {
  MATCH (g)<-[:COMMITS_TO]-(p:Partner)
  WITH DISTINCT p ORDER BY p.id
  RETURN collect(p.id) AS committed
}
WITH g, o, homes, committed
WHERE size(homes) > 0 AND none(h IN homes WHERE h IN committed)
RETURN g.id AS goal, o.id AS owner, homes, committed
ORDER BY goal, owner
