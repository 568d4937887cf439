// title: The RACI of a goal and all below: the picture
// params: goal = null
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH path = (g:Goal)<-[:CONTRIBUTES_TO*0..12]-(:Goal)<-[:SERVES*0..1]-()<-[:RESPONSIBLE_FOR|ACCOUNTABLE_FOR|CONSULTED_ON|INFORMED_OF]-()
WHERE g.id = $goal OR g.name = $goal OR ($goal IS NULL AND NOT (g)-[:CONTRIBUTES_TO]->(:Goal))
RETURN path
LIMIT 500
