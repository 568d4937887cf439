// columns: persons, contacts, recent
// params: as_of, contact_window_days, levels_high
// Of the persons of high power and high interest: how many they are, how many have a contact with another active
// person, and how many a recent one.
WITH date($as_of) AS as_of
MATCH (p:Stakeholder)
WHERE p.power >= $levels_high
  AND p.interest >= $levels_high
  AND coalesce(p.kind, 'person') = 'person'
  AND coalesce(p.status, 'active') = 'active'
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
