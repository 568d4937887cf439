// code: COO407
// name: goals-without-talk
// columns: partner, other, goals, more, last, days, case, rank
// params: as_of, contact_window_days
// judged: pairs-committed-to-one-goal
// covered: goal-owners
// Two partners, neither part of the other, that commit to the same active goal, without recent contact of their members
// and without a member of both.
WITH date($as_of) AS as_of
MATCH (p:Partner)-[:COMMITS_TO]->(g:Goal)<-[:COMMITS_TO]-(q:Partner)
WHERE p.id < q.id AND coalesce(g.status, 'active') = 'active'
WITH DISTINCT as_of, p, q, g.id AS goal ORDER BY goal
WITH as_of, p, q, collect(goal) AS goals
CALL (p) {
  MATCH (p)-[:PART_OF*0..]->(k)
  RETURN DISTINCT k
  UNION
  MATCH (p)<-[:PART_OF*1..]-(k)
  RETURN DISTINCT k
}
WITH as_of, p, q, goals, collect(k) AS kin
WHERE NOT q IN kin
WITH as_of, p, collect([q, goals]) AS others
WITH as_of, collect([p, others]) AS pairs
// With whom the members of each partner have talked: each contact once, from the one up to its partners, from the other
// up to its own; a member of both partners counts as one who talks.
CALL (as_of) {
  MATCH (o:Stakeholder)
  WHERE coalesce(o.status, 'active') = 'active'
  CALL (o) {
    MATCH (o)-[:MEMBER_OF|PART_OF*1..]->(q)
    WITH DISTINCT q WHERE q:Partner
    RETURN collect(q) AS theirs
  }
  WITH as_of, o, theirs WHERE size(theirs) > 0
  CALL (as_of, o, theirs) {
    WITH o, theirs WHERE size(theirs) > 1
    RETURN o AS m, null AS day, 1 AS own
    UNION ALL
    MATCH (o)-[c:COMMUNICATES_WITH]->(m:Stakeholder)
    WHERE c.date <= as_of
      AND o <> m
      AND coalesce(o.kind, 'person') = 'person'
      AND coalesce(m.kind, 'person') = 'person'
      AND coalesce(m.status, 'active') = 'active'
    RETURN m, c.date AS day, 0 AS own
  }
  UNWIND theirs AS q
  WITH m, q, max(day) AS day, max(own) AS own
  WITH m, collect([q, day, own]) AS heard
  CALL (m) {
    MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(p)
    WITH DISTINCT p WHERE p:Partner
    RETURN p
  }
  UNWIND heard AS h
  WITH p, h[0] AS q, max(h[1]) AS day, max(h[2]) AS own
  UNWIND [[p, q], [q, p]] AS pair
  WITH pair[0] AS p, collect([pair[1], day, own]) AS talks
  RETURN collect([p, talks]) AS ties
}
UNWIND pairs AS pair
WITH as_of, pair[0] AS p, pair[1] AS others, coalesce([t IN ties WHERE t[0] = pair[0]][0][1], []) AS talks
UNWIND others AS other
WITH as_of, p, other[0] AS q, other[1] AS goals, [t IN talks WHERE t[0] = other[0]] AS heard
WITH as_of, p, q, goals,
  reduce(last = null, h IN heard | CASE WHEN last IS NULL OR h[1] > last THEN h[1] ELSE last END) AS last,
  reduce(own = 0, h IN heard | own + h[2]) AS own
WHERE own = 0 AND (last IS NULL OR last < as_of - duration({days: $contact_window_days}))
RETURN
  p.id AS partner,
  q.id AS other,
  goals[..5] AS goals,
  CASE WHEN size(goals) > 5 THEN ' and ' + (size(goals) - 5) + ' more' ELSE '' END AS more,
  last,
  duration.inDays(last, as_of).days AS days,
  CASE WHEN last IS NULL THEN 'never' ELSE 'late' END AS case,
  size(goals) AS rank
ORDER BY partner, other
