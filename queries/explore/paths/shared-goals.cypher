// title: What partners share: the picture
// For Neo4j Browser or Bloom: returns paths, drawn as a graph.
MATCH (g:Goal)<-[:COMMITS_TO]-(p:Partner)
WITH g, count(DISTINCT p) AS n WHERE n >= 2
MATCH path = (g)<-[:COMMITS_TO]-(:Partner)
RETURN path
LIMIT 500
