// Mark the database as whole.
MATCH (m:Graphalign {_marker: 'push', push: $push})
SET m.state = 'complete', m.ended = datetime()
REMOVE m.batch, m.push
RETURN m.state AS state
