// code: CON205
// name: working-against
// columns: goal, harmed, partners, weighs, rank
// params: weight
// judged: harmful-contributions
// Heavy harm done by one active or proposed goal to another, which is a goal of a partner (a party of which commits to it
// or is accountable for it) whose goal the first is not.
MATCH (a:Goal)-[r:CONTRIBUTES_TO]->(b:Goal)
WHERE r.weight < 0
  AND coalesce(a.status, 'active') IN ['active', 'proposed']
  AND coalesce(b.status, 'active') IN ['active', 'proposed']
WITH a, b, min(r.weight) AS weighs
WHERE weighs <= $weight
CALL (a) {
  MATCH (a)<-[:COMMITS_TO|ACCOUNTABLE_FOR]-(y)
  WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(c)
  RETURN collect(DISTINCT c) AS ours
}
CALL (b, ours) {
  MATCH (b)<-[:COMMITS_TO|ACCOUNTABLE_FOR]-(y)
  WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(c)
  WITH DISTINCT c WHERE c:Partner AND NOT c IN ours
  WITH c ORDER BY c.id
  RETURN collect(c.id) AS partners
}
WITH a, b, weighs, partners WHERE size(partners) > 0
RETURN a.id AS goal, b.id AS harmed, partners, weighs, -weighs AS rank
ORDER BY goal, harmed
