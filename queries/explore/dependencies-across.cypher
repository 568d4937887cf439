// title: Dependencies across partners
// question: Which goals of one partner need a goal of another, and when did the two last talk?
// columns: goal, owner, needed, needed_owner, last
// params: as_of = today
// An empty 'last' is a dependency between partners who never talked. Read from the top: the longest silence first.
WITH date($as_of) AS as_of
MATCH (g:Goal)-[:DEPENDS_ON]->(n:Goal)
WHERE coalesce(g.status, 'active') = 'active' AND coalesce(n.status, 'active') = 'active'
MATCH (g)<-[:ACCOUNTABLE_FOR]-(:Stakeholder)-[:MEMBER_OF]->(p:Partner)
MATCH (n)<-[:ACCOUNTABLE_FOR]-(:Stakeholder)-[:MEMBER_OF]->(q:Partner)
WHERE p <> q
WITH DISTINCT as_of, g, n, p, q
OPTIONAL MATCH (p)<-[:MEMBER_OF]-(:Stakeholder)-[c:COMMUNICATES_WITH]-(:Stakeholder)-[:MEMBER_OF]->(q)
WHERE c.date <= as_of
WITH g, n, p, q, max(c.date) AS last
RETURN g.name AS goal, p.name AS owner, n.name AS needed, q.name AS needed_owner, last
ORDER BY coalesce(last, date('1900-01-01')), goal, needed, owner, needed_owner
