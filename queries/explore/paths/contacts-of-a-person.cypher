// title: Whom a person talks with: the picture
// params: person = null
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH path = (s:Stakeholder)-[:COMMUNICATES_WITH]-(o:Stakeholder)-[:MEMBER_OF]->(:Partner)
WHERE $person IS NULL OR s.id = $person OR s.name = $person
RETURN path
LIMIT 300
