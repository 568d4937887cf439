// code: DAT903
// name: no-partner
// columns: stakeholder
// judged: active-persons
// Persons who belong to no partner, neither directly nor through groups.
MATCH (p:Stakeholder)
WHERE coalesce(p.kind, 'person') = 'person' AND coalesce(p.status, 'active') = 'active'
CALL (p) {
  MATCH (p)-[:MEMBER_OF|PART_OF*1..]->(c)
  WITH DISTINCT c WHERE c:Partner
  RETURN count(c) AS homes
}
WITH p WHERE homes = 0
RETURN p.id AS stakeholder
ORDER BY stakeholder
