// code: ENG307
// name: unwilling-owner
// columns: goal, owner, case
// judged: owners-of-known-engagement
// Active goals and the persons who own them and are unaware or resistant. A person that others are members of does not
// count beside one of these.
MATCH (g:Goal)<-[:ACCOUNTABLE_FOR]-(y:Stakeholder)
WHERE coalesce(g.status, 'active') = 'active'
  AND y.engagement IN ['unaware', 'resistant']
  AND coalesce(y.kind, 'person') = 'person'
  AND coalesce(y.status, 'active') = 'active'
WITH DISTINCT g, y
CALL (g, y) {
  OPTIONAL MATCH (g)<-[:ACCOUNTABLE_FOR]-(z:Stakeholder)
  WHERE z <> y AND coalesce(z.status, 'active') = 'active'
  OPTIONAL MATCH (z)-[:MEMBER_OF*1..]->(c)
  RETURN collect(DISTINCT c) AS containers
}
WITH g, y WHERE NOT y IN containers
RETURN g.id AS goal, y.id AS owner, y.engagement AS case
ORDER BY goal, owner
