// columns: judged
// params: as_of, contact_coverage, levels_high
// Counts the persons owed attention of whom anything is known: recency, involvement or reach.
WITH date($as_of) AS as_of,
  EXISTS { ()-[:ACCOUNTABLE_FOR]->() } OR EXISTS { ()-[:RESPONSIBLE_FOR]->() }
    OR EXISTS { ()-[:CONSULTED_ON]->() } OR EXISTS { ()-[:INFORMED_OF]->() } AS said
MATCH (s:Stakeholder)
WHERE coalesce(s.kind, 'person') = 'person'
  AND coalesce(s.status, 'active') = 'active'
  AND (
    s.power >= $levels_high
    OR s.interest >= $levels_high
    OR s.desired_engagement IN ['supportive', 'leading']
    OR EXISTS {
      (s)-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]->(i:Goal|Responsibility) WHERE coalesce(i.status, 'active') = 'active'
    }
  )
CALL (s, as_of, said) {
  // Where anybody has a role, everybody is judged: no need to look for contact.
  OPTIONAL MATCH (s)-[c:COMMUNICATES_WITH]-(o:Stakeholder)
  WHERE NOT said
    AND (c.date IS NULL OR c.date <= as_of)
    AND o <> s
    AND coalesce(o.kind, 'person') = 'person'
    AND coalesce(o.status, 'active') = 'active'
  RETURN count(o) > 0 AS talks, count(c.date) > 0 AS dated
}
WITH count(s) AS people, count(CASE WHEN talks THEN s END) AS spoken, count(CASE WHEN dated THEN s END) AS dated
WITH people, spoken, dated,
  EXISTS { ()-[:ACCOUNTABLE_FOR]->() } OR EXISTS { ()-[:RESPONSIBLE_FOR]->() }
    OR EXISTS { ()-[:CONSULTED_ON]->() } OR EXISTS { ()-[:INFORMED_OF]->() } AS said
RETURN CASE WHEN said OR toFloat(spoken) / toFloat(people) >= $contact_coverage THEN people ELSE dated END AS judged
