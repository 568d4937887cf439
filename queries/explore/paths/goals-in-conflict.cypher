// title: Goals in conflict: the picture
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH path = (x)-[:ACCOUNTABLE_FOR]->(a:Goal)-[:CONFLICTS_WITH]-(b:Goal)
RETURN path
LIMIT 300
