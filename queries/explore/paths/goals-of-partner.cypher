// title: What a partner owns: the picture
// params: partner = null
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH path = (p:Partner)<-[:MEMBER_OF|PART_OF*0..10]-(y)-[:ACCOUNTABLE_FOR]->(g:Goal)
WHERE $partner IS NULL OR p.id = $partner OR p.name = $partner
RETURN path
LIMIT 500
