"""The words that made-up alliances are named with."""

from __future__ import annotations

# fmt: off
# First names and last names of people.
FIRST = (
    "Ada", "Amir", "Ana", "Arne", "Bea", "Bo", "Carla", "Chen", "Dina", "Eli", "Emil", "Eva", "Farid", "Femi",
    "Gus", "Hana", "Hugo", "Ida", "Ines", "Ivo", "Jana", "Jonas", "Juno", "Kai", "Kofi", "Lena", "Lian", "Luca",
    "Maja", "Marek", "Mina", "Nils", "Noor", "Olga", "Omar", "Otto", "Pia", "Priya", "Ravi", "Rosa", "Runa",
    "Samir", "Siri", "Tariq", "Tess", "Timo", "Uma", "Vera", "Wim", "Yara", "Yusuf", "Zoe",
)
LAST = (
    "Abebe", "Adler", "Alves", "Bakker", "Berg", "Braun", "Costa", "Cruz", "Dahl", "Diaz", "Duarte", "Eriksen",
    "Fischer", "Fox", "Garcia", "Grant", "Haddad", "Hansen", "Holm", "Ito", "Jansen", "Kaya", "Keller", "Khan",
    "Kim", "Klein", "Koch", "Kovac", "Lund", "Malik", "Mertens", "Meyer", "Moreau", "Nakata", "Novak", "Okoro",
    "Olsen", "Park", "Petrov", "Quinn", "Rahman", "Rossi", "Ruiz", "Sato", "Silva", "Stein", "Tanaka", "Thorn",
    "Vargas", "Weber", "Wolf", "Zhou",
)
# Goals: a verb, a thing, a place.
VERBS = (
    "Build", "Cut", "Deepen", "Double", "Electrify", "Extend", "Finish", "Halve", "Open", "Prepare", "Renew",
    "Replace", "Secure", "Shorten", "Simplify", "Speed-up", "Test", "Widen",
)
THINGS = (
    "berths", "bridges", "buffers", "cables", "cranes", "customs-checks", "depots", "emissions", "ferries",
    "freight", "gates", "grids", "housing", "intake", "lanes", "licences", "locks", "night-trains", "noise",
    "permits", "pilots", "quays", "rail-slots", "records", "routes", "sensors", "sidings", "storage", "tariffs",
    "terminals", "training", "transfers", "tunnels", "waiting-times", "warehouses",
)
PLACES = (
    "harbour-north", "harbour-south", "old-town", "river-mouth", "east-bank", "west-bank", "ring-road",
    "airport", "market-hall", "valley", "island", "border", "lagoon", "campus",
)
# Partners: a name and what they are.
PARTNERS = (
    "Port", "Line", "City", "Rail", "Customs", "Energy", "Water", "Transit", "Housing", "Health", "Freight",
    "Market", "Bridge", "Coast",
)
PLACE_NAMES = (
    "Aster", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Heron", "Iris", "Juniper", "Kestrel",
    "Linden", "Maple", "North", "Orchid", "Pine",
)
# What people are, how they talk, what KPIs are counted in.
TITLES = (
    "Director", "Manager", "Officer", "Planner", "Engineer", "Analyst", "Adviser", "Coordinator",
)
CHANNELS = (
    "meeting", "call", "mail", "workshop", "chat",
)
UNITS = (
    "%", "days", "EUR", "hours", "tonnes",
)
# fmt: on
