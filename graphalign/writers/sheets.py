"""The sheets of a workbook for people: their headings, what each means, and which relationships each holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphalign.vocabulary import LABELS, TYPES, Property


@dataclass(frozen=True)
class Column:
    """A column: its heading, the note on it, the words to choose from.

    `property` is what it holds of a node or relationship; `link` a type whose other ends it lists; `end` which end of
    a sheet of pairs it is.
    """

    heading: str
    about: str
    words: tuple[str, ...] = ()
    property: str = ""
    link: str = ""
    end: str = ""
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """A sheet: nodes of a `label`, or relationships of a `type`, or the RACI of goals and responsibilities."""

    title: str
    about: str
    columns: tuple[Column, ...] = field(default=())
    label: str = ""
    type: str = ""


SEVERAL = "several in a cell: part them by a semicolon"
BY = "by name or id"
YES_NO = ("yes", "no")


def _property(name: str, prop: Property) -> Column:
    about = prop.about[0].upper() + prop.about[1:]
    words = YES_NO if prop.kind == "boolean" else prop.words
    if prop.kind == "date":
        about += " (a date, or 2026-06-30)"
    elif prop.kind == "level":
        about += "; low, medium and high do, too"
    return Column(name.replace("_", " ").capitalize(), about + ".", words, property=name)


def _of(label: str) -> list[Column]:
    return [_property(name, prop) for name, prop in LABELS[label].items()]


def _nodes(title: str, label: str, about: str, *links: Column) -> Sheet:
    what = label.lower() if label != "Kpi" else "KPI"
    first = [
        Column(
            "Id",
            f"A short word of your own for this {what}, used nowhere else. May stay empty where the name is unique.",
            property="id",
        ),
        Column("Name", f"What people call this {what}.", property="name", width=34),
    ]
    return Sheet(title, about, (*first, *links, *_of(label)), label=label)


def _pairs(title: str, kind: str, about: str, source: str, target: str) -> Sheet:
    held = TYPES[kind]
    ends = (
        Column(
            source, f"{' or '.join(held.source)}, {BY}: the one that {held.verb} the other.", end="source", width=30
        ),
        Column(target, f"{' or '.join(held.target)}, {BY}.", end="target", width=30),
    )
    return Sheet(title, about, (*ends, *(_property(n, p) for n, p in held.properties.items())), type=kind)


RACI_COLUMNS: Mapping[str, str] = {
    "RESPONSIBLE_FOR": "Responsible",
    "ACCOUNTABLE_FOR": "Accountable",
    "CONSULTED_ON": "Consulted",
    "INFORMED_OF": "Informed",
}
_RACI_ABOUT = {
    "RESPONSIBLE_FOR": "Who does it",
    "ACCOUNTABLE_FOR": "Who answers for it: the owner, one if possible",
    "CONSULTED_ON": "Who is asked before it is decided",
    "INFORMED_OF": "Who is told afterwards",
}

SHEETS: tuple[Sheet, ...] = (
    _nodes(
        "Partners",
        "Partner",
        "The organisations of the alliance.",
        Column("Part of", f"The partner it is a part of, {BY}.", link="PART_OF", width=22),
    ),
    _nodes(
        "Stakeholders",
        "Stakeholder",
        "The people and groups.",
        Column("Partner", f"The partner, or the group, it belongs to, {BY}; {SEVERAL}.", link="MEMBER_OF", width=26),
        Column("Reports to", f"Whom it reports to, {BY}.", link="REPORTS_TO", width=22),
        Column("Sponsors", f"The goals it stands up for, {BY}; {SEVERAL}.", link="SPONSORS", width=26),
    ),
    _nodes("Goals", "Goal", "What the alliance and its partners want."),
    _nodes(
        "Responsibilities",
        "Responsibility",
        "Roles and pieces of work.",
        Column("Serves", f"The goal it serves, {BY}; {SEVERAL}.", link="SERVES", width=34),
    ),
    _nodes(
        "KPIs",
        "Kpi",
        "What is measured.",
        Column("Measures", f"The goal it measures, {BY}; {SEVERAL}.", link="MEASURES", width=34),
    ),
    Sheet(
        "RACI",
        "Who is responsible, accountable, consulted, informed.",
        (
            Column("Item", f"The goal or responsibility, {BY}.", end="target", width=34),
            *(Column(h, f"{_RACI_ABOUT[t]}, {BY}; {SEVERAL}.", link=t, width=26) for t, h in RACI_COLUMNS.items()),
        ),
    ),
    _pairs("Commitments", "COMMITS_TO", "Which partner puts effort into which goal.", "Partner", "Goal"),
    _pairs(
        "Contributions",
        "CONTRIBUTES_TO",
        "Which goal helps (or, with a weight below 0, harms) which.",
        "Goal",
        "Contributes to",
    ),
    _pairs("Dependencies", "DEPENDS_ON", "Which goal needs which.", "Goal", "Depends on"),
    _pairs("Conflicts", "CONFLICTS_WITH", "Which goals are at odds.", "Goal", "Conflicts with"),
    _pairs("Communications", "COMMUNICATES_WITH", "Who talked with whom.", "Person", "With"),
)
BY_LABEL: Mapping[str, Sheet] = {sheet.label: sheet for sheet in SHEETS if sheet.label}
BY_TYPE: Mapping[str, Sheet] = {sheet.type: sheet for sheet in SHEETS if sheet.type}
# Whatever fits in none of these.
ANY_NODES, ANY_EDGES = "Nodes", "Relationships"
