// title: What a goal is made of: the picture
// params: goal = null
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH path = (g:Goal)<-[:CONTRIBUTES_TO*1..8]-(:Goal)
WHERE g.id = $goal OR g.name = $goal OR ($goal IS NULL AND NOT (g)-[:CONTRIBUTES_TO]->(:Goal))
RETURN path
LIMIT 500
