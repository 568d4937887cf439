"""The vocabulary of an alliance as data: labels, relationship types, their properties (property graph terms)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Kind = Literal["text", "number", "integer", "boolean", "date", "level", "word"]


class Property(NamedTuple):
    """A property that rules read.

    Parameters
    ----------
    kind
        The type of its values: `level` is a number 0-10 that may be said in words, `word` one of `words`.
    words
        The values allowed, in ascending order where they are ordinal.
    about
        What it means, for people.
    low, high
        The bounds of a number, inclusive.
    """

    kind: Kind
    about: str
    words: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


ENGAGEMENT = ("unaware", "resistant", "neutral", "supportive", "leading")
PRIORITY = ("low", "medium", "high", "critical")
GOAL_STATUS = ("proposed", "active", "done", "dropped")
PERSON_STATUS = ("active", "left")
DIMENSIONS = (
    "efficiency",
    "quality",
    "productivity",
    "customer_satisfaction",
    "turnaround_time",
    "profitability",
    "other",
)


def _level(about: str) -> Property:
    return Property("level", about, low=0, high=10)


LABELS: Mapping[str, Mapping[str, Property]] = {
    "Partner": {},
    "Stakeholder": {
        "kind": Property("word", "a person (default) or a group of people", ("person", "group")),
        "title": Property("text", "the person's function"),
        "status": Property("word", "active (default) or left", PERSON_STATUS),
        "power": _level("how much the stakeholder can move, 0-10"),
        "interest": _level("how much the stakeholder cares, 0-10"),
        "legitimacy": _level("how proper the claim is held to be, 0-10 (Mitchell, Agle & Wood 1997)"),
        "urgency": _level("how pressing the claim is, 0-10 (Mitchell, Agle & Wood 1997)"),
        "engagement": Property("word", "the level of engagement today (PMBOK)", ENGAGEMENT),
        "desired_engagement": Property("word", "the level of engagement wanted (PMBOK)", ENGAGEMENT),
        "cadence_days": Property("number", "contact is due at least every so many days", low=0),
        "capacity": Property("integer", "how many active goals this owner can carry", low=0),
    },
    "Goal": {
        "status": Property("word", "proposed, active (default), done or dropped", GOAL_STATUS),
        "priority": Property("word", "low, medium, high or critical", PRIORITY),
        "shared": Property("boolean", "an outcome of the whole alliance"),
        "co_owned": Property("boolean", "several owners agreed to own it together"),
        "start": Property("date", "the day work starts"),
        "due": Property("date", "the day it is due"),
    },
    "Responsibility": {
        "status": Property("word", "proposed, active (default), done or dropped", GOAL_STATUS),
    },
    "Kpi": {
        "unit": Property("text", "the unit of its values"),
        "baseline": Property("number", "the value at the start"),
        "target": Property("number", "the value aimed at"),
        "actual": Property("number", "the value last read"),
        "measured_on": Property("date", "the day it was last read"),
        "cadence_days": Property("number", "it is read at least every so many days", low=0),
        "direction": Property("word", "which way is better: up, down or keep", ("up", "down", "keep")),
        "tolerance": Property("number", "how far off is still on target, in the KPI's unit", low=0),
        "dimension": Property("word", "what kind of performance it measures", DIMENSIONS),
    },
}

STAKEHOLDER, PARTNER, GOAL = ("Stakeholder",), ("Partner",), ("Goal",)
PARTY, ITEM = ("Partner", "Stakeholder"), ("Goal", "Responsibility")
RACI = ("ACCOUNTABLE_FOR", "RESPONSIBLE_FOR", "CONSULTED_ON", "INFORMED_OF")


@dataclass(frozen=True)
class RelationshipType:
    """A relationship type: the labels allowed at its ends, its verb in a sentence, the properties read.

    `both_ways` types are stored once, from the smaller id to the larger, and read in both directions.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    verb: str
    properties: Mapping[str, Property] = field(default_factory=dict)
    both_ways: bool = False


TYPES: Mapping[str, RelationshipType] = {
    "MEMBER_OF": RelationshipType(STAKEHOLDER, PARTY, "belongs to"),
    "PART_OF": RelationshipType(PARTNER, PARTNER, "is part of"),
    "REPORTS_TO": RelationshipType(STAKEHOLDER, STAKEHOLDER, "reports to"),
    "ACCOUNTABLE_FOR": RelationshipType(PARTY, ITEM, "is accountable for"),
    "RESPONSIBLE_FOR": RelationshipType(PARTY, ITEM, "is responsible for"),
    "CONSULTED_ON": RelationshipType(PARTY, ITEM, "is consulted on"),
    "INFORMED_OF": RelationshipType(PARTY, ITEM, "is informed of"),
    "SPONSORS": RelationshipType(STAKEHOLDER, GOAL, "sponsors"),
    "COMMITS_TO": RelationshipType(
        PARTNER, GOAL, "commits to", {"weight": Property("number", "how much of its effort, > 0", low=0)}
    ),
    "SERVES": RelationshipType(("Responsibility",), GOAL, "serves"),
    "CONTRIBUTES_TO": RelationshipType(
        GOAL,
        GOAL,
        "contributes to",
        {"weight": Property("number", "contribution, -100..100, default 100", low=-100, high=100)},
    ),
    "DEPENDS_ON": RelationshipType(GOAL, GOAL, "depends on"),
    "CONFLICTS_WITH": RelationshipType(GOAL, GOAL, "conflicts with", {"reason": Property("text", "why")}, True),
    "MEASURES": RelationshipType(("Kpi",), GOAL, "measures"),
    "COMMUNICATES_WITH": RelationshipType(
        STAKEHOLDER,
        STAKEHOLDER,
        "talked with",
        {"date": Property("date", "the day"), "channel": Property("text", "how")},
        True,
    ),
}


def counted(n: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "goal"), counted(1200, "goal"), counted(2, "person", "people")
    ('1 goal', '1,200 goals', '2 people')
    """
    return f"{n:,} {one if n == 1 else many or one + 's'}"
