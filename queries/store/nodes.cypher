// Every node but the marker, in an order of its own.
MATCH (n)
WHERE n._marker IS NULL OR NOT n:Graphalign
RETURN elementId(n) AS element, labels(n) AS labels, properties(n) AS properties
