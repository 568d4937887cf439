// columns: persons, contacts, recent
// params: as_of, contact_window_days
// Of the persons with a cadence, but for those whose contact with other partners or with owners is all undated: how
// many they are, how many have a contact with another active person, and how many a recent one.
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
  RETURN count(o) AS outward, count(day) AS dated
}
WITH as_of, s AS p WHERE outward = 0 OR dated > 0
CALL (p, as_of) {
  OPTIONAL MATCH (p)-[c:COMMUNICATES_WITH]-(o:Stakeholder)
  WHERE o <> p
    AND coalesce(o.kind, 'person') = 'person'
    AND coalesce(o.status, 'active') = 'active'
    AND (c.date IS NULL OR c.date <= as_of)
  WITH count(c) AS ties, max(c.date) AS last
  RETURN ties > 0 AS talks, last >= as_of - duration({days: $contact_window_days}) AS lately
}
RETURN
  count(p) AS persons,
  count(CASE WHEN talks THEN p END) AS contacts,
  count(CASE WHEN lately THEN p END) AS recent
