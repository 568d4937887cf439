// Mark the database as loading, for this push and no other.
MERGE (m:Graphalign {_marker: 'push'})
SET m = $marker
SET m._marker = 'push', m.state = 'loading', m.batch = 0, m.began = datetime()
