// columns: judged
// Counts the declared conflicts between two goals of any status, each two once.
MATCH (a:Goal)-[:CONFLICTS_WITH]-(b:Goal)
WHERE a.id < b.id
WITH DISTINCT a, b
RETURN count(*) AS judged
