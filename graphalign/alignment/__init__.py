"""The alignment matrix: a row a pair of partners, seven parts, each with value, level and evidence; never a total."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.alignment import parts as of
from graphalign.alignment.demands import coordinating, measured_goals
from graphalign.errors import UsageError
from graphalign.graph import Facts
from graphalign.model import as_day
from graphalign.settings import Settings

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph

# The parts, in the order of the matrix: what each is called, and what its value is.
PARTS: Mapping[str, tuple[str, str]] = {
    "common_agenda": ("common agenda", "overlap of what both commit to, 0 to 1"),
    "same_priorities": ("same priorities", "Kendall's tau-b of their weights, -1 to 1"),
    "help_or_harm": ("help or harm", "harm, beside support"),
    "clear_roles": ("clear roles", "share of the goals in common that have one owner"),
    "coordination": ("coordination", "share of the people who must coordinate and do talk"),
    "contact": ("contact", "days since the last contact"),
    "shared_measurement": ("shared measurement", "share of the goals in common with a fresh KPI"),
}
PATTERNS: Mapping[str, str] = {
    "goals without talk": "they share goals and do not talk",
    "talk without goals": "they talk and have no goal in common",
    "opposed priorities": "they rank what they share in opposite order",
    "rivals": "they harm more of what the other values than they support",
    "one-way dependence": "one needs the other, who needs nothing back",
    "hanging by a thread": "all contact ends when one person leaves",
}


@dataclass(frozen=True, eq=False, repr=False)
class Alignment:
    """The alignment of every pair of partners.

    Parameters
    ----------
    facts
        The facts it was judged on.
    pairs
        `a`, `b` (node indices, the smaller id first), `poor`, `watch` (how many parts are so) and `patterns` (names);
        most poor first, then most watch, then by ids.
    parts
        By the names in `PARTS`, one row a pair; see `graphalign.alignment.parts`.
    """

    facts: Facts
    pairs: pl.DataFrame
    parts: Mapping[str, pl.DataFrame]

    def __repr__(self) -> str:
        return f"<Alignment of {self.pairs.height} pairs of partners>"

    @property
    def graph(self) -> AlignmentGraph:
        """The graph it is about."""
        return self.facts.graph

    @cached_property
    def _at(self) -> dict[tuple[int, int], int]:
        """Where each pair stands in the parts, which all hold the same pairs in the same order."""
        rows = self.pairs.select("a", "b").sort("a", "b").iter_rows()
        return {(a, b): at for at, (a, b) in enumerate(rows)}

    @cached_property
    def schemas(self) -> dict[str, pl.Schema]:
        """The columns of each part; asking a frame for them costs more than a row of it."""
        return {name: frame.schema for name, frame in self.parts.items()}

    @cached_property
    def patterns(self) -> dict[tuple[int, int], list[str]]:
        """The names of each pair's patterns."""
        return {(a, b): names for a, b, names in self.pairs.select("a", "b", "patterns").iter_rows()}

    @cached_property
    def shares(self) -> dict[int, dict[int, float]]:
        """How much each partner weighs each goal it commits to; see `graphalign.alignment.priorities.shares`."""
        from graphalign.alignment.priorities import shares

        held: dict[int, dict[int, float]] = {}
        for partner, goal, share in shares(self.facts)[0].select("partner", "goal", "share").iter_rows():
            held.setdefault(partner, {})[goal] = share
        return held

    def row(self, a: int, b: int) -> dict[str, dict[str, Any]]:
        """Return the parts of one pair by name, nodes as indices."""
        return {name: frame.row(self._at[a, b], named=True) for name, frame in self.parts.items()}

    def find(self, one: str, other: str) -> tuple[int, int]:
        """Return a pair by the ids or names of its partners, the smaller first.

        Raises
        ------
        graphalign.errors.UsageError
            If one is no partner, both are the same, or one is part of the other.
        """
        a, b = sorted(self.partner(word) for word in (one, other))
        if (a, b) not in self._at:
            same = "are the same partner" if a == b else "are no pair: one is part of the other"
            raise UsageError(f"{one} and {other} {same}", way_out="name two partners, neither part of the other")
        return a, b

    def partner(self, word: str) -> int:
        """Return a partner by its id or name.

        Raises
        ------
        graphalign.errors.UsageError
            If there is none; the nearest is named.
        """
        from difflib import get_close_matches

        nodes = self.facts.partners["partner"]
        ids, names = self.graph.ids.gather(nodes).to_list(), self.graph.names.gather(nodes).to_list()
        for words in (ids, names, [str(n).casefold() for n in names]):
            for asked in (word, word.casefold()):
                if words.count(asked) == 1:
                    return int(nodes[words.index(asked)])
        near = get_close_matches(word, [*ids, *names], 1, 0.4)
        raise UsageError(
            f"there is no partner {word!r}", way_out=f"did you mean {near[0]!r}?" if near else "see: graphalign stats"
        )

    def to_frame(self) -> pl.DataFrame:
        """Return the matrix as a frame.

        Returns
        -------
        polars.DataFrame
            `partner`, `other` (ids), `poor`, `watch`, `patterns` (a list), then for each part its `value`, `count`,
            `level` and `why`, in columns such as `common_agenda_level`; in the order of `pairs`.
        """
        frame = self.pairs
        for name, part in self.parts.items():
            columns = part.select(
                "a", "b", *[pl.col(c).alias(f"{name}_{c}") for c in ("value", "count", "level", "why")]
            )
            frame = frame.join(columns, on=["a", "b"], how="left", maintain_order="left")
        ids = self.graph.ids
        named = [ids.gather(frame["a"]).alias("partner"), ids.gather(frame["b"]).alias("other")]
        return frame.select(*named, pl.exclude("a", "b"))


