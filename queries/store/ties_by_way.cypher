// The relationships of these types from nodes known by id to a node between, and those of the type `through` from there
// to the nodes in `others`.
UNWIND $ids AS id
MATCH (a:Partner|Stakeholder|Goal|Responsibility|Kpi {id: id})-[r]->(m)-[s]->(b)
WHERE type(r) IN $types AND type(s) = $through AND b.id IN $others
UNWIND [r, s] AS t
WITH DISTINCT t
RETURN startNode(t).id AS source, type(t) AS type, endNode(t).id AS target, properties(t) AS properties
