// code: COO404
// name: uninformed-dependent
// columns: goal, needed, owners
// judged: dependencies-of-owned-goals
// Owned active goals that depend on an active goal on which none of its owners, their partners or parties of these has
// a RACI role. A partner or group does not own beside a party of it.
MATCH (g:Goal)-[:DEPENDS_ON]->(n:Goal)
WHERE g <> n AND coalesce(g.status, 'active') = 'active' AND coalesce(n.status, 'active') = 'active'
WITH DISTINCT g, n
WITH g, collect(n) AS needs
CALL (g) {
  MATCH (g)<-[:ACCOUNTABLE_FOR]-(o)
  WHERE o:Partner OR coalesce(o.status, 'active') = 'active'
  RETURN collect(DISTINCT o) AS parties
}
CALL (parties) {
  UNWIND CASE WHEN size(parties) > 1 THEN parties ELSE [] END AS o
  MATCH (o)-[:MEMBER_OF|PART_OF*1..]->(c)
  RETURN collect(DISTINCT c) AS containers
}
WITH needs, g, [o IN parties WHERE NOT o IN containers] AS owners
WHERE size(owners) > 0
CALL (owners) {
  UNWIND owners AS o
  MATCH (o)-[:MEMBER_OF|PART_OF*0..]->(c)
  WITH DISTINCT c WHERE c:Partner
  RETURN collect(c) AS sides
}
UNWIND needs AS n
CALL (n, owners, sides) {
  MATCH (n)<-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|CONSULTED_ON|INFORMED_OF]-(y)
  WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
  WITH DISTINCT owners, sides, y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(c)
  WITH DISTINCT owners, sides, y, c
  WHERE y = c AND y IN owners OR c IN sides
  RETURN count(c) AS heard
}
WITH g, n, owners WHERE heard = 0
CALL (owners) {
  UNWIND owners AS o
  WITH o ORDER BY o.id
  RETURN collect(o.id) AS list
}
RETURN g.id AS goal, n.id AS needed, list AS owners
ORDER BY goal, needed
