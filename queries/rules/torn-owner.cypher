// code: CON202
// name: torn-owner
// columns: party, goal, other
// judged: declared-conflicts
// Parties that own both of two active or proposed goals in declared conflict: a partner or group does not own beside a
// party of it.
MATCH (a:Goal)-[:CONFLICTS_WITH]-(b:Goal)
WHERE a.id < b.id
  AND coalesce(a.status, 'active') IN ['active', 'proposed']
  AND coalesce(b.status, 'active') IN ['active', 'proposed']
WITH DISTINCT a, b
MATCH (a)<-[:ACCOUNTABLE_FOR]-(o)
WHERE (o:Partner OR coalesce(o.status, 'active') = 'active') AND EXISTS { (o)-[:ACCOUNTABLE_FOR]->(b) }
WITH DISTINCT a, b, o
CALL (a, o) {
  MATCH (a)<-[:ACCOUNTABLE_FOR]-(m)
  WHERE EXISTS { (o)<-[:MEMBER_OF|PART_OF]-() } AND m <> o AND (m:Partner OR coalesce(m.status, 'active') = 'active')
  MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(c)
  WITH collect(DISTINCT c) AS containers
  RETURN o IN containers AS beside
}
CALL (b, o) {
  MATCH (b)<-[:ACCOUNTABLE_FOR]-(m)
  WHERE EXISTS { (o)<-[:MEMBER_OF|PART_OF]-() } AND m <> o AND (m:Partner OR coalesce(m.status, 'active') = 'active')
  MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(c)
  WITH collect(DISTINCT c) AS containers
  RETURN o IN containers AS beside_there
}
WITH a, b, o WHERE NOT beside AND NOT beside_there
RETURN o.id AS party, a.id AS goal, b.id AS other
ORDER BY party, goal, other
