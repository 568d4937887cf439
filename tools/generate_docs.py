"""Write what is generated in docs/ and README.md from the rules, the settings and the command line."""