def alignment(
    graph: AlignmentGraph,
    *,
    as_of: date | str | None = None,
    settings: Settings | None = None,
    progress: Callable[[str], None] | None = None,
) -> Alignment:
    """Return how well each two partners are aligned, in seven parts that are never added up.

    Parameters
    ----------
    graph
        The alliance.
    as_of
        The day to judge on; default today.
    settings
        The bounds of the levels, `[alignment]`.
    progress
        Told what is being done.

    Returns
    -------
    Alignment
        One row a pair of partners neither of which is part of the other.

    Raises
    ------
    graphalign.errors.UsageError
        If `as_of` is no day.

    Examples
    --------
    >>> import graphalign as ga
    >>> ga.alignment(ga.from_networkx(ga.example()), as_of="2026-06-30")
    <Alignment of 1 pairs of partners>
    """
    say = progress or (lambda _: None)
    day = datetime.now(UTC).astimezone().date() if as_of is None else as_day(as_of)
    facts = Facts(graph, day, settings or Settings())
    pairs = of.pairs_of(facts)
    common = of.common_goals(facts)
    steps: dict[str, Callable[[], pl.DataFrame]] = {
        "common_agenda": lambda: of.common_agenda(facts, pairs),
        "same_priorities": lambda: of.same_priorities(facts, pairs),
        "help_or_harm": lambda: of.help_or_harm(facts, pairs),
        "clear_roles": lambda: of.clear_roles(facts, pairs, common),
        "coordination": lambda: of.coordination(facts, pairs, coordinating(facts)),
        "contact": lambda: of.contact(facts, pairs),
        "shared_measurement": lambda: of.shared_measurement(facts, pairs, common, measured_goals(facts)),
    }
    parts: dict[str, pl.DataFrame] = {}
    for name, step in steps.items():
        say(PARTS[name][0])
        parts[name] = step().sort("a", "b")
    return Alignment(facts, _ranked(facts.settings.get("alignment", "overlap_watch"), pairs, parts), parts)


def _ranked(shared_from: float, pairs: pl.DataFrame, parts: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the pairs with their counts of levels and their patterns, the least aligned first."""
    levels = pairs
    for name, part in parts.items():
        levels = levels.join(
            part.select("a", "b", pl.col("level").cast(pl.String).alias(name)), on=["a", "b"], how="left"
        )
    facts = [
        parts["common_agenda"].select("a", "b", pl.col("value").alias("overlap")),
        parts["same_priorities"].select("a", "b", pl.col("value").alias("tau")),
        parts["help_or_harm"].select("a", "b", "support", "harm", "a_needs", "b_needs", pl.col("level").alias("help")),
        parts["clear_roles"].select("a", "b", pl.col("count").alias("goals")),
        parts["contact"].select("a", "b", "thread"),
    ]
    table = reduce(lambda left, right: left.join(right, on=["a", "b"], how="left"), facts, levels)
    needs, back = pl.max_horizontal("a_needs", "b_needs"), pl.min_horizontal("a_needs", "b_needs")
    signs = {
        "goals without talk": (pl.col("overlap") >= shared_from) & (pl.col("contact") == "poor"),
        "talk without goals": (pl.col("contact") == "good") & (pl.col("goals") == 0),
        "opposed priorities": pl.col("tau") < 0,
        "rivals": (pl.col("harm") > pl.col("support")) & (pl.col("help") != "cannot judge"),
        "one-way dependence": (needs > 1) & (back == 0),
        "hanging by a thread": pl.col("thread") & ((pl.col("goals") > 0) | (needs > 0)),
    }
    named = [pl.when(sign.fill_null(value=False)).then(pl.lit(name)) for name, sign in signs.items()]
    return table.select(
        "a",
        "b",
        pl.sum_horizontal([(pl.col(p) == "poor").cast(pl.Int64) for p in parts]).alias("poor"),
        pl.sum_horizontal([(pl.col(p) == "watch").cast(pl.Int64) for p in parts]).alias("watch"),
        pl.concat_list(named).list.drop_nulls().alias("patterns"),
    ).sort("poor", "watch", "a", "b", descending=[True, True, False, False])
