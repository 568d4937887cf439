// code: COO403
// name: silent-dependency
// columns: goal, needed, partners, others, last, days, case
// params: as_of, contact_window_days
// judged: dependencies
// covered: goal-owners
// Dependencies between active goals of which no partner has both, without recent contact between a partner of the one
// and a partner of the other: with whom, and when last, its members talked.
WITH date($as_of) AS as_of
MATCH (g:Goal)-[:DEPENDS_ON]->(n:Goal)
WHERE g <> n AND coalesce(g.status, 'active') = 'active' AND coalesce(n.status, 'active') = 'active'
WITH DISTINCT as_of, g, n
CALL (g) {
  MATCH (g)<-[:COMMITS_TO|ACCOUNTABLE_FOR]-(y)
  WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(p)
  WITH DISTINCT p WHERE p:Partner
  RETURN collect(p) AS partners
}
CALL (n) {
  MATCH (n)<-[:COMMITS_TO|ACCOUNTABLE_FOR]-(y)
  WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(p)
  WITH DISTINCT p WHERE p:Partner
  RETURN collect(p) AS others
}
WITH as_of, g, n, partners, others
WHERE size(partners) > 0 AND size(others) > 0 AND none(p IN partners WHERE p IN others)
WITH as_of, collect([g, n, partners, others]) AS needs
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
UNWIND needs AS need
WITH as_of, need[0] AS g, need[1] AS n, need[2] AS partners, need[3] AS others, ties
WITH as_of, g, n, partners, others,
  reduce(heard = [], t IN ties | CASE WHEN t[0] IN partners THEN heard + [h IN t[1] WHERE h[0] IN others] ELSE heard END)
    AS heard
WITH as_of, g, n, partners, others,
  reduce(last = null, h IN heard | CASE WHEN last IS NULL OR h[1] > last THEN h[1] ELSE last END) AS last,
  reduce(own = 0, h IN heard | own + h[2]) AS own
WHERE own = 0 AND (last IS NULL OR last < as_of - duration({days: $contact_window_days}))
CALL (partners) {
  UNWIND partners AS p
  WITH p ORDER BY p.id
  RETURN collect(p.id) AS list
}
CALL (others) {
  UNWIND others AS p
  WITH p ORDER BY p.id
  RETURN collect(p.id) AS other_list
}
RETURN
  g.id AS goal,
  n.id AS needed,
  list AS partners,
  other_list AS others,
  last,
  duration.inDays(last, as_of).days AS days,
  CASE WHEN last IS NULL THEN 'never' ELSE 'late' END AS case
ORDER BY goal, needed
