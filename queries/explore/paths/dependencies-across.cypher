// title: Dependencies across partners: the picture
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH path = (:Partner)<-[:MEMBER_OF]-()-[:ACCOUNTABLE_FOR]->(:Goal)-[:DEPENDS_ON]->(:Goal)<-[:ACCOUNTABLE_FOR]-()-[:MEMBER_OF]->(:Partner)
RETURN path
LIMIT 300
