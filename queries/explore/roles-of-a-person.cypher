// title: All that a person has to do with
// question: What is a person responsible and accountable for, consulted on, informed of, sponsor of?
// columns: person, role, item, name, status
// params: person = null
// One line a role. Much under 'accountable' and nothing under 'responsible' of others is a person who owns on paper.
MATCH (s:Stakeholder)-[r:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|CONSULTED_ON|INFORMED_OF|SPONSORS]->(i)
WHERE $person IS NULL OR s.id = $person OR s.name = $person
RETURN DISTINCT s.name AS person, CASE type(r)
    WHEN 'ACCOUNTABLE_FOR' THEN 'accountable'
    WHEN 'RESPONSIBLE_FOR' THEN 'responsible'
    WHEN 'CONSULTED_ON' THEN 'consulted'
    WHEN 'INFORMED_OF' THEN 'informed'
    ELSE 'sponsor'
  END AS role, i.id AS item, i.name AS name, coalesce(i.status, 'active') AS status
ORDER BY person, role, item
