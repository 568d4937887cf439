// code: COO402
// name: single-bridge
// columns: partner, other, person, others, goal, needed, case, rank, judged
// params: as_of
// judged: pairs-that-need-a-bridge
// covered: goal-owners
// Two partners, neither part of the other, with two members or more each and none in common, that work on an active
// goal in common or have a dependency between their active goals, all of whose contact touches one person of one side.
CALL () {
  // Who works on an active goal: a party of it commits to the goal, or owns or does it or a goal below.
  CALL () {
    MATCH (h:Goal)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]-(y)
    WHERE (t = h OR type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active')
      AND (y:Partner OR coalesce(y.status, 'active') = 'active')
    WITH y, collect(DISTINCT h) AS theirs
    CALL (y) {
      MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(p)
      WITH DISTINCT p WHERE p:Partner
      RETURN p
    }
    UNWIND theirs AS h
    WITH h, collect(DISTINCT p) AS partners
    CALL (h) {
      MATCH (h)-[rs:CONTRIBUTES_TO*0..]->(g)
      WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
      WITH DISTINCT g WHERE coalesce(g.status, 'active') = 'active'
      RETURN g
    }
    UNWIND partners AS p
    RETURN g, p
    UNION
    MATCH (g:Goal)<-[:COMMITS_TO]-(y:Partner)
    WHERE coalesce(g.status, 'active') = 'active'
    WITH DISTINCT g, y
    MATCH (y)-[:PART_OF*0..]->(p)
    WITH DISTINCT g, p
    RETURN g, p
  }
  WITH g.id AS goal, p ORDER BY p.id
  WITH goal, collect(p) AS partners
  UNWIND range(0, size(partners) - 2) AS i
  UNWIND partners[i + 1..] AS q
  RETURN partners[i] AS p, q, min(goal) AS goal, null AS needed
  UNION ALL
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
  UNWIND partners AS one
  UNWIND others AS two
  WITH g.id AS goal, n.id AS needed, one, two, one.id < two.id AS first
  WHERE one <> two
  WITH CASE WHEN first THEN one ELSE two END AS p, CASE WHEN first THEN two ELSE one END AS q, min([goal, needed]) AS step
  RETURN p, q, step[0] AS goal, step[1] AS needed
}
// What they have in common comes before what the one needs of the other.
WITH p, q, goal, needed ORDER BY needed IS NOT NULL
WITH p, q, collect([goal, needed])[0] AS stake
WITH p, collect([q, stake]) AS stakes
CALL (p) {
  MATCH (p)-[:PART_OF*0..]->(k)
  RETURN DISTINCT k
  UNION
  MATCH (p)<-[:PART_OF*1..]-(k)
  RETURN DISTINCT k
}
WITH p, stakes, collect(k) AS kin
WITH collect([p, [s IN stakes WHERE NOT s[0] IN kin]]) AS pairs, date($as_of) AS as_of
// With whom each partner has members in common, and which have two members or more.
CALL () {
  MATCH (m:Stakeholder)
  WHERE coalesce(m.status, 'active') = 'active'
  CALL (m) {
    MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(p)
    WITH DISTINCT p WHERE p:Partner
    RETURN collect(p) AS theirs
  }
  UNWIND theirs AS p
  UNWIND theirs AS q
  WITH p, q, count(m) AS members
  WITH p, collect(q) AS common, max(CASE WHEN p = q THEN members END) AS members
  WHERE members > 1
  RETURN collect(p) AS large, collect([p, common]) AS commons
}
UNWIND pairs AS pair
WITH as_of, large, pair[0] AS p, pair[1] AS stakes, [c IN commons WHERE c[0] = pair[0]][0][1] AS common
WHERE p IN large
WITH as_of, p, [s IN stakes WHERE s[0] IN large AND NOT s[0] IN common] AS stakes
WITH as_of, collect([p, stakes]) AS pairs, sum(size(stakes)) AS judged
// From the one of a contact up to its partners, from the other up to its own: the least and the most, in any order, of
// the people who talk on each side.
CALL (as_of) {
  MATCH (o:Stakeholder)
  WHERE coalesce(o.kind, 'person') = 'person' AND coalesce(o.status, 'active') = 'active'
  CALL (o) {
    MATCH (o)-[:MEMBER_OF|PART_OF*1..]->(q)
    WITH DISTINCT q WHERE q:Partner
    RETURN collect(q) AS theirs
  }
  WITH as_of, o, theirs WHERE size(theirs) > 0
  MATCH (o)-[c:COMMUNICATES_WITH]->(m:Stakeholder)
  WHERE (c.date IS NULL OR c.date <= as_of)
    AND o <> m
    AND coalesce(m.kind, 'person') = 'person'
    AND coalesce(m.status, 'active') = 'active'
  UNWIND theirs AS q
  WITH m, q, min(o) AS two, max(o) AS most_two
  WITH m, collect([q, two, most_two]) AS heard
  CALL (m) {
    MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(p)
    WITH DISTINCT p WHERE p:Partner
    RETURN p
  }
  UNWIND heard AS h
  WITH p, h[0] AS q, min(m) AS one, max(m) AS most_one, min(h[1]) AS two, max(h[2]) AS most_two
  WHERE p <> q
  // The two ways of a pair together, the smaller id first.
  WITH p.id > q.id AS turned, p, q, one, most_one, two, most_two
  WITH
    CASE WHEN turned THEN q ELSE p END AS p,
    CASE WHEN turned THEN p ELSE q END AS q,
    min(CASE WHEN turned THEN two ELSE one END) AS one,
    max(CASE WHEN turned THEN most_two ELSE most_one END) AS most_one,
    min(CASE WHEN turned THEN one ELSE two END) AS two,
    max(CASE WHEN turned THEN most_one ELSE most_two END) AS most_two
  WHERE one = most_one OR two = most_two
  WITH p, collect([q, [one, most_one, two, most_two]]) AS bridges
  RETURN collect([p, bridges]) AS table
}
UNWIND pairs AS pair
WITH as_of, judged, pair[0] AS p, pair[1] AS stakes, [t IN table WHERE t[0] = pair[0]][0][1] AS bridges
UNWIND bridges AS bridge
WITH as_of, judged, p, bridge[0] AS q, bridge[1] AS tips, [s IN stakes WHERE s[0] = bridge[0]][0][1] AS stake
WHERE stake IS NOT NULL
WITH as_of, judged, p, q, stake, tips[0] = tips[1] AS ours, tips[0] = tips[1] AND tips[2] = tips[3] AS alone,
  CASE WHEN tips[0] = tips[1] THEN tips[0] ELSE tips[2] END AS person
CALL (as_of, p, q, ours, person) {
  MATCH (person)-[c:COMMUNICATES_WITH]-(o:Stakeholder)
  WHERE (c.date IS NULL OR c.date <= as_of)
    AND o <> person
    AND coalesce(o.kind, 'person') = 'person'
    AND coalesce(o.status, 'active') = 'active'
  WITH DISTINCT CASE WHEN ours THEN q ELSE p END AS far, o
  MATCH (o)-[:MEMBER_OF|PART_OF*1..]->(r)
  WITH DISTINCT far, o, r WHERE r = far
  WITH o ORDER BY o.id
  RETURN collect(o.id) AS others
}
RETURN
  p.id AS partner,
  q.id AS other,
  person.id AS person,
  others,
  stake[0] AS goal,
  stake[1] AS needed,
  CASE WHEN stake[1] IS NULL THEN 'common' ELSE 'needed' END + CASE WHEN alone THEN ' pair' ELSE '' END AS case,
  size(others) AS rank,
  judged
ORDER BY partner, other
