// title: Who and what would be lost with a person
// question: Which goals and work would stand alone if a person left, and which partners would no longer be in touch?
// columns: what, id, name
// params: person = null
// Three kinds of line: a goal that only this person answers for, a piece of work that only this person does, and a partner
// whom the person's own partner reaches through nobody else. An empty answer is good news. Without a person, who owns most.
MATCH (s:Stakeholder)
WHERE ($person IS NULL OR s.id = $person OR s.name = $person) AND coalesce(s.status, 'active') = 'active'
OPTIONAL MATCH (s)-[:ACCOUNTABLE_FOR]->(o:Goal)
WITH s, count(DISTINCT o) AS owns ORDER BY owns DESC, s.id LIMIT 1
CALL (s) {
  MATCH (s)-[:ACCOUNTABLE_FOR]->(g:Goal)
  WHERE coalesce(g.status, 'active') = 'active'
    AND NOT EXISTS { (g)<-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]-(o) WHERE o <> s AND coalesce(o.status, 'active') = 'active' }
  RETURN DISTINCT 'goal nobody else answers for' AS what, g.id AS id, g.name AS name
  UNION
  MATCH (s)-[:RESPONSIBLE_FOR]->(t:Responsibility)
  WHERE NOT EXISTS { (t)<-[:RESPONSIBLE_FOR]-(o) WHERE o <> s AND coalesce(o.status, 'active') = 'active' }
  RETURN DISTINCT 'work nobody else does' AS what, t.id AS id, t.name AS name
  UNION
  MATCH (s)-[:MEMBER_OF]->(own:Partner), (s)-[:COMMUNICATES_WITH]-(:Stakeholder)-[:MEMBER_OF]->(q:Partner)
  WHERE q <> own AND NOT EXISTS {
    (own)<-[:MEMBER_OF]-(a)-[:COMMUNICATES_WITH]-(b)-[:MEMBER_OF]->(q)
    WHERE a <> s AND coalesce(a.status, 'active') = 'active' AND coalesce(b.status, 'active') = 'active'
  }
  RETURN DISTINCT 'partner reached through nobody else' AS what, q.id AS id, q.name AS name
}
RETURN what, id, name
ORDER BY what, id
