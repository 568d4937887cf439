// columns: persons, contacts, recent
// params: as_of, contact_window_days
// Of the persons whose work must coordinate with somebody else's: how many they are, how many have a contact with
// another active person, and how many a recent one.
WITH date($as_of) AS as_of
MATCH (p:Stakeholder)
WHERE coalesce(p.kind, 'person') = 'person'
  AND coalesce(p.status, 'active') = 'active'
  AND EXISTS { (p)-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]->() }
CALL (p) {
  MATCH (p)-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]->(t)-[:SERVES*0..1]->(g:Goal)
  WHERE coalesce(g.status, 'active') = 'active'
    AND (t = g OR type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active')
  WITH DISTINCT p, g
  CALL (g) {
    RETURN g AS at
    UNION
    MATCH (g)-[:DEPENDS_ON]-(at:Goal)
    WHERE coalesce(at.status, 'active') = 'active'
    RETURN at
  }
  WITH DISTINCT p, at
  MATCH (at)<-[:SERVES*0..1]-(t)<-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]-(b:Stakeholder)
  WHERE b <> p
    AND (t = at OR type(k) = 'RESPONSIBLE_FOR' AND coalesce(t.status, 'active') = 'active')
    AND coalesce(b.kind, 'person') = 'person'
    AND coalesce(b.status, 'active') = 'active'
  RETURN b LIMIT 1
}
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
