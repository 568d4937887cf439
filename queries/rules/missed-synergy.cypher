// code: COO408
// name: missed-synergy
// columns: partner, other, goal, work, other_work, window
// params: as_of, similarity, contact_window_days
// judged: pairs-with-different-work
// covered: goal-owners
// Two partners, neither part of the other, that do work with different names for one active goal, or for it and a
// direct contributor, without a dependency between their active goals, recent contact or a member of both.
WITH date($as_of) AS as_of
MATCH (g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
CALL (g) {
  MATCH (g)<-[:SERVES]-(r:Responsibility)
  RETURN r, 1 AS here
  UNION ALL
  MATCH (g)<-[c:CONTRIBUTES_TO]-(h:Goal)<-[:SERVES]-(r:Responsibility)
  WHERE h <> g AND coalesce(c.weight, 100) > 0
  RETURN r, 0 AS here
}
WITH as_of, g, r, max(here) AS here
WHERE coalesce(r.status, 'active') = 'active'
CALL (r) {
  MATCH (r)<-[:RESPONSIBLE_FOR]-(y)
  WHERE y:Partner OR coalesce(y.status, 'active') = 'active'
  WITH DISTINCT y
  MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(p)
  WITH DISTINCT p WHERE p:Partner
  RETURN collect({at: p, id: p.id}) AS partners
}
WITH as_of, g, r, here, partners,
  reduce(words = [], w IN split(toLower(coalesce(r.name, r.id)), ' ') |
    CASE WHEN w = '' OR w IN words THEN words ELSE words + w END) AS words
WHERE size(partners) > 0
WITH as_of, g.id AS goal, collect({id: r.id, here: here, partners: partners, words: words}) AS work
UNWIND work AS a
UNWIND work AS b
WITH as_of, goal, a, b WHERE a.here + b.here > 0 AND a.id <> b.id
UNWIND a.partners AS one
UNWIND b.partners AS two
WITH as_of, goal, a, b, one, two WHERE one.id < two.id
WITH as_of, goal, a.id AS work, b.id AS other_work, a.words AS words, b.words AS other_words, one.at AS p, two.at AS q,
  size([w IN a.words WHERE w IN b.words]) AS both
WHERE toFloat(both) / (size(words) + size(other_words) - both) < $similarity
WITH as_of, p, q, goal, work, other_work ORDER BY goal, work, other_work
WITH as_of, p, q, collect([goal, work, other_work])[0] AS first
CALL (p) {
  MATCH (p)-[:PART_OF*0..]->(k)
  RETURN DISTINCT k
  UNION
  MATCH (p)<-[:PART_OF*1..]-(k)
  RETURN DISTINCT k
}
WITH as_of, p, q, first, collect(k) AS kin
WHERE NOT q IN kin
WITH as_of, p, collect([q, first]) AS others
WITH as_of, collect([p, others]) AS pairs
// Between whose goals there are dependencies.
CALL () {
  MATCH (g:Goal)-[:DEPENDS_ON]->(n:Goal)
  WHERE g <> n AND coalesce(g.status, 'active') = 'active' AND coalesce(n.status, 'active') = 'active'
  WITH DISTINCT g, n
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
  UNWIND partners AS p
  UNWIND others AS q
  UNWIND [[p, q], [q, p]] AS pair
  WITH pair[0] AS p, collect(DISTINCT pair[1]) AS needing
  RETURN collect([p, needing]) AS dependent
}
// With whom the members of each partner have talked lately: each contact once, from the one up to its partners, from the other
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
    RETURN o AS m
    UNION ALL
    MATCH (o)-[c:COMMUNICATES_WITH]->(m:Stakeholder)
    WHERE c.date <= as_of AND c.date >= as_of - duration({days: $contact_window_days})
      AND o <> m
      AND coalesce(o.kind, 'person') = 'person'
      AND coalesce(m.kind, 'person') = 'person'
      AND coalesce(m.status, 'active') = 'active'
    RETURN m
  }
  UNWIND theirs AS q
  WITH DISTINCT m, q
  WITH m, collect(q) AS heard
  CALL (m) {
    MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(p)
    WITH DISTINCT p WHERE p:Partner
    RETURN p
  }
  UNWIND heard AS q
  WITH DISTINCT p, q
  UNWIND [[p, q], [q, p]] AS pair
  WITH pair[0] AS p, collect(pair[1]) AS talks
  RETURN collect([p, talks]) AS ties
}
UNWIND pairs AS pair
WITH pair[0] AS p, pair[1] AS others,
  coalesce([d IN dependent WHERE d[0] = pair[0]][0][1], []) AS needing,
  coalesce([t IN ties WHERE t[0] = pair[0]][0][1], []) AS talks
UNWIND others AS other
WITH p, other[0] AS q, other[1] AS first, needing, talks
WHERE NOT q IN needing AND NOT q IN talks
RETURN
  p.id AS partner,
  q.id AS other,
  first[0] AS goal,
  first[1] AS work,
  first[2] AS other_work,
  $contact_window_days AS window
ORDER BY partner, other, goal
