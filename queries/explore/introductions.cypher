// title: The shortest introduction
// question: Through whom can one person be introduced to another?
// columns: steps, people
// params: person = null, other = null
// The people along a shortest chain of contact, from the first person to the second; of several the first by id. Each has talked
// with the next. No line: no chain leads from one to the other. Without names, the first and the last person by id.
MATCH (a:Stakeholder)-[:COMMUNICATES_WITH]-()
WHERE $person IS NULL OR a.id = $person OR a.name = $person
WITH a ORDER BY a.id LIMIT 1
MATCH (b:Stakeholder)-[:COMMUNICATES_WITH]-()
WHERE ($other IS NULL OR b.id = $other OR b.name = $other) AND b <> a
WITH a, b ORDER BY b.id DESC LIMIT 1
MATCH path = allShortestPaths((a)-[:COMMUNICATES_WITH*1..15]-(b))
WITH path, reduce(key = '', n IN nodes(path) | key + n.id + ' ') AS key ORDER BY key LIMIT 1
RETURN length(path) AS steps, [n IN nodes(path) | n.name] AS people
