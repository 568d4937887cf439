// Write nodes of one label over those of the same ids: what they said before gives way.
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
WITH n, row, [l IN labels(n) WHERE NOT l IN ['Entity', $label]] AS others
REMOVE n:$(others)
SET n:$($label), n = row
