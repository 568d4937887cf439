// title: The shortest introduction: the picture
// params: person = null, other = null
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH (a:Stakeholder)-[:COMMUNICATES_WITH]-()
WHERE $person IS NULL OR a.id = $person OR a.name = $person
WITH a ORDER BY a.id LIMIT 1
MATCH (b:Stakeholder)-[:COMMUNICATES_WITH]-()
WHERE ($other IS NULL OR b.id = $other OR b.name = $other) AND b <> a
WITH a, b ORDER BY b.id DESC LIMIT 1
MATCH path = allShortestPaths((a)-[:COMMUNICATES_WITH*1..15]-(b))
RETURN path
LIMIT 100
