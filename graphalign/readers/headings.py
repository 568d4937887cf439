"""The words people use: what a table is, what a heading means in it, what a label or type word stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graphalign.vocabulary import LABELS, TYPES

# What a table is: the label whose nodes it lists, or what its rows link.
TABLES: Mapping[str, tuple[str, ...]] = {
    "Partner": ("partner", "organisation", "organization", "company", "companies", "department", "agency", "agencies", "institution", "member organisation", "allies"),
    "Stakeholder": ("stakeholder", "people", "person", "contact", "staff", "team member", "actor", "participant", "stakeholder register", "group"),
    "Goal": ("goal", "objective", "outcome", "aim", "okr"),
    "Responsibility": ("responsibility", "responsibilities", "task", "role", "activity", "activities", "work", "deliverable", "work package", "work item", "action", "initiative"),
    "Kpi": ("kpi", "indicator", "metric", "measure", "performance indicator"),
    "raci": ("raci", "raci matrix", "rasci", "responsibility matrix", "responsibility assignment", "assignment", "roles and responsibilities", "ram"),
    "communications": ("communication", "contact log", "contacts log", "meeting", "engagement log", "communication log", "meeting log", "interaction", "conversation", "talk", "touchpoint"),
    "dependencies": ("dependency", "dependencies"),
    "commitments": ("commitment",),
    "contributions": ("contribution", "goal tree"),
    "conflicts": ("conflict",),
    "reporting": ("reporting", "reporting line", "hierarchy", "org chart"),
    "memberships": ("membership", "member"),
    "sponsors": ("sponsor", "champion", "sponsorship"),
    "nodes": ("node", "vertices", "entity", "entities"),
    "relationships": ("relationship", "edge", "link", "relation", "tie"),
}  # fmt: skip

# Properties by the words for them; each property's own name is one of them.
PROPERTIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Partner": {},
    "Stakeholder": {
        "kind": ("stakeholder kind", "person or group", "stakeholder type"),
        "title": ("job title", "function", "position", "job", "role"),
        "status": ("state",),
        "power": ("influence", "power level", "influence level", "level of influence", "power/influence", "influence/power"),
        "interest": ("interest level", "level of interest", "stake"),
        "engagement": ("current engagement", "current attitude", "attitude", "support level", "level of support", "support", "current level", "current support", "stance", "engagement level", "current engagement level", "current", "current position"),
        "desired_engagement": ("target engagement", "desired level", "target level", "desired attitude", "desired support", "desired engagement level", "desired", "wanted engagement", "target attitude", "needed engagement"),
        "cadence_days": ("cadence", "contact every", "contact frequency", "communication frequency", "frequency", "contact every days"),
        "capacity": ("max goals", "goal capacity", "maximum goals"),
    },
    "Goal": {
        "status": ("state", "goal status"),
        "priority": ("importance", "prio", "goal priority"),
        "shared": ("shared outcome", "shared goal", "joint", "is shared"),
        "co_owned": ("jointly owned", "co ownership", "shared ownership"),
        "start": ("start date", "from", "begin", "begins", "starts"),
        "due": ("due date", "deadline", "end", "end date", "target date", "finish", "due by", "until"),
    },
    "Responsibility": {"status": ("state",)},
    "Kpi": {
        "unit": ("units", "unit of measure"),
        "baseline": ("base", "baseline value", "start value"),
        "target": ("target value", "goal value"),
        "actual": ("current", "current value", "actual value", "last value", "latest"),
        "measured_on": ("measured", "as of", "last measured", "read on", "date", "measurement date", "last read"),
        "cadence_days": ("cadence", "frequency", "measured every", "reporting frequency"),
        "direction": ("better", "trend wanted"),
        "tolerance": ("margin",),
        "dimension": ("category", "performance dimension"),
    },
    "communications": {"date": ("when", "day", "on", "meeting date", "contact date", "last contact"), "channel": ("how", "medium", "via", "type", "kind", "format")},
    "commitments": {"weight": ("effort", "share", "priority", "allocation", "percent", "commitment")},
    "contributions": {"weight": ("effort", "share", "contribution", "strength", "impact")},
    "conflicts": {"reason": ("why", "because", "description", "cause")},
    "relationships": {"weight": ("strength",), "date": ("when", "day"), "channel": ("medium", "via"), "reason": ("why",)},
}  # fmt: skip
ID = ("id", "key", "code", "identifier", "ref", "node", "uid")
NAME: Mapping[str, tuple[str, ...]] = {
    "Partner": ("name", "partner", "organisation", "organization", "company", "department", "agency", "institution", "partner name", "organisation name", "organization name", "company name"),
    "Stakeholder": ("name", "stakeholder", "person", "full name", "contact", "who", "stakeholder name", "contact name", "people", "group"),
    "Goal": ("name", "goal", "objective", "outcome", "goal name", "aim", "title", "description"),
    "Responsibility": ("name", "responsibility", "task", "activity", "work", "deliverable", "role", "work item", "work package", "action", "title", "description"),
    "Kpi": ("name", "kpi", "indicator", "metric", "measure", "kpi name", "title"),
    "nodes": ("name", "full name", "display name"),
}  # fmt: skip


class Link(NamedTuple):
    """A heading in a table of nodes whose cells name other nodes: the type, and whether the cell is its source."""

    type: str
    from_cell: bool
    words: tuple[str, ...]


ACCOUNTABLE = ("accountable", "owner", "owners", "owned by", "goal owner", "accountable for", "accountable party", "a", "accountable person")
RESPONSIBLE = ("responsible", "lead", "doer", "doers", "done by", "assignee", "assigned to", "responsible party", "r", "responsible person", "implementer")
CONSULTED = ("consulted", "c", "consult", "consulted parties")
INFORMED = ("informed", "i", "inform", "informed parties")
_RACI = (
    Link("ACCOUNTABLE_FOR", True, ACCOUNTABLE),
    Link("RESPONSIBLE_FOR", True, RESPONSIBLE),
    Link("CONSULTED_ON", True, CONSULTED),
    Link("INFORMED_OF", True, INFORMED),
)
RACI_HEADINGS: Mapping[str, tuple[str, ...]] = {link.type: link.words for link in _RACI}
_ROLES_OF = (
    Link("ACCOUNTABLE_FOR", False, ("accountable for", "accountable", "owns", "owner of", "owned goals")),
    Link("RESPONSIBLE_FOR", False, ("responsible for", "responsible", "does", "works on", "tasks", "responsibilities")),
    Link("CONSULTED_ON", False, ("consulted on", "consulted")),
    Link("INFORMED_OF", False, ("informed of", "informed", "informed about")),
)
LINKS: Mapping[str, tuple[Link, ...]] = {
    "Partner": (
        Link("PART_OF", False, ("part of", "parent", "parent organisation", "parent organization", "parent company", "parent partner")),
        Link("COMMITS_TO", False, ("commits to", "committed to", "commitments", "goals")),
        Link("MEMBER_OF", True, ("members", "stakeholders", "people", "staff", "representatives", "representative", "lead", "contacts")),
        *_ROLES_OF,
    ),
    "Stakeholder": (
        Link("MEMBER_OF", False, ("partner", "partners", "organisation", "organization", "company", "department", "member of", "belongs to", "employer", "agency", "institution", "groups", "group", "team", "works for", "leads", "lead of", "chair of")),
        Link("REPORTS_TO", False, ("reports to", "manager", "boss", "supervisor", "line manager")),
        Link("SPONSORS", False, ("sponsors", "champions", "sponsor of", "champion of")),
        Link("COMMUNICATES_WITH", False, ("communicates with", "talks to", "in contact with", "talks with")),
        *_ROLES_OF,
    ),
    "Goal": (
        *_RACI,
        Link("SPONSORS", True, ("sponsor", "sponsors", "champion", "champions", "sponsored by")),
        Link("COMMITS_TO", True, ("committed partners", "committed", "partners", "partner", "committed by", "commitments", "organisations", "organizations")),
        Link("CONTRIBUTES_TO", False, ("contributes to", "parent goal", "parent", "part of", "supports", "parent goals", "parent objective", "supports goal")),
        Link("DEPENDS_ON", False, ("depends on", "dependencies", "needs", "requires", "blocked by", "depends upon", "prerequisites")),
        Link("CONFLICTS_WITH", False, ("conflicts with", "conflict", "conflicts", "in conflict with")),
        Link("MEASURES", True, ("kpis", "kpi", "measured by", "indicators", "metrics")),
        Link("SERVES", True, ("responsibilities", "tasks", "deliverables", "work")),
    ),
    "Responsibility": (*_RACI, Link("SERVES", False, ("serves", "goal", "goals", "objective", "outcome", "supports", "part of", "contributes to", "for goal", "serves goal"))),
    "Kpi": (Link("MEASURES", False, ("measures", "goal", "goals", "objective", "outcome", "measures goal", "for goal")),),
}  # fmt: skip


class Pairs(NamedTuple):
    """What the rows of a table of pairs say: the type, and the headings of its two ends."""

    type: str
    source: tuple[str, ...]
    target: tuple[str, ...]


_FROM, _TO = ("source", "from", "source id", "a"), ("target", "to", "target id", "b")
_GOAL = ("goal", "objective", "outcome")
PAIRS: Mapping[str, Pairs] = {
    "communications": Pairs("COMMUNICATES_WITH", ("person", "who", "stakeholder", "person a", "participant a", "contact", "name", *_FROM), ("with", "with whom", "other", "person b", "participant b", "contacted", "whom", *_TO)),
    "dependencies": Pairs("DEPENDS_ON", (*_GOAL, "dependent", *_FROM), ("depends on", "needs", "needed", "requires", "needed goal", "blocked by", *_TO)),
    "commitments": Pairs("COMMITS_TO", ("partner", "organisation", "organization", "company", "department", "who", *_FROM), (*_GOAL, "commits to", *_TO)),
    "contributions": Pairs("CONTRIBUTES_TO", (*_GOAL, "child", "child goal", "contributor", *_FROM), ("contributes to", "parent", "parent goal", "supports", *_TO)),
    "conflicts": Pairs("CONFLICTS_WITH", (*_GOAL, "goal a", "goal 1", *_FROM), ("conflicts with", "other", "with", "other goal", "goal b", "goal 2", *_TO)),
    "reporting": Pairs("REPORTS_TO", ("person", "who", "employee", "stakeholder", "name", *_FROM), ("reports to", "manager", "boss", "supervisor", *_TO)),
    "memberships": Pairs("MEMBER_OF", ("person", "who", "member", "stakeholder", "name", *_FROM), ("partner", "group", "member of", "organisation", "organization", "company", "department", *_TO)),
    "sponsors": Pairs("SPONSORS", ("person", "who", "sponsor", "champion", "stakeholder", "name", *_FROM), (*_GOAL, "sponsors", *_TO)),
    "relationships": Pairs("", ("source", "from", "source id", "start", "start id", "subject"), ("target", "to", "target id", "end", "end id", "object")),
}  # fmt: skip
TOGETHER = ("between", "participants", "attendees", "people", "persons", "who", "stakeholders", "present")
TYPE_HEADINGS = ("type", "kind", "relationship", "relation", "relationship type", "rel", "edge type", "label")
LABEL_HEADINGS = ("label", "kind", "type", "labels", "node type", "category", "entity type")
ITEM_HEADINGS = (*NAME["Goal"], *NAME["Responsibility"], "item", "process", "what", "goal id", "step", "work stream", "decision")

_LABEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "Partner": TABLES["Partner"],
    "Stakeholder": ("stakeholder", "person", "people", "group", "contact", "actor"),
    "Goal": TABLES["Goal"],
    "Responsibility": TABLES["Responsibility"],
    "Kpi": TABLES["Kpi"],
}
_TYPE_WORDS: Mapping[str, tuple[str, ...]] = {
    "MEMBER_OF": ("member", "belongs to", "leads", "lead of", "leader of", "chair of", "chairs", "works for", "employed by", "in"),
    "PART_OF": ("part", "subsidiary of", "department of"),
    "REPORTS_TO": ("reports", "managed by"),
    "ACCOUNTABLE_FOR": ("accountable", "owns", "owner", "owner of", "a"),
    "RESPONSIBLE_FOR": ("responsible", "does", "doer", "r", "works on", "assigned to"),
    "CONSULTED_ON": ("consulted", "c", "consulted for"),
    "INFORMED_OF": ("informed", "i", "informed on", "informed about"),
    "SPONSORS": ("champion", "sponsor", "champions", "sponsor of", "champion of"),
    "COMMITS_TO": ("commits", "committed to", "commitment", "committed"),
    "SERVES": ("serve", "serving"),
    "CONTRIBUTES_TO": ("contributes", "contribution", "supports", "parent goal"),
    "DEPENDS_ON": ("depends", "dependency", "needs", "requires", "blocked by"),
    "CONFLICTS_WITH": ("conflict", "conflicts", "in conflict with"),
    "MEASURES": ("measure", "measures", "kpi of", "indicator of"),
    "COMMUNICATES_WITH": ("communicates", "communication", "talks to", "talked with", "contact", "met with", "meets"),
}  # fmt: skip


def bare(text: str) -> str:
    """Return a heading or word as it is compared: letters and digits in lower case.

    >>> bare("Current  Engagement:"), bare("co_owned")
    ('currentengagement', 'coowned')
    """
    return "".join(c for c in text.casefold() if c.isalnum())


def slug(text: str) -> str:
    """Return a heading as the name of a property.

    >>> slug("Budget (kEUR)"), slug("***")
    ('budget_keur', 'column')
    """
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return "_".join(words)[:100] or "column"


def _looked_up(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for meaning, several in words.items():
        for word in several:
            table.setdefault(bare(word), meaning)
    return table


LABEL_OF = {**_looked_up(_LABEL_WORDS), **{bare(w) + "s": k for k, v in _LABEL_WORDS.items() for w in v}, **{bare(x): x for x in LABELS}}
TYPE_OF = {**_looked_up(_TYPE_WORDS), **{bare(x): x for x in TYPES}}
_TABLE_OF = {**_looked_up(TABLES), **{bare(w) + "s": k for k, v in TABLES.items() for w in v}}


def table_kind(name: str) -> str | None:
    """Return what a table is by its name, None when the name says nothing.

    >>> table_kind("Goals 2026"), table_kind("Stakeholder engagement log"), table_kind("Sheet1")
    ('Goal', 'communications', None)
    """
    if bare(name) in _TABLE_OF:
        return _TABLE_OF[bare(name)]
    words = slug(name).split("_")
    # The last word of a name is what the table holds (goal dependencies), two words say more than one.
    phrases = [a + b for a, b in zip(words, words[1:], strict=False)][::-1] + words[::-1]
    return next((_TABLE_OF[p] for p in phrases if p in _TABLE_OF), None)


def candidates(heading: str) -> tuple[str, ...]:
    """Return a heading as it is compared: whole, and without what stands in brackets.

    >>> candidates("Power (0-10)")
    ('power010', 'power')
    """
    short = heading.split("(")[0].split("[")[0]
    return tuple(dict.fromkeys(b for b in (bare(heading), bare(short)) if b))


def find(headings: Iterable[str], words: Iterable[str], taken: Iterable[str] = ()) -> str | None:
    """Return the heading that is one of these words, the earlier words first.

    >>> find(["Owner", "Goal Name"], ("name", "goal name"))
    'Goal Name'
    """
    used = set(taken)
    by_bare: dict[str, str] = {}
    for heading in headings:
        for form in candidates(heading):
            if heading not in used:
                by_bare.setdefault(form, heading)
    return next((by_bare[bare(w)] for w in words if bare(w) in by_bare), None)


def property_of(heading: str, kind: str) -> str | None:
    """Return the property of the vocabulary that a heading means in a table of this kind (`nodes`: of any label).

    >>> property_of("Influence", "Stakeholder"), property_of("Deadline", "nodes"), property_of("Theme", "nodes")
    ('power', 'due', None)
    """
    return next((_PROPERTY_OF[kind][form] for form in candidates(heading) if form in _PROPERTY_OF.get(kind, {})), None)


def _properties(kind: str) -> dict[str, str]:
    own = {p: (p, *PROPERTIES.get(kind, {}).get(p, ())) for p in {**LABELS.get(kind, {}), **PROPERTIES.get(kind, {})}}
    return _looked_up({p: words[:1] for p, words in own.items()}) | {
        form: p for form, p in _looked_up(own).items() if form not in {bare(x) for x in own}
    }


_PROPERTY_OF: dict[str, dict[str, str]] = {kind: _properties(kind) for kind in {*LABELS, *PROPERTIES}}
# In a table of all nodes a word means what it means for the label that comes first, each property's own name before all.
_PROPERTY_OF["nodes"] = {
    **{form: p for kind in ("Kpi", "Goal", "Stakeholder") for form, p in _PROPERTY_OF[kind].items() if form not in ("date", "from", "current", "role", "category", "better", "end", "job")},
    **{bare(p): p for held in LABELS.values() for p in held},
}  # fmt: skip
