"""The words people use for tables, headings, labels and types, as data; `headings` looks them up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


# What a table is: the label whose nodes it lists, or what its rows link.
TABLES: Mapping[str, tuple[str, ...]] = {
    "Partner": _words(
        "partner, organisation, organization, company, companies, department, agency, agencies, "
        "institution, member organisation, allies"
    ),
    "Stakeholder": _words(
        "stakeholder, people, person, contact, staff, team member, actor, participant, stakeholder register, group"
    ),
    "Goal": ("goal", "objective", "outcome", "aim", "okr"),
    "Responsibility": _words(
        "responsibility, responsibilities, task, role, activity, activities, work, deliverable, work "
        "package, work item, action, initiative"
    ),
    "Kpi": ("kpi", "indicator", "metric", "measure", "performance indicator"),
    "raci": _words(
        "raci, raci matrix, rasci, responsibility matrix, responsibility assignment, assignment, roles "
        "and responsibilities, ram"
    ),
    "communications": _words(
        "communication, contact log, contacts log, meeting, engagement log, communication log, meeting "
        "log, interaction, conversation, talk, touchpoint"
    ),
    "dependencies": ("dependency", "dependencies"),
    "commitments": ("commitment",),
    "contributions": ("contribution", "goal tree"),
    "conflicts": ("conflict",),
    "reporting": ("reporting", "reporting line", "hierarchy", "org chart"),
    "memberships": ("membership", "member"),
    "sponsors": ("sponsor", "champion", "sponsorship"),
    "nodes": ("node", "vertices", "entity", "entities"),
    "relationships": ("relationship", "edge", "link", "relation", "tie"),
}

# Properties by the words for them; each property's own name is one of them.
PROPERTIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Partner": {},
    "Stakeholder": {
        "kind": ("stakeholder kind", "person or group", "stakeholder type"),
        "title": ("job title", "function", "position", "job", "role"),
        "status": ("state",),
        "power": _words(
            "influence, power level, influence level, level of influence, power/influence, influence/power"
        ),
        "interest": ("interest level", "level of interest", "stake"),
        "engagement": _words(
            "current engagement, current attitude, attitude, support level, level of support, support, "
            "current level, current support, stance, engagement level, current engagement level, current, "
            "current position"
        ),
        "desired_engagement": _words(
            "target engagement, desired level, target level, desired attitude, desired support, desired "
            "engagement level, desired, wanted engagement, target attitude, needed engagement"
        ),
        "cadence_days": _words(
            "cadence, contact every, contact frequency, communication frequency, frequency, contact every days"
        ),
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
    "communications": {
        "date": _words("when, day, on, meeting date, contact date, last contact"),
        "channel": _words("how, medium, via, type, kind, format"),
    },
    "commitments": {"weight": ("effort", "share", "priority", "allocation", "percent", "commitment")},
    "contributions": {"weight": ("effort", "share", "contribution", "strength", "impact")},
    "conflicts": {"reason": ("why", "because", "description", "cause")},
    "relationships": {
        "weight": ("strength",),
        "date": ("when", "day"),
        "channel": ("medium", "via"),
        "reason": ("why",),
    },
}
ID = ("id", "key", "code", "identifier", "ref", "node", "uid")
NAME: Mapping[str, tuple[str, ...]] = {
    "Partner": _words(
        "name, partner, organisation, organization, company, department, agency, institution, partner "
        "name, organisation name, organization name, company name"
    ),
    "Stakeholder": _words(
        "name, stakeholder, person, full name, contact, who, stakeholder name, contact name, people, group"
    ),
    "Goal": ("name", "goal", "objective", "outcome", "goal name", "aim", "title", "description"),
    "Responsibility": _words(
        "name, responsibility, task, activity, work, deliverable, role, work item, work package, action, "
        "title, description"
    ),
    "Kpi": ("name", "kpi", "indicator", "metric", "measure", "kpi name", "title"),
    "nodes": ("name", "full name", "display name"),
}


class Link(NamedTuple):
    """A heading in a table of nodes whose cells name other nodes: the type, and whether the cell is its source."""

    type: str
    from_cell: bool
    words: tuple[str, ...]


ACCOUNTABLE = (
    "accountable",
    "owner",
    "owners",
    "owned by",
    "goal owner",
    "accountable for",
    "accountable party",
    "a",
    "accountable person",
)
RESPONSIBLE = (
    "responsible",
    "lead",
    "doer",
    "doers",
    "done by",
    "assignee",
    "assigned to",
    "responsible party",
    "r",
    "responsible person",
    "implementer",
)
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
        Link(
            "PART_OF",
            False,
            _words("part of, parent, parent organisation, parent organization, parent company, parent partner"),
        ),
        Link("COMMITS_TO", False, ("commits to", "committed to", "commitments", "goals")),
        Link(
            "MEMBER_OF",
            True,
            _words("members, stakeholders, people, staff, representatives, representative, lead, contacts"),
        ),
        *_ROLES_OF,
    ),
    "Stakeholder": (
        Link(
            "MEMBER_OF",
            False,
            _words(
                "partner, partners, organisation, organization, company, department, member of, belongs to, "
                "employer, agency, institution, groups, group, team, works for, leads, lead of, chair of"
            ),
        ),
        Link("REPORTS_TO", False, ("reports to", "manager", "boss", "supervisor", "line manager")),
        Link("SPONSORS", False, ("sponsors", "champions", "sponsor of", "champion of")),
        Link("COMMUNICATES_WITH", False, ("communicates with", "talks to", "in contact with", "talks with")),
        *_ROLES_OF,
    ),
    "Goal": (
        *_RACI,
        Link("SPONSORS", True, ("sponsor", "sponsors", "champion", "champions", "sponsored by")),
        Link(
            "COMMITS_TO",
            True,
            _words(
                "committed partners, committed, partners, partner, committed by, commitments, organisations, "
                "organizations"
            ),
        ),
        Link(
            "CONTRIBUTES_TO",
            False,
            _words(
                "contributes to, parent goal, parent, part of, supports, parent goals, parent objective, supports goal"
            ),
        ),
        Link(
            "DEPENDS_ON",
            False,
            _words("depends on, dependencies, needs, requires, blocked by, depends upon, prerequisites"),
        ),
        Link("CONFLICTS_WITH", False, ("conflicts with", "conflict", "conflicts", "in conflict with")),
        Link("MEASURES", True, ("kpis", "kpi", "measured by", "indicators", "metrics")),
        Link("SERVES", True, ("responsibilities", "tasks", "deliverables", "work")),
    ),
    "Responsibility": (
        *_RACI,
        Link(
            "SERVES",
            False,
            _words("serves, goal, goals, objective, outcome, supports, part of, contributes to, for goal, serves goal"),
        ),
    ),
    "Kpi": (Link("MEASURES", False, _words("measures, goal, goals, objective, outcome, measures goal, for goal")),),
}


class Pairs(NamedTuple):
    """What the rows of a table of pairs say: the type, and the headings of its two ends."""

    type: str
    source: tuple[str, ...]
    target: tuple[str, ...]


_FROM, _TO = ("source", "from", "source id", "a"), ("target", "to", "target id", "b")
_GOAL = ("goal", "objective", "outcome")
PAIRS: Mapping[str, Pairs] = {
    "communications": Pairs(
        "COMMUNICATES_WITH",
        (*_words("person, who, stakeholder, person a, participant a, contact, name"), *_FROM),
        (*_words("with, with whom, other, person b, participant b, contacted, whom"), *_TO),
    ),
    "dependencies": Pairs(
        "DEPENDS_ON",
        (*_GOAL, "dependent", *_FROM),
        (*_words("depends on, needs, needed, requires, needed goal, blocked by"), *_TO),
    ),
    "commitments": Pairs(
        "COMMITS_TO",
        (*_words("partner, organisation, organization, company, department, who"), *_FROM),
        (*_GOAL, "commits to", *_TO),
    ),
    "contributions": Pairs(
        "CONTRIBUTES_TO",
        (*_GOAL, "child", "child goal", "contributor", *_FROM),
        (*_words("contributes to, parent, parent goal, supports"), *_TO),
    ),
    "conflicts": Pairs(
        "CONFLICTS_WITH",
        (*_GOAL, "goal a", "goal 1", *_FROM),
        (*_words("conflicts with, other, with, other goal, goal b, goal 2"), *_TO),
    ),
    "reporting": Pairs(
        "REPORTS_TO",
        (*_words("person, who, employee, stakeholder, name"), *_FROM),
        (*_words("reports to, manager, boss, supervisor"), *_TO),
    ),
    "memberships": Pairs(
        "MEMBER_OF",
        (*_words("person, who, member, stakeholder, name"), *_FROM),
        (*_words("partner, group, member of, organisation, organization, company, department"), *_TO),
    ),
    "sponsors": Pairs(
        "SPONSORS", (*_words("person, who, sponsor, champion, stakeholder, name"), *_FROM), (*_GOAL, "sponsors", *_TO)
    ),
    "relationships": Pairs(
        "",
        _words("source, from, source id, start, start id, subject"),
        _words("target, to, target id, end, end id, object"),
    ),
}
TOGETHER = ("between", "participants", "attendees", "people", "persons", "who", "stakeholders", "present")
TYPE_HEADINGS = ("type", "kind", "relationship", "relation", "relationship type", "rel", "edge type", "label")
LABEL_HEADINGS = ("label", "kind", "type", "labels", "node type", "category", "entity type")
ITEM_HEADINGS = (
    *NAME["Goal"],
    *NAME["Responsibility"],
    "item",
    "process",
    "what",
    "goal id",
    "step",
    "work stream",
    "decision",
)

LABEL_WORDS: Mapping[str, tuple[str, ...]] = {
    "Partner": TABLES["Partner"],
    "Stakeholder": ("stakeholder", "person", "people", "group", "contact", "actor"),
    "Goal": TABLES["Goal"],
    "Responsibility": TABLES["Responsibility"],
    "Kpi": TABLES["Kpi"],
}
TYPE_WORDS: Mapping[str, tuple[str, ...]] = {
    "MEMBER_OF": _words("member, belongs to, leads, lead of, leader of, chair of, chairs, works for, employed by, in"),
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
}
