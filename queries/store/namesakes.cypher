// Nodes of any label that bear one of these names.
MATCH (n)
WHERE n.name IN $names AND n.id IS NOT NULL
RETURN labels(n) AS labels, properties(n) AS properties
