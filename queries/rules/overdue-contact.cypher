// code: ENG303
// name: overdue-contact
// columns: stakeholder, other, cadence, days, last, case, rank
// params: as_of
// judged: covered
// covered: paced-persons
// Persons with a cadence, whose last dated contact with somebody of another partner, or with an owner of an active
// goal, is older, or who have none. Whoever has only undated contact of this sort is not judged.
WITH date($as_of) AS as_of
MATCH (s:Stakeholder)
WHERE coalesce(s.kind, 'person') = 'person'
  AND coalesce(s.status, 'active') = 'active'
  AND s.cadence_days IS NOT NULL
CALL (s) {
  MATCH (s)-[:MEMBER_OF|PART_OF*1..]->(p)
  WITH DISTINCT p WHERE p:Partner
  RETURN collect(p) AS own
}
CALL (s, own, as_of) {
  MATCH (s)-[c:COMMUNICATES_WITH]-(o:Stakeholder)
  WHERE (c.date IS NULL OR c.date <= as_of)
    AND o <> s
    AND coalesce(o.kind, 'person') = 'person'
    AND coalesce(o.status, 'active') = 'active'
  WITH own, o, max(c.date) AS day
  CALL (o) {
    MATCH (o)-[:MEMBER_OF|PART_OF*1..]->(p)
    WITH DISTINCT p WHERE p:Partner
    RETURN collect(p) AS theirs
  }
  // Who owns: a person or group is not counted beside one who belongs to it.
  CALL (o) {
    OPTIONAL MATCH (o)<-[:MEMBER_OF*1..]-(m)
    WITH o, collect(DISTINCT m) AS within
    RETURN EXISTS {
      (o)-[:ACCOUNTABLE_FOR]->(g:Goal)
      WHERE coalesce(g.status, 'active') = 'active'
        AND NOT EXISTS { (g)<-[:ACCOUNTABLE_FOR]-(m) WHERE m IN within AND coalesce(m.status, 'active') = 'active' }
    } AS owns
  }
  WITH o, day WHERE owns OR any(p IN theirs WHERE NOT p IN own)
  // The latest day first: a null day would come before it, so that the days there are go first.
  ORDER BY day IS NULL, day DESC, o.id
  RETURN collect(o.id)[0] AS other, max(day) AS last, count(o) AS outward
}
WITH s, other, last, outward, duration.inDays(last, as_of).days AS days
WHERE outward = 0 OR days > s.cadence_days
RETURN
  s.id AS stakeholder,
  other,
  toFloat(s.cadence_days) AS cadence,
  days,
  last,
  CASE WHEN days IS NULL THEN 'never' ELSE 'late' END AS case,
  CASE WHEN days IS NULL THEN 1e6 ELSE days - toFloat(s.cadence_days) END AS rank
ORDER BY stakeholder
