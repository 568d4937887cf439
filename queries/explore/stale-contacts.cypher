// title: How long partners have not talked
// question: When did each two partners last talk, and how many of their people?
// columns: partner, other, last, days, pairs
// params: as_of = today
// One line a pair of partners that ever talked, the longest silence first. 'pairs' counts the different pairs of people behind it: with one,
// all contact hangs on two persons.
WITH date($as_of) AS as_of
MATCH (p:Partner)<-[:MEMBER_OF]-(a:Stakeholder)-[c:COMMUNICATES_WITH]-(b:Stakeholder)-[:MEMBER_OF]->(q:Partner)
WHERE p.id < q.id AND c.date <= as_of AND coalesce(a.status, 'active') = 'active' AND coalesce(b.status, 'active') = 'active'
WITH as_of, p, q, max(c.date) AS last, count(DISTINCT a.id + '|' + b.id) AS pairs
RETURN p.name AS partner, q.name AS other, last, duration.inDays(last, as_of).days AS days, pairs
ORDER BY days DESC, partner, other
