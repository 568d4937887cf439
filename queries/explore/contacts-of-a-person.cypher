// title: Whom a person talks with
// question: With whom is a person in contact, from which partner, and since when not any more?
// columns: person, other, name, partner, last, times
// params: person = null, as_of = today
// One line a contact, the latest first; undated contact has no day. Without a person, everybody's.
WITH date($as_of) AS as_of
MATCH (s:Stakeholder)-[c:COMMUNICATES_WITH]-(o:Stakeholder)
WHERE ($person IS NULL OR s.id = $person OR s.name = $person) AND (c.date IS NULL OR c.date <= as_of) AND o <> s
WITH s, o, max(c.date) AS last, count(c) AS times
OPTIONAL MATCH (o)-[:MEMBER_OF]->(p:Partner)
WITH s, o, last, times, p ORDER BY p.id
RETURN s.name AS person, o.id AS other, o.name AS name, collect(p.name)[0] AS partner, last, times
ORDER BY person, coalesce(last, date('1900-01-01')) DESC, other
