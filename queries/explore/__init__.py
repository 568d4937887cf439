"""Questions that people ask an alliance, one a file."""
