// title: People of no partner
// question: Which active people belong to no partner, and what do they do here?
// columns: person, name, roles, contacts
// Whoever has roles here and no partner is missing from every picture of the partners.
MATCH (s:Stakeholder)
WHERE coalesce(s.status, 'active') = 'active' AND coalesce(s.kind, 'person') = 'person' AND NOT EXISTS { (s)-[:MEMBER_OF]->() }
OPTIONAL MATCH (s)-[r:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|CONSULTED_ON|INFORMED_OF]->()
WITH s, count(r) AS roles
OPTIONAL MATCH (s)-[:COMMUNICATES_WITH]-(o)
RETURN s.id AS person, s.name AS name, roles, count(DISTINCT o) AS contacts
ORDER BY roles DESC, contacts DESC, person
