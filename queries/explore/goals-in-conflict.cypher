// title: Goals in conflict
// question: Which goals are declared to be in conflict, who owns each side, and why?
// columns: goal, owners, other, other_owners, reason
// One line a declared conflict. One person on both sides is torn; two partners on the two sides need somebody above both.
MATCH (a:Goal)-[c:CONFLICTS_WITH]-(b:Goal)
WHERE a.id < b.id
WITH DISTINCT a, b, c.reason AS reason
OPTIONAL MATCH (a)<-[:ACCOUNTABLE_FOR]-(x)
WITH a, b, reason, x ORDER BY x.id
WITH a, b, reason, collect(DISTINCT x.name) AS owners
OPTIONAL MATCH (b)<-[:ACCOUNTABLE_FOR]-(y)
WITH a, b, reason, owners, y ORDER BY y.id
RETURN a.name AS goal, owners, b.name AS other, collect(DISTINCT y.name) AS other_owners, reason
ORDER BY goal, other
