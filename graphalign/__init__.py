"""graphalign: what is out of line in an alliance, on what evidence, and what would mend it."""
