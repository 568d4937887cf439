// Every relationship between nodes other than the marker.
MATCH (a)-[r]->(b)
WHERE (a._marker IS NULL OR NOT a:Graphalign) AND (b._marker IS NULL OR NOT b:Graphalign)
RETURN elementId(a) AS source, type(r) AS type, elementId(b) AS target, properties(r) AS properties
