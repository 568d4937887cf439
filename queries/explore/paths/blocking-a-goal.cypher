// title: What blocks a goal: the picture
// params: goal = null
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH path = (g:Goal)-[:DEPENDS_ON*1..6]->(n:Goal)
WHERE $goal IS NULL OR g.id = $goal OR g.name = $goal
RETURN path
LIMIT 300
