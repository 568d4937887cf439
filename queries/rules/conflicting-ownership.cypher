// code: OWN102
// name: conflicting-ownership
// columns: goal, severity, case, rank, owners, count
// judged: owned-goals
// Active goals with two or more owners, not marked as co-owned: a partner or group does not count beside a party of it.
// Apart: two of the owners have partners, and none in common.
MATCH (g:Goal)<-[:ACCOUNTABLE_FOR]-(o)
WHERE coalesce(g.status, 'active') = 'active'
  AND NOT coalesce(g.co_owned, false)
  AND (o:Partner OR coalesce(o.status, 'active') = 'active')
WITH g, collect(DISTINCT o) AS parties
WHERE size(parties) > 1
CALL (parties) {
  UNWIND parties AS o
  MATCH (o)-[:MEMBER_OF|PART_OF*1..]->(c)
  RETURN collect(DISTINCT c) AS containers
}
CALL (parties, containers) {
  UNWIND parties AS o
  WITH o WHERE NOT o IN containers
  CALL (o) {
    MATCH (o)-[:MEMBER_OF|PART_OF*0..]->(c)
    WITH DISTINCT c WHERE c:Partner
    RETURN collect(c.id) AS partners
  }
  WITH o, partners ORDER BY o.id
  RETURN collect(o.id) AS owners, [p IN collect(partners) WHERE size(p) > 0] AS sets
}
WITH g, owners, size(owners) AS count,
  any(a IN sets WHERE any(b IN sets WHERE none(p IN a WHERE p IN b))) AS apart
WHERE count > 1
RETURN
  g.id AS goal,
  CASE WHEN apart THEN 'high' END AS severity,
  CASE WHEN apart THEN 'apart' ELSE '' END AS case,
  count AS rank,
  owners,
  count
ORDER BY goal
