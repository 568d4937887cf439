// Write relationships of one type into a database that has none of them.
UNWIND $rows AS row
MATCH (a:Entity {id: row.source})
MATCH (b:Entity {id: row.target})
CREATE (a)-[r:$($type)]->(b)
SET r = row.properties
