// columns: has_accountable, has_responsible, has_power, has_engagement, has_contact, has_kpi, has_raci, has_assessed, has_shared_goal, partners, proposed
// params: as_of
// What the whole graph has at all: what rules stand on, how many partners there are, how many goals are proposed.
WITH date($as_of) AS as_of
RETURN
  EXISTS { ()-[:ACCOUNTABLE_FOR]->() } AS has_accountable,
  EXISTS { ()-[:RESPONSIBLE_FOR]->() } AS has_responsible,
  EXISTS { (s:Stakeholder) WHERE s.power IS NOT NULL } AS has_power,
  EXISTS { (s:Stakeholder) WHERE s.engagement IS NOT NULL } AS has_engagement,
  EXISTS {
    (p:Stakeholder)-[c:COMMUNICATES_WITH]->(o:Stakeholder)
    WHERE p <> o
      AND (c.date IS NULL OR c.date <= as_of)
      AND coalesce(p.kind, 'person') = 'person'
      AND coalesce(p.status, 'active') = 'active'
      AND coalesce(o.kind, 'person') = 'person'
      AND coalesce(o.status, 'active') = 'active'
  } AS has_contact,
  EXISTS { (:Kpi) } AS has_kpi,
  EXISTS {
    (p:Stakeholder)-[:ACCOUNTABLE_FOR|RESPONSIBLE_FOR|CONSULTED_ON|INFORMED_OF]->()
    WHERE coalesce(p.kind, 'person') = 'person' AND coalesce(p.status, 'active') = 'active'
  } AS has_raci,
  EXISTS { (s:Stakeholder) WHERE s.power IS NOT NULL OR s.interest IS NOT NULL OR s.engagement IS NOT NULL }
    AS has_assessed,
  EXISTS { (g:Goal) WHERE g.shared } AS has_shared_goal,
  COUNT { (:Partner) } AS partners,
  COUNT { (g:Goal) WHERE g.status = 'proposed' } AS proposed
