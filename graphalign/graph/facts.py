"""Facts: what a graph says on a day, under settings, in the words that rules are written in.

Each projection is a frame computed once, on first use, its columns named by their role and holding node indices
(UInt32). `docs/guide` and `graphalign explain` use the same words with the same meaning.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph.attention import owed_attention, paced
from graphalign.graph.contact import contact, partner_contact, spoken, ties
from graphalign.graph.naming import NameWords, name_words
from graphalign.graph.pairs import (
    Steps,
    among,
    keys_of,
    leads,
    named,
    once,
    only,
    onward,
    places,
    steps_of,
    through,
    where,
)
from graphalign.graph.shared import shared
from graphalign.graph.walks import pairs_along, reaches_other
from graphalign.vocabulary import LABELS, RACI

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from graphalign.graph.alignment_graph import AlignmentGraph
    from graphalign.settings import Settings


class Facts:
    """What `graph` says on the day `as_of` under `settings`.

    *Active*: status active or unset. *Person*: a stakeholder of kind person. *Party*: an active stakeholder or a
    partner. *Recent*: dated 0 to `window_days` days before the as-of date.
    """

    def __init__(self, graph: AlignmentGraph, as_of: date, settings: Settings) -> None:
        self.graph = graph
        self.as_of = as_of
        self.settings = settings
        self.n = graph.nodes.height
        self.high: float = settings.get("levels", "high")
        self.low: float = settings.get("levels", "low")
        self.window_days: int = settings.get("contact", "window_days")
        self.since = as_of - timedelta(days=self.window_days)

    # --- nodes ---------------------------------------------------------------------------------------------

    @shared
    def goals(self) -> pl.DataFrame:
        """Goals of any status: `goal`, `status` (unset: active), `priority`, `shared`, `co_owned`, `start`, `due`."""
        return self.graph.of_label("Goal").select(
            pl.col("node").alias("goal"),
            pl.col("status").fill_null("active"),
            "priority",
            pl.col("shared").fill_null(value=False),
            pl.col("co_owned").fill_null(value=False),
            "start",
            "due",
        )

    @shared
    def active_goals(self) -> pl.DataFrame:
        """The active ones of `goals`, same columns."""
        return self.goals.filter(status="active")

    @shared
    def proposed(self) -> int:
        """How many goals are proposed: what rules on active goals leave out."""
        return self.goals.filter(status="proposed").height

    @shared
    def responsibilities(self) -> pl.DataFrame:
        """Active responsibilities: `responsibility`."""
        frame = self.graph.of_label("Responsibility").filter(pl.col("status").fill_null("active") == "active")
        return named(frame, responsibility="node")

    @shared
    def kpis(self) -> pl.DataFrame:
        """KPIs: `kpi` and every property that rules read of it."""
        return self.graph.of_label("Kpi").rename({"node": "kpi"})

    @shared
    def stakeholders(self) -> pl.DataFrame:
        """Stakeholders of any status: `stakeholder`, `kind` (unset: person), `status` (unset: active), the rest."""
        return (
            self.graph.of_label("Stakeholder")
            .rename({"node": "stakeholder"})
            .with_columns(pl.col("kind").fill_null("person"), pl.col("status").fill_null("active"))
        )

    @shared
    def persons(self) -> pl.DataFrame:
        """Active persons: `person` and the properties of `stakeholders`."""
        return self.stakeholders.filter(kind="person", status="active").rename({"stakeholder": "person"})

    @shared
    def partners(self) -> pl.DataFrame:
        """Partners: `partner`."""
        return named(self.graph.of_label("Partner"), partner="node")

    @shared
    def parties(self) -> pl.DataFrame:
        """Parties, active stakeholders and partners: `party`."""
        active = self.stakeholders.select(pl.col("stakeholder").alias("party"), "status").filter(status="active")
        return pl.concat([active.select("party"), self.partners.rename({"partner": "party"})])

    @shared
    def words(self) -> NameWords:
        """The words in the names of people, partners, goals and responsibilities; see `graphalign.graph.naming`."""
        named = np.logical_or.reduce([self.graph.is_label(label) for label in LABELS if label != "Kpi"])
        return name_words(self.graph.names, np.flatnonzero(named).astype(np.uint32))

    def mask(self, nodes: pl.Series) -> NDArray[np.bool_]:
        """Return, by index, whether each node of the graph is in `nodes`."""
        result = np.zeros(self.n, dtype=np.bool_)
        result[nodes.to_numpy()] = True
        return result

    @shared
    def is_goal(self) -> NDArray[np.bool_]:
        """Which nodes are goals, by index; so with the next ones, which are as the frames of their names."""
        return self.graph.is_label("Goal")

    @shared
    def is_active_goal(self) -> NDArray[np.bool_]:
        """Which nodes are active goals."""
        return self.mask(self.active_goals["goal"])

    @shared
    def is_person(self) -> NDArray[np.bool_]:
        """Which nodes are persons."""
        return self.mask(self.persons["person"])

    @shared
    def is_party(self) -> NDArray[np.bool_]:
        """Which nodes are parties."""
        return self.mask(self.parties["party"])

    @shared
    def is_partner(self) -> NDArray[np.bool_]:
        """Which nodes are partners."""
        return self.graph.is_label("Partner")

    # --- who belongs where ---------------------------------------------------------------------------------

    @shared
    def belonging(self) -> pl.DataFrame:
        """(party, container): every partner or group reached by MEMBER_OF and PART_OF at any depth, never itself."""
        step = once(*(self.ends(t, "party", "container") for t in ("MEMBER_OF", "PART_OF")))
        return pairs_along(step, step).filter(pl.col("party") != pl.col("container"))

    def ends(self, kind: str, source: str, target: str) -> pl.DataFrame:
        """Return the relationships of one type as pairs, under these names."""
        held = self.graph.edges
        span = self.graph.span(kind)
        return pl.DataFrame([held["source"].slice(*span).alias(source), held["target"].slice(*span).alias(target)])

    @shared
    def partners_of(self) -> pl.DataFrame:
        """(party, partner): the partners of a party, a partner being one of its own."""
        reached = only(only(self.belonging, "container", self.is_partner), "party", self.is_party)
        itself = named(self.partners, party="partner", partner="partner")
        return once(itself, named(reached, party="party", partner="container"))

    @shared
    def home(self) -> Steps:
        """`partners_of` as steps from a party to each of its partners."""
        return steps_of(keys_of(self.partners_of), self.n)

    @shared
    def members(self) -> pl.DataFrame:
        """(partner, member): the active stakeholders whose partners include it."""
        return named(only(self.partners_of, "party", ~self.is_partner), partner="partner", member="party")

    def apart(self, pairs: pl.DataFrame, a: str, b: str, partners: pl.DataFrame | None = None) -> pl.Series:
        """Return whether the two of each pair are apart: both have partners, and none in common.

        Parameters
        ----------
        pairs
            A frame with the columns `a` and `b`.
        a, b
            Names of two columns of node indices.
        partners
            Who has which partners, as (who, partner); default `partners_of`. For goals give `partners_of_goal`.
        """
        home = self.home if partners is None else steps_of(keys_of(partners), self.n)
        one, other = places(pairs[a]), places(pairs[b])
        has = home.first[1:] > home.first[:-1]
        which, partner = onward(one, home)
        common = np.zeros(len(one), dtype=np.bool_)
        common[which[leads(other.take(which), partner, home)]] = True
        both = has.take(one) & has.take(other)
        return pl.Series("apart", both & ~common)

    # --- who owns and does what ----------------------------------------------------------------------------

    @shared
    def raci(self) -> pl.DataFrame:
        """(party, item, role): roles of parties on goals and responsibilities of any status, role the type."""
        return pl.concat([self.roles(t).with_columns(pl.lit(t).alias("role")) for t in RACI])

    @shared
    def role_counts(self) -> NDArray[np.int64]:
        """How many RACI roles each node has, by index, on goals and responsibilities of any status."""
        return np.bincount(np.concatenate([self.roles(t)["party"].to_numpy() for t in RACI]), minlength=self.n)

    def roles(self, kind: str) -> pl.DataFrame:
        """Return (party, item): the roles of one type that parties have, on items of any status."""
        return self._roles[kind]

    @shared
    def _roles(self) -> dict[str, pl.DataFrame]:
        return {t: once(only(self.ends(t, "party", "item"), "party", self.is_party)) for t in RACI}

    @shared
    def accountable(self) -> pl.DataFrame:
        """(goal, party): every party accountable for a goal of any status."""
        return self._of_goals(self.roles("ACCOUNTABLE_FOR"))

    def _of_goals(self, roles: pl.DataFrame) -> pl.DataFrame:
        return once(named(only(roles, "item", self.is_goal), goal="item", party="party"))

    @shared
    def owners(self) -> pl.DataFrame:
        """(goal, owner): the parties accountable, a partner or group not counted beside a party of it."""
        pairs = self.accountable
        several = np.bincount(pairs["goal"].to_numpy(), minlength=self.n) > 1
        beside = only(pairs, "goal", several)
        inner = named(through(beside, self.belonging), goal="goal", party="container")
        return named(where(pairs, ~among(pairs, inner)), goal="goal", owner="party")

    @shared
    def owned(self) -> pl.DataFrame:
        """(goal, owner): those of `owners` whose goal is active."""
        return only(self.owners, "goal", self.is_active_goal)

    @shared
    def serves(self) -> pl.DataFrame:
        """(responsibility, goal): active responsibilities and the goals they serve."""
        active = self.mask(self.responsibilities["responsibility"])
        return once(only(self.ends("SERVES", "responsibility", "goal"), "responsibility", active))

    @shared
    def doers(self) -> pl.DataFrame:
        """(goal, party): the parties responsible for a goal, or for an active responsibility that serves it."""
        responsible = self.roles("RESPONSIBLE_FOR")
        done_by = named(responsible, item="item", party="party")
        serving = named(self.serves, goal="goal", responsibility="responsibility")
        return once(self._of_goals(responsible), through(serving, done_by))

    @shared
    def owns_or_does(self) -> pl.DataFrame:
        """(goal, party): every party accountable for a goal or doing it."""
        return once(self.accountable, self.doers)

    @shared
    def commitments(self) -> pl.DataFrame:
        """(partner, goal, weight): what partners commit to, of any goal status; weight null where unsaid."""
        return named(self.graph.of_type("COMMITS_TO"), partner="source", goal="target", weight="weight")

    # --- goals above and below -----------------------------------------------------------------------------

    @shared
    def contributions(self) -> pl.DataFrame:
        """(goal, parent): contributions of weight > 0 between goals of any status."""
        frame = self.graph.of_type("CONTRIBUTES_TO").filter(pl.col("weight").fill_null(100) > 0)
        return once(named(frame, goal="source", parent="target"))

    def some_below(self, goals: pl.Series) -> NDArray[np.bool_]:
        """Return, by index, whether some goal below each goal (itself not counted) is among `goals`."""
        step = self.contributions
        return reaches_other(self.n, step["goal"].to_numpy(), step["parent"].to_numpy(), self.mask(goals))

    def some_above(self, goals: pl.Series) -> NDArray[np.bool_]:
        """Return, by index, whether some goal above each goal (itself not counted) is among `goals` (active ones)."""
        step = self.contributions
        return reaches_other(self.n, step["parent"].to_numpy(), step["goal"].to_numpy(), self.mask(goals))

    @shared
    def partners_of_goal(self) -> pl.DataFrame:
        """(goal, partner): by whose goals it is, those a party of the partner commits to or owns."""
        return through(once(self._committed, self.accountable), self.partners_of)

    @shared
    def _committed(self) -> pl.DataFrame:
        return named(self.commitments, goal="goal", party="partner")

    @shared
    def works_on(self) -> pl.DataFrame:
        """(partner, goal): a party of the partner commits to the goal, or owns or does it or a goal below it."""
        return once(self.acts_for, through(self._committed, self.partners_of))

    @shared
    def acts_for(self) -> pl.DataFrame:
        """(partner, goal): a party of the partner owns or does the goal or a goal below it."""
        theirs = through(self.owns_or_does, self.partners_of)
        return pairs_along(named(theirs, partner="partner", goal="goal"), self.contributions)

    @shared
    def dependencies(self) -> pl.DataFrame:
        """(goal, needed): dependencies between two different active goals, each once."""
        goal, needed = (c.to_numpy() for c in self.all_dependencies.get_columns())
        return where(self.all_dependencies, self.is_active_goal.take(goal) & self.is_active_goal.take(needed))

    @shared
    def all_dependencies(self) -> pl.DataFrame:
        """(goal, needed): dependencies between two different goals of any status, each once."""
        pairs = self.ends("DEPENDS_ON", "goal", "needed")
        return once(where(pairs, pairs["goal"].to_numpy() != pairs["needed"].to_numpy()))

    # --- contact -------------------------------------------------------------------------------------------

    @shared
    def contact(self) -> pl.DataFrame:
        """(person, other, last): active persons who talked by the as-of date, both ways; last null if undated only."""
        return contact(self)

    @shared
    def spoken(self) -> pl.DataFrame:
        """(contacts, last), a row a node: with how many others it has contact, and the last dated one."""
        return spoken(self)

    @shared
    def recent_contact(self) -> pl.DataFrame:
        """The recent ones of `contact`, same columns."""
        return self.contact.filter(pl.col("last") >= self.since)

    @shared
    def ties(self) -> pl.DataFrame:
        """Who talks across two partners; see `graphalign.graph.contact.ties`."""
        return ties(self)

    @shared
    def partner_contact(self) -> pl.DataFrame:
        """(partner, other, last, recent): partners in contact, both ways; a common member is recent, last null."""
        return partner_contact(self)

    def coverage(self, asked: NDArray[np.bool_], *, recent: bool = False) -> float:
        """Return the share of these persons, by index, who have a contact (`recent`: a recent one); 0 for nobody."""
        known = self._with_contact[recent][asked]
        return float(known.mean()) if len(known) else 0.0

    @shared
    def _with_contact(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Who has a contact, and who a recent one, by index."""
        recent = (self.spoken["last"] >= self.since).fill_null(value=False)
        return (self.spoken["contacts"] > 0).to_numpy(), recent.to_numpy()

    @shared
    def goal_owning_persons(self) -> pl.Series:
        """The persons who own an active goal: whom contact coverage of rules on goals and partners is measured on."""
        owning = self.mask(self.owned["owner"]) & self.is_person
        return pl.Series("owner", np.flatnonzero(owning), dtype=pl.UInt32)

    @shared
    def paced(self) -> pl.DataFrame:
        """Persons with a cadence and their last outward contact; see `graphalign.graph.attention.paced`."""
        return paced(self)

    @shared
    def owed_attention(self) -> pl.DataFrame:
        """Persons owed attention; see `graphalign.graph.attention.owed_attention`."""
        return owed_attention(self)

    # --- what is known at all ------------------------------------------------------------------------------

    def lacks(self, need: str) -> bool:
        """Return whether the whole graph has none of what rules stand on, by a name in `graphalign.rules.NEEDS`.

        Each is looked into by itself, so that no rule waits for what only others stand on.
        """
        held: dict[str, Callable[[], bool]] = {
            "accountable": lambda: self.graph.span("ACCOUNTABLE_FOR")[1] > 0,
            "responsible": lambda: self.graph.span("RESPONSIBLE_FOR")[1] > 0,
            "power": lambda: self.stakeholders["power"].count() > 0,
            "engagement": lambda: self.stakeholders["engagement"].count() > 0,
            "contact": lambda: self.contact.height > 0,
            "kpi": lambda: self.kpis.height > 0,
            "raci": lambda: any(self.is_person[self.roles(t)["party"].to_numpy()].any() for t in RACI),
            "assessed": lambda: any(self.stakeholders[name].count() for name in ("power", "interest", "engagement")),
        }
        return not held[need]()
