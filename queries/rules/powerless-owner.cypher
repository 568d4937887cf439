// code: OWN109
// name: powerless-owner
// columns: goal, owner, case, priority, power
// params: levels_low, levels_high
// judged: weighty-owners-of-known-power
// Owners of low power of active goals of high or critical priority: all whom they report to, at any step, are of known
// power, and none of high power.
MATCH (o:Stakeholder)-[:ACCOUNTABLE_FOR]->(g:Goal)
WHERE o.power <= $levels_low
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
WITH o, collect(CASE WHEN NOT beside THEN g END) AS goals
WHERE size(goals) > 0
CALL (o) {
  MATCH (o)-[:REPORTS_TO*1..]->(b)
  WITH DISTINCT b
  WHERE b <> o
  RETURN count(b) AS above, count(CASE WHEN b.power IS NULL OR b.power >= $levels_high THEN b END) AS backing
}
WITH o, goals, above WHERE backing = 0
UNWIND goals AS g
RETURN
  g.id AS goal,
  o.id AS owner,
  CASE WHEN above > 0 THEN '' ELSE 'alone' END AS case,
  g.priority AS priority,
  o.power AS power
ORDER BY goal, owner
