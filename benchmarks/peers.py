"""The same rules written plainly in networkx, as a careful analyst would: the peer that speed is measured against.

Each gives the subject ids that its rule finds under default settings, so that the row sets can be checked equal.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx

Subjects = tuple[str, ...]
Graph: TypeAlias = "nx.MultiDiGraph[str]"


class Alliance:
    """A networkx graph with the look-ups that the rules below share."""

    def __init__(self, graph: Graph, as_of: date) -> None:
        self.graph, self.as_of = graph, as_of
        self.by_type: dict[str, list[tuple[str, str, dict[str, Any]]]] = defaultdict(list)
        for source, target, data in graph.edges(data=True):
            self.by_type[data["type"]].append((source, target, data))
        self.labels: dict[str, str] = {node: data["label"] for node, data in graph.nodes(data=True)}
        self.goals = [n for n, label in self.labels.items() if label == "Goal"]
        self.active = {g for g in self.goals if self._get(g, "status", "active") == "active"}
        self.stakeholders = [n for n, label in self.labels.items() if label == "Stakeholder"]
        living = {s for s in self.stakeholders if self._get(s, "status", "active") == "active"}
        self.persons = {s for s in living if self._get(s, "kind", "person") == "person"}
        self.partners = {n for n, label in self.labels.items() if label == "Partner"}
        self.parties = living | self.partners
        self.belonging = nx.DiGraph((a, b) for t in ("MEMBER_OF", "PART_OF") for a, b, _ in self.by_type[t])
        self._containers: dict[str, set[str]] = {}
        self.owners = self._owners()
        self.doers = self._doers()
        helps = [(a, b) for a, b, d in self.by_type["CONTRIBUTES_TO"] if d.get("weight", 100) > 0]
        self.contributions = nx.DiGraph(helps)
        self.contributions.add_nodes_from(self.goals)
        self.talks = self._talks()

    def _get(self, node: str, key: str, default: Any = None) -> Any:  # noqa: ANN401 (a property of any type)
        return self.graph.nodes[node].get(key, default)

    def get(self, node: str, key: str) -> Any:  # noqa: ANN401
        """Return a property of a node, None where unset."""
        return self._get(node, key)

    def containers(self, party: str) -> set[str]:
        """Return every partner and group that a party belongs to."""
        if party not in self._containers:
            self._containers[party] = nx.descendants(self.belonging, party) if party in self.belonging else set()
        return self._containers[party]

    def partners_of(self, party: str) -> set[str]:
        """Return the partners of a party, itself if it is one."""
        itself = {party} if party in self.partners else set()
        return (self.containers(party) & self.partners) | itself

    def _owners(self) -> dict[str, set[str]]:
        accountable: dict[str, set[str]] = defaultdict(set)
        for party, goal, _ in self.by_type["ACCOUNTABLE_FOR"]:
            if party in self.parties and self.labels[goal] == "Goal":
                accountable[goal].add(party)
        self.accountable = accountable
        result = {}
        for goal, parties in accountable.items():
            outer = set().union(*(self.containers(p) for p in parties))
            result[goal] = parties - outer
        return result

    def _doers(self) -> dict[str, set[str]]:
        result: dict[str, set[str]] = defaultdict(set)
        by_work: dict[str, set[str]] = defaultdict(set)
        for party, item, _ in self.by_type["RESPONSIBLE_FOR"]:
            if party in self.parties:
                (result if self.labels[item] == "Goal" else by_work)[item].add(party)
        for work, goal, _ in self.by_type["SERVES"]:
            if self._get(work, "status", "active") == "active":
                result[goal] |= by_work.get(work, set())
        self.by_work = by_work
        return result

    def _talks(self) -> dict[str, dict[str, date | None]]:
        result: dict[str, dict[str, date | None]] = defaultdict(dict)
        for a, b, data in self.by_type["COMMUNICATES_WITH"]:
            day = data.get("date")
            if a == b or a not in self.persons or b not in self.persons or (day and day > self.as_of):
                continue
            for x, y in ((a, b), (b, a)):
                last = result[x].get(y)
                result[x][y] = max(filter(None, (last, day)), default=None)
        return result

    def raci_roles(self) -> dict[str, int]:
        """Return how many RACI roles each party has."""
        roles: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for kind in ("ACCOUNTABLE_FOR", "RESPONSIBLE_FOR", "CONSULTED_ON", "INFORMED_OF"):
            for party, item, _ in self.by_type[kind]:
                roles[party].add((item, kind))
        return {party: len(r) for party, r in roles.items()}

    def below(self, goal: str) -> set[str]:
        """Return the goals below a goal."""
        return nx.ancestors(self.contributions, goal)


def unowned_goal(a: Alliance) -> Iterable[Subjects]:
    """Active goals without an owner."""
    return ((g,) for g in a.active if not a.owners.get(g))


def conflicting_ownership(a: Alliance) -> Iterable[Subjects]:
    """Active goals with two owners or more, not co-owned."""
    return ((g,) for g in a.active if len(a.owners.get(g, ())) > 1 and not a.get(g, "co_owned"))


def paper_owner(a: Alliance) -> Iterable[Subjects]:
    """Owned goals that nobody does, nor owns or does a goal below."""
    served = {goal for work, goal, _ in a.by_type["SERVES"] if (a.get(work, "status") or "active") == "active"}
    for goal in a.active:
        owners = a.owners.get(goal)
        if not owners or a.doers.get(goal):
            continue
        below = a.below(goal)
        if any(a.accountable.get(h) or a.doers.get(h) for h in below):
            continue
        if goal not in served and not below and owners & a.persons:
            continue
        yield (goal,)


def departed_owner(a: Alliance) -> Iterable[Subjects]:
    """Active goals whose every accountable party has left."""
    said: dict[str, set[str]] = defaultdict(set)
    for party, goal, _ in a.by_type["ACCOUNTABLE_FOR"]:
        said[goal].add(party)
    return ((g,) for g in a.active if said.get(g) and not said[g] & a.parties)


def unassigned_responsibility(a: Alliance) -> Iterable[Subjects]:
    """Active responsibilities without a responsible party."""
    works = (
        n for n, label in a.labels.items() if label == "Responsibility" and (a.get(n, "status") or "active") == "active"
    )
    return ((w,) for w in works if not a.by_work.get(w))


def hollow_commitment(a: Alliance) -> Iterable[Subjects]:
    """Return commitments that no party of the partner acts on."""
    for partner, goal in {(p, g) for p, g, _ in a.by_type["COMMITS_TO"]}:
        if goal not in a.active:
            continue
        acting = set().union(*(a.accountable.get(h, set()) | a.doers.get(h, set()) for h in (goal, *a.below(goal))))
        if not any(partner in a.partners_of(p) for p in acting):
            yield (partner, goal)


def unbacked_owner(a: Alliance) -> Iterable[Subjects]:
    """Owners of committed goals none of whose partners commits."""
    committed: dict[str, set[str]] = defaultdict(set)
    for partner, goal, _ in a.by_type["COMMITS_TO"]:
        committed[goal].add(partner)
    for goal in a.active & committed.keys():
        for owner in a.owners.get(goal, set()) & a.persons:
            own = a.partners_of(owner)
            # A commitment of a partner that is part of mine is a party of mine committing.
            backed = set().union(*(a.partners_of(p) for p in committed[goal]))
            if own and not own & backed:
                yield (goal, owner)


def engagement_gap(a: Alliance) -> Iterable[Subjects]:
    """Persons whose engagement is not the desired one."""
    levels = ("unaware", "resistant", "neutral", "supportive", "leading")
    for person in a.persons:
        now, wanted = a.get(person, "engagement"), a.get(person, "desired_engagement")
        if now and wanted and levels.index(now) != levels.index(wanted):
            yield (person,)


def isolated_stakeholder(a: Alliance) -> Iterable[Subjects]:
    """Persons with no relationship but membership."""
    tied = {n for kind, rows in a.by_type.items() if kind != "MEMBER_OF" for s, t, _ in rows for n in (s, t)}
    return ((p,) for p in a.persons if p not in tied)


def neglected_key_player(a: Alliance) -> Iterable[Subjects]:
    """Key players without contact with an owner of an active goal."""
    owning = {o for g, owners in a.owners.items() if g in a.active for o in owners}
    reach = {p for p in a.persons if p in owning or a.containers(p) & owning}
    for person in a.persons:
        if min(a.get(person, "power") or 0, a.get(person, "interest") or 0) >= 7 and not (
            a.talks[person].keys() & reach
        ):
            yield (person,)


def unwilling_owner(a: Alliance) -> Iterable[Subjects]:
    """Owners who are unaware or resistant."""
    for goal in a.active:
        for owner in a.owners.get(goal, set()) & a.persons:
            if a.get(owner, "engagement") in ("unaware", "resistant"):
                yield (goal, owner)


def unassessed_stakeholder(a: Alliance) -> Iterable[Subjects]:
    """Persons with a role of whom nothing is known."""
    roles = a.raci_roles()
    for person in a.persons:
        known = any(a.get(person, k) is not None for k in ("power", "interest", "engagement"))
        if not known and (roles.get(person) or a.get(person, "desired_engagement")):
            yield (person,)


def no_partner(a: Alliance) -> Iterable[Subjects]:
    """Persons without a partner."""
    return ((p,) for p in a.persons if not a.partners_of(p))


RULES: dict[str, Callable[[Alliance], Iterable[Subjects]]] = {
    "OWN101": unowned_goal,
    "OWN102": conflicting_ownership,
    "OWN103": paper_owner,
    "OWN104": departed_owner,
    "OWN105": unassigned_responsibility,
    "OWN111": hollow_commitment,
    "OWN112": unbacked_owner,
    "ENG302": engagement_gap,
    "ENG304": neglected_key_player,
    "ENG305": isolated_stakeholder,
    "ENG307": unwilling_owner,
    "DAT901": unassessed_stakeholder,
    "DAT903": no_partner,
}


def run(graph: Graph, as_of: date) -> dict[str, set[Subjects]]:
    """Return what each rule finds, by code."""
    alliance = Alliance(graph, as_of)
    return {code: set(rule(alliance)) for code, rule in RULES.items()}


def read_csv(nodes: str, relationships: str) -> Graph:
    """Read the two files with the csv module, numbers and dates understood: the reading half of the peer."""
    graph: Graph = nx.MultiDiGraph()
    numbers, days = {"power", "interest", "weight"}, {"date"}
    truths = {"shared", "co_owned"}

    def typed(row: dict[str, str]) -> dict[str, Any]:
        return {
            k: float(v) if k in numbers else date.fromisoformat(v) if k in days else v == "true" if k in truths else v
            for k, v in row.items()
            if v
        }

    with Path(nodes).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            graph.add_node(row.pop("id"), **typed(row))
    with Path(relationships).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            graph.add_edge(row.pop("source"), row.pop("target"), **typed(row))
    return graph
