// title: Whom a person reports to
// question: Who stands above a person, step by step, and how powerful are they?
// columns: person, steps, boss, name, power
// params: person = null
// An owner without power is as strong as whoever stands above: the first with power 7 or more is whom to ask.
MATCH (s:Stakeholder)
WHERE $person IS NULL OR s.id = $person OR s.name = $person
MATCH path = (s)-[:REPORTS_TO*1..12]->(b:Stakeholder)
WHERE b <> s
WITH s, b, min(length(path)) AS far
RETURN s.name AS person, far AS steps, b.id AS boss, b.name AS name, b.power AS power
ORDER BY person, steps, boss
