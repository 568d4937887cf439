"""Facts: what a graph says on a day, under settings, in the words that rules are written in.

Each projection is a frame computed once, on first use, its columns named by their role and holding node indices
(UInt32). `docs/guide` and `graphalign explain` use the same words with the same meaning.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.graph.attention import owed_attention, paced
from graphalign.graph.runs import NEVER, latest_of_runs, starts_of_runs
from graphalign.graph.walks import pairs_along, reaches_other

if TYPE_CHECKING:
    from collections.abc import Sequence

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

    @cached_property
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

    @cached_property
    def active_goals(self) -> pl.DataFrame:
        """The active ones of `goals`, same columns."""
        return self.goals.filter(status="active")

    @cached_property
    def proposed(self) -> int:
        """How many goals are proposed: what rules on active goals leave out."""
        return self.goals.filter(status="proposed").height

    @cached_property
    def responsibilities(self) -> pl.DataFrame:
        """Active responsibilities: `responsibility`."""
        frame = self.graph.of_label("Responsibility").filter(pl.col("status").fill_null("active") == "active")
        return frame.select(pl.col("node").alias("responsibility"))

    @cached_property
    def kpis(self) -> pl.DataFrame:
        """KPIs: `kpi` and every property that rules read of it."""
        return self.graph.of_label("Kpi").rename({"node": "kpi"})

    @cached_property
    def stakeholders(self) -> pl.DataFrame:
        """Stakeholders of any status: `stakeholder`, `kind` (unset: person), `status` (unset: active), the rest."""
        return (
            self.graph.of_label("Stakeholder")
            .rename({"node": "stakeholder"})
            .with_columns(pl.col("kind").fill_null("person"), pl.col("status").fill_null("active"))
        )

    @cached_property
    def persons(self) -> pl.DataFrame:
        """Active persons: `person` and the properties of `stakeholders`."""
        return self.stakeholders.filter(kind="person", status="active").rename({"stakeholder": "person"})

    @cached_property
    def partners(self) -> pl.DataFrame:
        """Partners: `partner`."""
        return self.graph.of_label("Partner").select(pl.col("node").alias("partner"))

    @cached_property
    def parties(self) -> pl.DataFrame:
        """Parties, active stakeholders and partners: `party`."""
        active = self.stakeholders.filter(status="active").select(pl.col("stakeholder").alias("party"))
        return pl.concat([active, self.partners.rename({"partner": "party"})])

    def mask(self, nodes: pl.Series) -> NDArray[np.bool_]:
        """Return, by index, whether each node of the graph is in `nodes`."""
        result = np.zeros(self.n, dtype=np.bool_)
        result[nodes.to_numpy()] = True
        return result

    # --- who belongs where ---------------------------------------------------------------------------------

    @cached_property
    def belonging(self) -> pl.DataFrame:
        """(party, container): every partner or group reached by MEMBER_OF and PART_OF at any depth, never itself."""
        step = pl.concat(
            [
                self.graph.of_type(t).select(pl.col("source").alias("party"), pl.col("target").alias("container"))
                for t in ("MEMBER_OF", "PART_OF")
            ]
        ).unique()
        return pairs_along(step, step).filter(pl.col("party") != pl.col("container"))

    @cached_property
    def partners_of(self) -> pl.DataFrame:
        """(party, partner): the partners of a party, a partner being one of its own."""
        reached = self.belonging.join(self.partners, left_on="container", right_on="partner", how="semi")
        itself = self.partners.select(pl.col("partner").alias("party"), "partner")
        among = reached.rename({"container": "partner"}).join(self.parties, on="party", how="semi")
        return pl.concat([among, itself])

    @cached_property
    def members(self) -> pl.DataFrame:
        """(partner, member): the active stakeholders whose partners include it."""
        stakeholders = self.partners_of.join(self.partners, left_on="party", right_on="partner", how="anti")
        return stakeholders.select("partner", pl.col("party").alias("member"))

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
        table = self.partners_of if partners is None else partners
        who = table.columns[0]
        has = self.mask(table[who])
        shared = (
            pairs.select(a, b)
            .unique()
            .join(table.rename({who: a}), on=a)
            .join(table.rename({who: b}), on=[b, "partner"])
            .select(a, b, pl.lit(value=True).alias("_common"))
            .unique()
        )
        common = pairs.join(shared, on=[a, b], how="left", maintain_order="left")["_common"].fill_null(value=False)
        both = has[pairs[a].to_numpy()] & has[pairs[b].to_numpy()]
        return pl.Series("apart", both) & ~common

    # --- who owns and does what ----------------------------------------------------------------------------

    @cached_property
    def raci(self) -> pl.DataFrame:
        """(party, item, role): roles of parties on goals and responsibilities of any status, role the type."""
        return pl.concat(
            [
                self._roles(t).with_columns(pl.lit(t).alias("role"))
                for t in ("ACCOUNTABLE_FOR", "RESPONSIBLE_FOR", "CONSULTED_ON", "INFORMED_OF")
            ]
        )

    @cached_property
    def role_counts(self) -> NDArray[np.int64]:
        """How many RACI roles each node has, by index, on goals and responsibilities of any status."""
        return np.bincount(self.raci["party"].to_numpy(), minlength=self.n)

    def _roles(self, kind: str) -> pl.DataFrame:
        pairs = self.graph.of_type(kind).select(pl.col("source").alias("party"), pl.col("target").alias("item"))
        return pairs.join(self.parties, on="party", how="semi").unique()

    @cached_property
    def accountable(self) -> pl.DataFrame:
        """(goal, party): every party accountable for a goal of any status."""
        pairs = self._roles("ACCOUNTABLE_FOR").select(pl.col("item").alias("goal"), "party")
        return pairs.join(self.goals, on="goal", how="semi")

    @cached_property
    def owners(self) -> pl.DataFrame:
        """(goal, owner): the parties accountable, a partner or group not counted beside a party of it."""
        return self._narrowed(self.accountable).rename({"party": "owner"})

    def _narrowed(self, pairs: pl.DataFrame) -> pl.DataFrame:
        inner = pairs.join(self.belonging, on="party").select("goal", pl.col("container").alias("party"))
        return pairs.join(inner, on=["goal", "party"], how="anti")

    @cached_property
    def serves(self) -> pl.DataFrame:
        """(responsibility, goal): active responsibilities and the goals they serve."""
        pairs = self.graph.of_type("SERVES").select(
            pl.col("source").alias("responsibility"), pl.col("target").alias("goal")
        )
        return pairs.join(self.responsibilities, on="responsibility", how="semi").unique()

    @cached_property
    def doers(self) -> pl.DataFrame:
        """(goal, party): the parties responsible for a goal, or for an active responsibility that serves it."""
        responsible = self._roles("RESPONSIBLE_FOR")
        direct = responsible.select(pl.col("item").alias("goal"), "party").join(self.goals, on="goal", how="semi")
        through = self.serves.join(responsible, left_on="responsibility", right_on="item").select("goal", "party")
        return pl.concat([direct, through]).unique()

    @cached_property
    def owns_or_does(self) -> pl.DataFrame:
        """(goal, party): every party accountable for a goal or doing it."""
        return pl.concat([self.accountable, self.doers]).unique()

    @cached_property
    def commitments(self) -> pl.DataFrame:
        """(partner, goal, weight): what partners commit to, of any goal status; weight null where unsaid."""
        return self.graph.of_type("COMMITS_TO").select(
            pl.col("source").alias("partner"), pl.col("target").alias("goal"), "weight"
        )

    # --- goals above and below -----------------------------------------------------------------------------

    @cached_property
    def contributions(self) -> pl.DataFrame:
        """(goal, parent): contributions of weight > 0 between goals of any status."""
        frame = self.graph.of_type("CONTRIBUTES_TO").filter(pl.col("weight").fill_null(100) > 0)
        return frame.select(pl.col("source").alias("goal"), pl.col("target").alias("parent")).unique()

    def some_below(self, goals: pl.Series) -> NDArray[np.bool_]:
        """Return, by index, whether some goal below each goal (itself not counted) is among `goals`."""
        step = self.contributions
        return reaches_other(self.n, step["goal"].to_numpy(), step["parent"].to_numpy(), self.mask(goals))

    def some_above(self, goals: pl.Series) -> NDArray[np.bool_]:
        """Return, by index, whether some goal above each goal (itself not counted) is among `goals` (active ones)."""
        step = self.contributions
        return reaches_other(self.n, step["parent"].to_numpy(), step["goal"].to_numpy(), self.mask(goals))

    @cached_property
    def partners_of_goal(self) -> pl.DataFrame:
        """(goal, partner): by whose goals it is, those a party of the partner commits to or owns."""
        committed = self.commitments.select("goal", pl.col("partner").alias("party"))
        pairs = pl.concat([committed, self.accountable]).unique()
        return pairs.join(self.partners_of, on="party").select("goal", "partner").unique()

    @cached_property
    def works_on(self) -> pl.DataFrame:
        """(partner, goal): a party of the partner commits to the goal, or owns or does it or a goal below it."""
        committed = self._of_partners(self.commitments.select("goal", pl.col("partner").alias("party")).unique())
        return pl.concat([self.acts_for, committed]).unique()

    @cached_property
    def acts_for(self) -> pl.DataFrame:
        """(partner, goal): a party of the partner owns or does the goal or a goal below it."""
        return pairs_along(self._of_partners(self.owns_or_does), self.contributions)

    @cached_property
    def acts_on_or_below(self) -> pl.DataFrame:
        """(goal, party): the party owns or does the goal or a goal below it."""
        up = pairs_along(self.owns_or_does.select("party", "goal"), self.contributions)
        return up.select("goal", "party")

    def _of_partners(self, pairs: pl.DataFrame) -> pl.DataFrame:
        return pairs.join(self.partners_of, on="party").select("partner", "goal").unique()

    @cached_property
    def dependencies(self) -> pl.DataFrame:
        """(goal, needed): dependencies between two different active goals, each once."""
        pairs = self.graph.of_type("DEPENDS_ON").select(
            pl.col("source").alias("goal"), pl.col("target").alias("needed")
        )
        active = self.active_goals.select("goal")
        both = pairs.join(active, on="goal", how="semi").join(active, left_on="needed", right_on="goal", how="semi")
        return both.filter(pl.col("goal") != pl.col("needed")).unique()

    # --- contact -------------------------------------------------------------------------------------------

    @cached_property
    def contact(self) -> pl.DataFrame:
        """(person, other, last): active persons who talked by the as-of date, both ways; last null if undated only."""
        frame = self.graph.of_type("COMMUNICATES_WITH").filter(
            (pl.col("source") != pl.col("target")) & (pl.col("date").is_null() | (pl.col("date") <= self.as_of))
        )
        person = self.mask(self.persons["person"])
        frame = frame.filter(person[frame["source"].to_numpy()] & person[frame["target"].to_numpy()])
        # Sorted, with the smaller of the two as the source: a pair is one run of rows.
        first = starts_of_runs(frame["source"], frame["target"])
        pairs = frame.select("source", "target")[first].with_columns(latest_of_runs(frame["date"], first).alias("last"))
        there = pairs.select(pl.col("source").alias("person"), pl.col("target").alias("other"), "last")
        back = pairs.select(pl.col("target").alias("person"), pl.col("source").alias("other"), "last")
        return pl.concat([there, back])

    @cached_property
    def spoken(self) -> pl.DataFrame:
        """(person, contacts, last): with how many others each person has contact, and the last dated one."""
        person = self.contact["person"].to_numpy()
        contacts = np.bincount(person, minlength=self.n)
        last = np.full(self.n, NEVER, dtype=np.int32)
        np.maximum.at(last, person, self.contact["last"].cast(pl.Int32).fill_null(NEVER).to_numpy())
        who = np.flatnonzero(contacts)
        day = pl.Series(last[who]).replace(NEVER, None).cast(pl.Date)
        return pl.DataFrame({"person": who.astype(np.uint32), "contacts": contacts[who], "last": day})

    @cached_property
    def recent_contact(self) -> pl.DataFrame:
        """The recent ones of `contact`, same columns."""
        return self.contact.filter(pl.col("last") >= self.since)

    @cached_property
    def partner_contact(self) -> pl.DataFrame:
        """(partner, other, last, recent): partners in contact, both ways; a common member is recent, last null."""
        members = self.members
        ties = (
            self.contact.filter(pl.col("person") < pl.col("other"))
            .join(members, left_on="person", right_on="member")
            .join(members.rename({"partner": "other_partner"}), left_on="other", right_on="member")
            .filter(pl.col("partner") != pl.col("other_partner"))
            .group_by("partner", "other_partner")
            .agg(pl.col("last").max(), (pl.col("last") >= self.since).fill_null(value=False).any().alias("recent"))
        )
        common = (
            members.join(members.rename({"partner": "other_partner"}), on="member")
            .filter(pl.col("partner") != pl.col("other_partner"))
            .select(
                "partner",
                "other_partner",
                pl.lit(None, dtype=pl.Date).alias("last"),
                pl.lit(value=True).alias("recent"),
            )
            .unique()
        )
        back = ties.select(
            pl.col("other_partner").alias("partner"), pl.col("partner").alias("other_partner"), "last", "recent"
        )
        both = (
            pl.concat([ties, back, common])
            .group_by("partner", "other_partner")
            .agg(pl.col("last").max(), pl.col("recent").any())
        )
        return both.rename({"other_partner": "other"})

    def coverage(self, persons: pl.Series | Sequence[int], *, recent: bool = False) -> float:
        """Return the share of `persons` who have a contact (`recent`: a recent one); 0 for nobody."""
        asked = np.unique(np.asarray(persons, dtype=np.uint32))
        if not len(asked):
            return 0.0
        known = np.zeros(self.n, dtype=np.bool_)
        known[(self.recent_contact if recent else self.contact)["person"].to_numpy()] = True
        return float(known[asked].mean())

    @cached_property
    def goal_owning_persons(self) -> pl.Series:
        """The persons who own an active goal: whom contact coverage of rules on goals and partners is measured on."""
        owners = self.owners.join(self.active_goals, on="goal", how="semi")
        return owners.join(self.persons, left_on="owner", right_on="person", how="semi")["owner"].unique()

    @cached_property
    def paced(self) -> pl.DataFrame:
        """Persons with a cadence and their last outward contact; see `graphalign.graph.attention.paced`."""
        return paced(self)

    @cached_property
    def owed_attention(self) -> pl.DataFrame:
        """Persons owed attention; see `graphalign.graph.attention.owed_attention`."""
        return owed_attention(self)

    # --- what is known at all ------------------------------------------------------------------------------

    @cached_property
    def absent(self) -> frozenset[str]:
        """What rules stand on and the whole graph has none of, by the names in `graphalign.rules.NEEDS`."""
        held = self.graph
        stakeholders = self.stakeholders
        raci_people = self.raci.join(self.persons, left_on="party", right_on="person", how="semi")
        assessed = stakeholders.select(
            pl.any_horizontal(pl.col("power", "interest", "engagement").is_not_null()).any()
        ).item()
        present = {
            "accountable": held.of_type("ACCOUNTABLE_FOR").height,
            "responsible": held.of_type("RESPONSIBLE_FOR").height,
            "power": stakeholders["power"].count(),
            "engagement": stakeholders["engagement"].count(),
            "contact": self.contact.height,
            "kpi": self.kpis.height,
            "raci": raci_people.height,
            "assessed": bool(assessed),
        }
        return frozenset(name for name, n in present.items() if not n)
