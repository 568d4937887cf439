"""The Cypher of graphalign, as files: for the database, and for people."""
