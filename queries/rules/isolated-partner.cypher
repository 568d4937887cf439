// code: ENG306
// name: isolated-partner
// columns: partner, goals, goal, members, rank
// params: as_of
// judged: partners-with-members-and-goals
// covered: goal-owners
// Partners with members and active goals, no contact with another partner's members, and no goal that another works on.
// Another: neither part of it nor the other way round.
WITH date($as_of) AS as_of
MATCH (p:Partner)
CALL (p) {
  MATCH (p)<-[:MEMBER_OF|PART_OF*0..]-(m)
  WITH DISTINCT m WHERE m:Partner OR coalesce(m.status, 'active') = 'active'
  RETURN collect(m) AS parties, count(CASE WHEN m:Stakeholder THEN m END) AS members
}
WITH as_of, p, parties, members
WHERE members > 0
CALL (parties) {
  UNWIND parties AS y
  MATCH (y)-[:COMMITS_TO|ACCOUNTABLE_FOR]->(g:Goal)
  WHERE coalesce(g.status, 'active') = 'active'
  WITH DISTINCT g
  RETURN collect(g) AS list, count(g) AS goals, min(g.id) AS goal
}
WITH as_of, p, parties, members, list, goals, goal
WHERE goals > 0
CALL (p) {
  MATCH (p)-[:PART_OF*0..]->(k)
  RETURN DISTINCT k
  UNION
  MATCH (p)<-[:PART_OF*1..]-(k)
  RETURN DISTINCT k
}
WITH as_of, p, parties, members, list, goals, goal, collect(k) AS kin
// The first partner that is found, in contact or at work, is enough.
CALL (as_of, parties, kin) {
  UNWIND parties AS m
  WITH as_of, kin, m WHERE m:Stakeholder
  CALL (m, as_of) {
    RETURN m AS o
    UNION
    MATCH (m)-[c:COMMUNICATES_WITH]-(o:Stakeholder)
    WHERE (c.date IS NULL OR c.date <= as_of)
      AND o <> m
      AND coalesce(m.kind, 'person') = 'person'
      AND coalesce(o.kind, 'person') = 'person'
      AND coalesce(o.status, 'active') = 'active'
    RETURN o
  }
  CALL (o) {
    MATCH (o)-[:MEMBER_OF|PART_OF*1..]->(q)
    RETURN DISTINCT q
  }
  WITH kin, q WHERE q:Partner AND NOT q IN kin
  RETURN q AS talks LIMIT 1
  UNION ALL
  RETURN null AS talks
}
WITH p, members, list, goals, goal, kin, count(talks) AS talks
WHERE talks = 0
CALL (list, kin) {
  UNWIND list AS g
  MATCH (g)<-[rs:CONTRIBUTES_TO*0..]-(h)
  WHERE all(r IN rs WHERE coalesce(r.weight, 100) > 0)
  WITH DISTINCT kin, g, h
  MATCH (h)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|COMMITS_TO]-(y)
  WHERE (t = h AND (h = g OR type(k) <> 'COMMITS_TO')
      OR type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active')
    AND (y:Partner OR coalesce(y.status, 'active') = 'active')
  CALL (y) {
    MATCH (y)-[:MEMBER_OF|PART_OF*0..]->(q)
    RETURN DISTINCT q
  }
  WITH kin, q WHERE q:Partner AND NOT q IN kin
  RETURN q AS works LIMIT 1
  UNION ALL
  RETURN null AS works
}
WITH p, members, goals, goal, count(works) AS works
WHERE works = 0
RETURN p.id AS partner, goals, goal, members, goals AS rank
ORDER BY partner
