// title: Whom a person reports to: the picture
// params: person = null
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH path = (s:Stakeholder)-[:REPORTS_TO*1..12]->(:Stakeholder)
WHERE $person IS NULL OR s.id = $person OR s.name = $person
RETURN path
LIMIT 300
