// code: ENG304
// name: neglected-key-player
// columns: stakeholder, power, interest, rank
// params: as_of, levels_high
// judged: covered
// covered: key-players
// Persons of high power and interest, in contact with no other owner of an active goal, nor with a member of one.
WITH date($as_of) AS as_of
MATCH (s:Stakeholder)
WHERE s.power >= $levels_high
  AND s.interest >= $levels_high
  AND coalesce(s.kind, 'person') = 'person'
  AND coalesce(s.status, 'active') = 'active'
CALL (s, as_of) {
  MATCH (s)-[c:COMMUNICATES_WITH]-(o:Stakeholder)
  WHERE (c.date IS NULL OR c.date <= as_of)
    AND o <> s
    AND coalesce(o.kind, 'person') = 'person'
    AND coalesce(o.status, 'active') = 'active'
  WITH DISTINCT o
  MATCH (o)-[:MEMBER_OF|PART_OF*0..]->(y)
  RETURN collect(DISTINCT y) AS reached
}
// Null where somebody has no contact, so that no key player is lost on the way.
UNWIND CASE WHEN size(reached) = 0 THEN [null] ELSE reached END AS y
WITH y, collect(s) AS players
// Whether y owns an active goal: a partner or group does not where a party of it is accountable too.
CALL (y) {
  MATCH (y)-[:ACCOUNTABLE_FOR]->(g:Goal)
  WHERE coalesce(g.status, 'active') = 'active' AND (y:Partner OR coalesce(y.status, 'active') = 'active')
  WITH DISTINCT y, g
  OPTIONAL MATCH (g)<-[:ACCOUNTABLE_FOR]-(z)
  WHERE z <> y AND (z:Partner OR coalesce(z.status, 'active') = 'active')
  OPTIONAL MATCH (z)-[:MEMBER_OF|PART_OF*1..]->(above)
  WITH y, g, collect(DISTINCT above) AS containers
  WHERE NOT y IN containers
  RETURN count(g) > 0 AS owns
}
UNWIND players AS s
WITH s, count(CASE WHEN owns THEN y END) AS owners
WHERE owners = 0
RETURN s.id AS stakeholder, toFloat(s.power) AS power, toFloat(s.interest) AS interest, toFloat(s.power + s.interest) AS rank
ORDER BY stakeholder
