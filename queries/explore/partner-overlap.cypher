// title: What two partners have in common
// question: How many goals do each two partners both commit to?
// columns: partner, other, common, goals
// The more in common, the more they owe each other contact: compare with the query stale-contacts.
MATCH (p:Partner)-[:COMMITS_TO]->(g:Goal)<-[:COMMITS_TO]-(q:Partner)
WHERE p.id < q.id
WITH DISTINCT p, q, g ORDER BY g.id
WITH p, q, collect(g.name) AS goals
RETURN p.name AS partner, q.name AS other, size(goals) AS common, goals
ORDER BY common DESC, partner, other
