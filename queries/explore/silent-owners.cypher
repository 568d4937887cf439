// title: Owners who fell silent
// question: Which owners of active goals have had no contact with anybody in the last days?
// columns: person, name, partner, goals, last
// params: days = 90, as_of = today
// 'last' is the last day of any contact; empty when none was ever recorded. Ask whether the goal still has an owner.
WITH date($as_of) AS as_of
MATCH (s:Stakeholder)-[:ACCOUNTABLE_FOR]->(g:Goal)
WHERE coalesce(s.status, 'active') = 'active' AND coalesce(s.kind, 'person') = 'person' AND coalesce(g.status, 'active') = 'active'
WITH as_of, s, count(DISTINCT g) AS goals
OPTIONAL MATCH (s)-[c:COMMUNICATES_WITH]-()
WHERE c.date <= as_of
WITH as_of, s, goals, max(c.date) AS last
WHERE last IS NULL OR last < as_of - duration({days: $days})
OPTIONAL MATCH (s)-[:MEMBER_OF]->(p:Partner)
WITH s, goals, last, p ORDER BY p.id
RETURN s.id AS person, s.name AS name, collect(p.name)[0] AS partner, goals, last
ORDER BY coalesce(last, date('1900-01-01')), person
