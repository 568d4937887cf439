"""The coordination rule about different work for one goal by partners that never meet (COO408)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from graphalign.graph import Facts
from graphalign.graph.meetings import depending_pairs, in_parts, recent_pairs
from graphalign.graph.naming import sets_of_words, similarity
from graphalign.graph.pairs import (
    LOW,
    SHIFT,
    Steps,
    distinct,
    frame_of,
    held_by,
    keys_of,
    named,
    once,
    only,
    onward,
    packed,
    places,
    steps_of,
    through,
    where,
)
from graphalign.graph.priorities import PAIR
from graphalign.graph.runs import starts_of_runs
from graphalign.graph.serving import work_at_goals
from graphalign.model import Judged, Option, Tie
from graphalign.rules import rule
from graphalign.rules.partnership import related
from graphalign.settings import RuleSettings

if TYPE_CHECKING:
    from numpy.typing import NDArray


@rule(
    "COO408",
    "missed-synergy",
    severity="info",
    subjects=("partner", "other", "goal"),
    also=("work", "other_work"),
    candidates=("partner", "other"),
    needs=("contact",),
    covered_on=lambda facts: facts.goal_owning_persons,
    recent=True,
    applies=("two partners",),
    nothing="no two partners do different work for one goal",
    symmetric=True,
    evidence=(
        Tie("work", ("SERVES",), None),
        Tie("other_work", ("SERVES",), None),
        Tie(None, ("RESPONSIBLE_FOR",), "work"),
        Tie(None, ("RESPONSIBLE_FOR",), "other_work"),
    ),
    options={
        "similarity": Option(0.3, "work is different below this Jaccard similarity of the words in its name", 0, 1)
    },
    message="{partner} does {work} and {other} does {other_work}, both for {goal}, and the two have neither a "
    "dependency nor a contact in the last {window} days.",
    remedy="Let {partner} and {other} see what {work} and {other_work} could gain from each other.",
)
def missed_synergy(facts: Facts, settings: RuleSettings) -> Judged:
    """Two partners, neither part of the other, that do different work for one goal, with no dependency between their
    active goals and no recent contact. Parties of both are responsible for active responsibilities that serve the
    active goal, or of which one serves the goal and the other a direct contributor of it, and the sets of words in
    their names (lower case, split on spaces) have Jaccard similarity < 0.3; the first such goal by id. Judged are the
    pairs of partners that do different work for one active goal.

    Why: work that complements other work and never meets it is worth less than the two together.

    Source: Furlotti & Soda 2018 (complementarity of partners in alliances); the twin of OWN106.
    """
    different = _different_work(facts, float(settings["similarity"]))
    judged = where(different, ~held_by(keys_of(related(facts)), keys_of(different, *PAIR)))
    linked = once(depending_pairs(facts), recent_pairs(facts))
    rows = where(judged, ~held_by(keys_of(linked), keys_of(judged, *PAIR)))
    return Judged(rows.with_columns(pl.lit(facts.window_days).alias("window")), judged.height)


def _different_work(facts: Facts, below: float) -> pl.DataFrame:
    """(partner, other, goal, work, other_work): each pair that does different work, at its first goal by id."""
    sets, tokens = sets_of_words(facts.words, facts.mask(facts.responsibilities["responsibility"]))
    words = steps_of(keys_of(tokens), facts.n)
    goal, partner, here, work, named_by = _work_of_partners(facts, sets)
    at_goal = Steps(
        np.searchsorted(goal, np.arange(facts.n + 1)).astype(np.int32), np.arange(len(goal)).astype(np.uint32)
    )
    first = pl.DataFrame({"goal": goal[here], "row": np.flatnonzero(here)})
    found = pl.DataFrame(schema=dict.fromkeys((*PAIR, "goal", "work", "other_work"), pl.UInt32))
    # In order of the goals, so that a pair found in one part need not be looked at in the next.
    for part in in_parts(first, "goal", pl.Series(goal)):
        which, two = onward(part["goal"].to_numpy(), at_goal)
        one = part["row"].to_numpy().take(which)
        differs = (partner.take(one) != partner.take(two)) & (named_by.take(one) != named_by.take(two))
        one, two = one.compress(differs), two.compress(differs)
        swap = partner.take(one) > partner.take(two)
        one, two = np.where(swap, two, one), np.where(swap, one, two)
        pairs = packed(partner.take(one), partner.take(two))
        fresh = ~held_by(distinct(keys_of(found, *PAIR)), pairs)
        one, two, pairs = one.compress(fresh), two.compress(fresh), pairs.compress(fresh)
        names = packed(named_by.take(one), named_by.take(two))
        known = distinct(names)
        unlike = similarity((known >> SHIFT).astype(np.uint32), (known & LOW).astype(np.uint32), words) < below
        unlike = unlike.take(np.searchsorted(known, names))
        one, two, pairs = one.compress(unlike), two.compress(unlike), pairs.compress(unlike)
        order = np.lexsort((packed(work.take(one), work.take(two)), goal.take(one), pairs))
        order = order[starts_of_runs(pl.Series(pairs[order]))]
        one, two = one.take(order), two.take(order)
        ends = {"goal": goal.take(one), "work": work.take(one), "other_work": work.take(two)}
        found = pl.concat([found, frame_of(pairs.take(order), *PAIR).hstack(pl.DataFrame(ends))])
    return found


class _Work(NamedTuple):
    """Who does what for a goal, by goal: `named_by` is the set of words in its name."""

    goal: NDArray[np.uint32]
    partner: NDArray[np.uint32]
    here: NDArray[np.bool_]
    work: NDArray[np.uint32]
    named_by: NDArray[np.uint32]


def _work_of_partners(facts: Facts, sets: pl.DataFrame) -> _Work:
    """Return whose parties do what for each active goal, here or at a contributor.

    Who does several pieces of the same name at a goal does, for this question, one.
    """
    has_words, named_by = facts.mask(sets["node"]), np.zeros(facts.n, dtype=np.uint32)
    named_by[places(sets["node"])] = sets["words"].to_numpy()
    at = only(only(work_at_goals(facts), "goal", facts.is_active_goal), "responsibility", has_words)
    goal, work, here = (column.to_numpy() for column in at.get_columns())
    doing = through(named(facts.roles("RESPONSIBLE_FOR"), item="item", party="party"), facts.partners_of)
    which, partner = onward(work, steps_of(keys_of(doing), facts.n))
    goal, work, here = goal.take(which), work.take(which), here.take(which)
    name = named_by.take(work)
    # The smallest of each name, place, partner and goal: two numbers to a key sort in half the time.
    order = np.lexsort((packed(name, work), here, packed(goal, partner)))
    first = starts_of_runs(*(pl.Series(values[order]) for values in (goal, partner, here, name)))
    order = order.take(first)
    return _Work(goal.take(order), partner.take(order), here.take(order), work.take(order), name.take(order))
