// Write nodes of one label into a database that has none of them.
UNWIND $rows AS row
CREATE (n:Entity:$($label))
SET n = row
