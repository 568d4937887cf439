"""How many candidates a rule judged: one statement each, shared among rules."""
