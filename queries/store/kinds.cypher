// How many nodes there are of each set of labels, and how many relationships of each type.
MATCH (n)
WHERE NOT n:Graphalign
RETURN labels(n) AS labels, null AS type, count(*) AS held
UNION ALL
MATCH ()-[r]->()
RETURN null AS labels, type(r) AS type, count(*) AS held
