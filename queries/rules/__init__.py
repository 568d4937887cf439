"""The twins of the rules: one statement a rule, named as the rule is."""
