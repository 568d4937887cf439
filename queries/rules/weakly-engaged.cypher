// code: ENG301
// name: weakly-engaged
// columns: stakeholder, with, index, parts, weakest, advice, owed, stance, severity, rank
// params: as_of, threshold, half_life_days, full_roles, full_contacts, contact_coverage, levels_high
// judged: owed-attention
// Persons owed attention whose index of behaviour, the mean of what is known of recency, involvement and reach, is low.
WITH date($as_of) AS as_of
MATCH (s:Stakeholder)
WHERE coalesce(s.kind, 'person') = 'person' AND coalesce(s.status, 'active') = 'active'
WITH as_of, s, EXISTS {
  (s)-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR]->(i:Goal|Responsibility) WHERE coalesce(i.status, 'active') = 'active'
} AS works
WHERE works
  OR s.power >= $levels_high
  OR s.interest >= $levels_high
  OR s.desired_engagement IN ['supportive', 'leading']
CALL (s) {
  OPTIONAL MATCH (s)-[k:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|CONSULTED_ON|INFORMED_OF]->(i:Goal|Responsibility)
  WITH DISTINCT type(k) AS role, i
  RETURN count(i) AS roles
}
CALL (s, as_of) {
  OPTIONAL MATCH (s)-[c:COMMUNICATES_WITH]-(o:Stakeholder)
  WHERE (c.date IS NULL OR c.date <= as_of)
    AND o <> s
    AND coalesce(o.kind, 'person') = 'person'
    AND coalesce(o.status, 'active') = 'active'
  RETURN count(DISTINCT o) AS contacts, max(c.date) AS last
}
WITH as_of, collect([s, works, roles, contacts, last]) AS people, count(CASE WHEN contacts > 0 THEN s END) AS spoken
// Reach is known where enough of them have a contact, involvement where anybody has a role.
WITH as_of, people, toFloat(spoken) / toFloat(size(people)) >= $contact_coverage AS covered,
  EXISTS { ()-[:ACCOUNTABLE_FOR]->() } OR EXISTS { ()-[:RESPONSIBLE_FOR]->() }
    OR EXISTS { ()-[:CONSULTED_ON]->() } OR EXISTS { ()-[:INFORMED_OF]->() } AS said
UNWIND people AS person
WITH as_of, covered, said, person[0] AS s, person[1] AS works, person[2] AS roles, person[3] AS contacts, person[4] AS last
WITH as_of, s, works, roles, contacts, last, duration.inDays(last, as_of).days AS days, covered, said
WITH as_of, s, works, roles, contacts, last, days, [
  2.0 ^ (-toFloat(days) / $half_life_days),
  CASE WHEN NOT said THEN null WHEN roles < $full_roles THEN toFloat(roles) / $full_roles ELSE 1.0 END,
  CASE WHEN NOT covered THEN null WHEN contacts < $full_contacts THEN toFloat(contacts) / $full_contacts ELSE 1.0 END
] AS values
WITH as_of, s, works, roles, contacts, last, days, values, [v IN values WHERE v IS NOT NULL] AS known
WHERE size(known) > 0
WITH as_of, s, works, roles, contacts, last, days, values, known,
  round(reduce(sum = 0.0, v IN known | sum + v) / size(known) * 1e6, 0, 'HALF_UP') / 1e6 AS value
WHERE value < $threshold
CALL (s, last) {
  MATCH (s)-[c:COMMUNICATES_WITH]-(o:Stakeholder)
  WHERE c.date = last
    AND o <> s
    AND coalesce(o.kind, 'person') = 'person'
    AND coalesce(o.status, 'active') = 'active'
  RETURN min(o.id) AS first
}
WITH s, first, works, value, values, reduce(least = 1.0, v IN known | CASE WHEN v < least THEN v ELSE least END) AS least,
  ['recency', 'involvement', 'reach'] AS names,
  [days + ' days since the last contact', 'RACI roles: ' + roles, 'contacts: ' + contacts] AS details,
  [
    'talk to them soon and record the date',
    'give them a role on a goal they care about',
    'bring them together with more of the people involved'
  ] AS cures,
  [v IN [s.power, s.interest, values[0], values[1], values[2]] | round(v * 100, 0, 'HALF_UP') / 100] AS places,
  round(value * 1000, 0, 'HALF_UP') / 1000 AS index
WITH s, first, value, values, least, names, details, cures, works, index,
  [v IN places | CASE WHEN v = floor(v) THEN toString(toInteger(v)) ELSE toString(v) END] AS shown
WITH s, first, value, index, [
  i IN [0, 1, 2] | names[i] + CASE WHEN values[i] IS NULL THEN ' unknown' ELSE ' ' + shown[i + 2] + ', ' + details[i] END
] AS parts, [i IN [0, 1, 2] WHERE values[i] = least] AS at, names, cures, [
  t IN [
    CASE WHEN s.power >= $levels_high THEN 'power ' + shown[0] END,
    CASE WHEN s.interest >= $levels_high THEN 'interest ' + shown[1] END,
    CASE WHEN s.desired_engagement IN ['supportive', 'leading'] THEN 'wanted ' + s.desired_engagement END,
    CASE WHEN works THEN 'owns or does active work' END
  ] WHERE t IS NOT NULL
] AS reasons
RETURN
  s.id AS stakeholder,
  first AS with,
  CASE WHEN index = floor(index) THEN toString(toInteger(index)) ELSE toString(index) END AS index,
  parts[0] + '; ' + parts[1] + '; ' + parts[2] AS parts,
  reduce(text = names[at[0]], i IN at[1..] | text + ' and ' + names[i]) AS weakest,
  reduce(text = cures[at[0]], i IN at[1..] | text + ', and ' + cures[i]) AS advice,
  reduce(text = reasons[0], t IN reasons[1..] | text + ', ' + t) AS owed,
  coalesce(s.engagement, 'unknown') AS stance,
  CASE WHEN s.power >= $levels_high AND s.interest >= $levels_high THEN 'high' END AS severity,
  -value AS rank
ORDER BY stakeholder
