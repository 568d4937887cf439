// Write relationships of one type over those of the same ends and date.
UNWIND $rows AS row
MATCH (a:Entity {id: row.source})
MATCH (b:Entity {id: row.target})
OPTIONAL MATCH (a)-[old:$($type)]->(b)
WHERE old.date = row.properties.date OR (old.date IS NULL AND row.properties.date IS NULL)
WITH a, b, row, head(collect(old)) AS old
CALL (a, b, row, old) {
  WITH a, b, row WHERE old IS NULL
  CREATE (a)-[r:$($type)]->(b)
  SET r = row.properties
}
SET old = row.properties
