// Take away some nodes, but for the marker; the answer is how many.
MATCH (n)
WHERE n._marker IS NULL OR NOT n:Graphalign
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS gone
