// Whether the database holds anything that no push of ours wrote.
RETURN EXISTS { (n) WHERE NOT n:Graphalign } AS held
