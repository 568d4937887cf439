// The relationships of these types at nodes known by id, to any other node or to those in `others`; `way` is the
// direction: out, in or both.
UNWIND $ids AS id
MATCH (a:Partner|Stakeholder|Goal|Responsibility|Kpi {id: id})-[r]-(b)
WHERE type(r) IN $types
  AND ($way = 'both' OR ($way = 'out') = (startNode(r) = a))
  AND ($others IS NULL OR b.id IN $others)
WITH DISTINCT r
RETURN startNode(r).id AS source, type(r) AS type, endNode(r).id AS target, properties(r) AS properties
