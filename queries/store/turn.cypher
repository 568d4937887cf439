// Take a push's turn at its next batch. No row: another push took over. `done` is true where the batch is written
// already, as the server may have done though its answer was lost.
MATCH (m:Graphalign {_marker: 'push', push: $push})
SET m.turn = true
REMOVE m.turn
WITH m, m.batch >= $batch AS done
SET m.batch = CASE WHEN done THEN m.batch ELSE $batch END
RETURN done
