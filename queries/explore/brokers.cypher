// title: Brokers between partners
// question: Who is in contact with several partners other than their own?
// columns: person, name, own, partners, contacts
// params: days = 365, as_of = today
// The more partners a person reaches, the more of the alliance's talk runs through them (Burt's structural holes: the
// broker's gain, and the alliance's risk). Only contact of the last days counts.
WITH date($as_of) AS as_of
MATCH (s:Stakeholder)-[:MEMBER_OF]->(own:Partner)
WHERE coalesce(s.status, 'active') = 'active' AND coalesce(s.kind, 'person') = 'person'
WITH as_of, s, collect(DISTINCT own) AS mine
MATCH (s)-[c:COMMUNICATES_WITH]-(o:Stakeholder)-[:MEMBER_OF]->(p:Partner)
WHERE c.date <= as_of AND c.date >= as_of - duration({days: $days}) AND NOT p IN mine
WITH s, mine, count(DISTINCT p) AS partners, count(DISTINCT o) AS contacts
WHERE partners >= 2
RETURN s.id AS person, s.name AS name, mine[0].name AS own, partners, contacts
ORDER BY partners DESC, contacts DESC, person
