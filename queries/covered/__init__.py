"""On whose contact a rule stands: how many they are and how many have a contact, one statement each."""
