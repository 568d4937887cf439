// title: Everything around a goal: the picture
// params: goal = null
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH (g:Goal)
WHERE $goal IS NULL OR g.id = $goal OR g.name = $goal
WITH g ORDER BY g.id LIMIT 1
MATCH path = (g)-[*1..2]-()
RETURN path
LIMIT 500
