// columns: persons, contacts, recent
// params: as_of, contact_window_days
// Of the persons who own an active goal: how many they are, how many have a contact with another active person, and
// how many a recent one. Whoever is accountable beside one who belongs to them is no owner.
WITH date($as_of) AS as_of
MATCH (p:Stakeholder)-[:ACCOUNTABLE_FOR]->(g:Goal)
WHERE coalesce(p.kind, 'person') = 'person'
  AND coalesce(p.status, 'active') = 'active'
  AND coalesce(g.status, 'active') = 'active'
WITH DISTINCT as_of, p, g
CALL (p, g) {
  MATCH (g)<-[:ACCOUNTABLE_FOR]-(m)
  WHERE EXISTS { (p)<-[:MEMBER_OF]-() } AND m <> p AND (m:Partner OR coalesce(m.status, 'active') = 'active')
  MATCH (m)-[:MEMBER_OF|PART_OF*1..]->(c)
  WITH collect(DISTINCT c) AS containers
  RETURN p IN containers AS beside
}
WITH as_of, p, beside WHERE NOT beside
WITH DISTINCT as_of, p
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
