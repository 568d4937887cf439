// code: COO406
// name: silent-team
// columns: goal, owner, last, doers, days, case, rank
// params: as_of, contact_window_days
// judged: owners-of-a-team
// covered: goal-owners
// Active goals and a person who owns one, while other persons do it, none of whom the owner has talked with recently. A
// person that others are members of does not own beside one of these.
WITH date($as_of) AS as_of
MATCH (g:Goal)<-[:ACCOUNTABLE_FOR]-(o:Stakeholder)
WHERE coalesce(g.status, 'active') = 'active'
  AND coalesce(o.kind, 'person') = 'person'
  AND coalesce(o.status, 'active') = 'active'
WITH DISTINCT as_of, g, o
CALL (g, o) {
  OPTIONAL MATCH (g)<-[:ACCOUNTABLE_FOR]-(z:Stakeholder)
  WHERE z <> o AND coalesce(z.status, 'active') = 'active'
  OPTIONAL MATCH (z)-[:MEMBER_OF*1..]->(c)
  RETURN collect(DISTINCT c) AS containers
}
WITH as_of, g, o WHERE NOT o IN containers
CALL (g, o) {
  MATCH (g)<-[:SERVES*0..1]-(t)<-[:RESPONSIBLE_FOR]-(y:Stakeholder)
  WHERE (t = g OR coalesce(t.status, 'active') = 'active')
    AND y <> o
    AND coalesce(y.kind, 'person') = 'person'
    AND coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y ORDER BY y.id
  RETURN collect(y) AS team
}
WITH as_of, g, o, team WHERE size(team) > 0
CALL (as_of, o, team) {
  UNWIND team AS y
  MATCH (o)-[c:COMMUNICATES_WITH]-(y)
  WHERE c.date <= as_of
  RETURN max(c.date) AS last
}
WITH as_of, g, o, team, last
WHERE last IS NULL OR last < as_of - duration({days: $contact_window_days})
RETURN
  g.id AS goal,
  o.id AS owner,
  last,
  [y IN team | y.id] AS doers,
  duration.inDays(last, as_of).days AS days,
  CASE WHEN last IS NULL THEN 'never' ELSE 'late' END AS case,
  size(team) AS rank
ORDER BY goal, owner
