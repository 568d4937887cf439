// title: All that a person has to do with: the picture
// params: person = null
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH path = (s:Stakeholder)-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|CONSULTED_ON|INFORMED_OF|SPONSORS]->()
WHERE $person IS NULL OR s.id = $person OR s.name = $person
RETURN path
LIMIT 300
