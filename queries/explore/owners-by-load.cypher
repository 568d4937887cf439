// title: Owners by load
// question: Who owns how many active goals, and how many of them are of high priority?
// columns: person, name, partner, goals, urgent
// params: limit = 20
// The longest bars carry the alliance. Compare with the capacity they were promised.
MATCH (s:Stakeholder)-[:ACCOUNTABLE_FOR]->(g:Goal)
WHERE coalesce(g.status, 'active') = 'active'
WITH s, count(DISTINCT g) AS goals, count(DISTINCT CASE WHEN g.priority IN ['high', 'critical'] THEN g END) AS urgent
OPTIONAL MATCH (s)-[:MEMBER_OF]->(p:Partner)
WITH s, goals, urgent, p ORDER BY p.id
RETURN s.id AS person, s.name AS name, collect(p.name)[0] AS partner, goals, urgent
ORDER BY goals DESC, urgent DESC, person
LIMIT toInteger($limit)
