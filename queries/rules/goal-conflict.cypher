// code: CON201
// name: goal-conflict
// columns: goal, other, severity, case, ours, theirs
// judged: declared-conflicts
// Two active or proposed goals in declared conflict; apart: both are goals of partners (a party of which commits to them
// or is accountable), and of none in common.
MATCH (a:Goal)-[:CONFLICTS_WITH]-(b:Goal)
WHERE a.id < b.id
  AND coalesce(a.status, 'active') IN ['active', 'proposed']
  AND coalesce(b.status, 'active') IN ['active', 'proposed']
WITH DISTINCT a, b
CALL (a) {
  MATCH (a)<-[:COMMITS_TO|ACCOUNTABLE_FOR]-(y)
  WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(c)
  WITH DISTINCT c WHERE c:Partner
  WITH c ORDER BY c.id
  RETURN collect(c.id) AS ours
}
CALL (b) {
  MATCH (b)<-[:COMMITS_TO|ACCOUNTABLE_FOR]-(y)
  WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(c)
  WITH DISTINCT c WHERE c:Partner
  WITH c ORDER BY c.id
  RETURN collect(c.id) AS theirs
}
WITH a, b, ours, theirs, size(ours) > 0 AND size(theirs) > 0 AND none(p IN ours WHERE p IN theirs) AS apart
RETURN
  a.id AS goal,
  b.id AS other,
  CASE WHEN apart THEN 'high' END AS severity,
  CASE WHEN apart THEN 'apart' ELSE '' END AS case,
  ours,
  theirs
ORDER BY goal, other
