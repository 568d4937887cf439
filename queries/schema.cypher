// What a push makes sure of first. Safe to run again.
// Every node of the alliance is an :Entity with an id that no other has.
CREATE CONSTRAINT graphalign_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
// One marker says whether the database holds a whole alliance or half of one.
CREATE CONSTRAINT graphalign_marker IF NOT EXISTS FOR (m:Graphalign) REQUIRE m._marker IS UNIQUE;
// People look things up by label and id.
CREATE INDEX graphalign_partner_id IF NOT EXISTS FOR (n:Partner) ON (n.id);
CREATE INDEX graphalign_stakeholder_id IF NOT EXISTS FOR (n:Stakeholder) ON (n.id);
CREATE INDEX graphalign_goal_id IF NOT EXISTS FOR (n:Goal) ON (n.id);
CREATE INDEX graphalign_responsibility_id IF NOT EXISTS FOR (n:Responsibility) ON (n.id);
CREATE INDEX graphalign_kpi_id IF NOT EXISTS FOR (n:Kpi) ON (n.id);
