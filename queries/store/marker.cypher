// What the marker says of the database: whether an alliance is whole, of which input, how large. No row: nobody pushed.
MATCH (m:Graphalign {_marker: 'push'})
RETURN m {.*} AS marker
