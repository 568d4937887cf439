"""The whole story of two partners: each part in a sentence, what it names, and the three things to do first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.alignment import PARTS, PATTERNS
from graphalign.vocabulary import counted

if TYPE_CHECKING:
    from graphalign.alignment import Alignment

FIRST = 3
MOST_OPPOSED = 5
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Chapter:
    """One part of the story: its name, level, sentence, and the particulars that bear it out."""

    part: str
    title: str
    level: str
    sentence: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """Two partners: their ids and names, the patterns they show, a chapter a part, and what to do first."""

    ids: tuple[str, str]
    names: tuple[str, str]
    patterns: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    first: tuple[str, ...]


def story(matrix: Alignment, one: str, other: str) -> Story:
    """Tell the story of two partners.

    Parameters
    ----------
    matrix
        The alignment of all pairs.
    one, other
        The partners, by id or name.

    Raises
    ------
    graphalign.errors.UsageError
        If they are no pair.
    """
    return tell(matrix, *matrix.find(one, other))


def tell(matrix: Alignment, a: int, b: int) -> Story:
    """Tell the story of a pair given by node indices, the smaller first."""
    graph = matrix.graph
    rows = matrix.row(a, b)
    name = graph.names.gather
    names = (str(name([a])[0]), str(name([b])[0]))
    words = {
        part: {k: _named(matrix, v, matrix.schemas[part][k]) for k, v in row.items()} for part, row in rows.items()
    }
    words = {part: {**row, "A": names[0], "B": names[1]} for part, row in words.items()}
    more = {"common_agenda": _shares(matrix, a, b, names)}
    if rows["same_priorities"]["why"] is None:
        more["same_priorities"] = _opposed(matrix, a, b)
    chapters = tuple(_chapter(part, words[part], more.get(part, ())) for part in PARTS)
    ids = (str(graph.ids[a]), str(graph.ids[b]))
    ranked = sorted(chapters, key=lambda c: {"poor": 0, "watch": 1}.get(c.level, 2))
    actions = [ACTIONS[c.part](words[c.part]) for c in ranked if c.level in ("poor", "watch")]
    return Story(
        ids, names, tuple(f"{p}: {PATTERNS[p]}" for p in matrix.patterns[a, b]), chapters, tuple(actions[:FIRST])
    )


def _named(matrix: Alignment, value: Any, dtype: pl.DataType) -> Any:  # noqa: ANN401 (a cell of any type)
    """Return a cell with names in place of node indices, which alone are UInt32."""
    if value is None:
        return [] if isinstance(dtype, pl.List) else None
    if dtype == pl.UInt32:
        return str(matrix.graph.spoken[value])
    if isinstance(dtype, pl.List):
        return [_named(matrix, v, dtype.inner) for v in value]  # type: ignore[arg-type]
    return value


def _shares(matrix: Alignment, a: int, b: int, names: tuple[str, str]) -> tuple[str, ...]:
    """Return how each weighs what both commit to, heaviest first."""
    ours, theirs = matrix.shares.get(a, {}), matrix.shares.get(b, {})
    both = sorted(ours.keys() & theirs.keys(), key=lambda goal: (-ours[goal], -theirs[goal], goal))
    spoken = matrix.graph.spoken
    return tuple(
        f"{spoken[goal]}: {ours[goal]:.0%} of what {names[0]} commits, {theirs[goal]:.0%} of what {names[1]} commits"
        for goal in both
    )


def _opposed(matrix: Alignment, a: int, b: int) -> tuple[str, ...]:
    """Return the pairs of goals that they rank in opposite order, the first ones."""
    from graphalign.alignment.priorities import discordant

    pairs = discordant(matrix.facts, a, b)
    spoken = matrix.graph.spoken
    shown = [f"ranked in opposite order: {spoken[x]} and {spoken[y]}" for x, y in pairs.head(MOST_OPPOSED).iter_rows()]
    rest = pairs.height - len(shown)
    return (*shown, *([f"and {counted(rest, 'more pair', 'more pairs')} of goals"] if rest else ()))


def _agenda(w: Row) -> tuple[str, list[str]]:
    said = f" ({w['said']})" if w["said"] else ""
    common = f"{counted(w['count'], 'goal')} in common, of {w['n_a']} and {w['n_b']}"
    sentence = f"{common}; overlap {w['value']:.2f}, Jaccard {w['jaccard']:.2f}{said}"
    alone = [f"heaviest of {w[s.upper()]} alone: {w[f'{s}_alone']}" for s in ("a", "b") if w[f"{s}_alone"]]
    return sentence, alone


def _priorities(w: Row) -> tuple[str, list[str]]:
    return f"Kendall's tau-b {w['value']:.2f} over {counted(w['count'], 'goal')} that both weigh", []


def _help(w: Row) -> tuple[str, list[str]]:
    goals = counted(w["count"], "goal")
    sentence = f"support {w['support']:.2f}, harm {w['harm']:.2f}, over {goals} valued from both sides"
    times = {x: w[f"{x.lower()}_needs"] for x in "AB"}
    needs = [
        f"{w[x]} needs {w[y]}: {counted(times[x], 'dependency', 'dependencies')}" for x, y in ("AB", "BA") if times[x]
    ]
    return sentence, [
        *(f"both sides push it the same way: {g}" for g in w["helped"]),
        *(f"one helps it, one harms it: {g}" for g in w["harmed"]),
        *needs,
    ]


def _roles(w: Row) -> tuple[str, list[str]]:
    have, are = ("has", "is") if w["count"] == 1 else ("have", "are")
    clear = f"{w['value']:.0%} of {counted(w['count'], 'goal')} in common {have} one owner or {are} co-owned"
    sentence = f"{clear}; on {w['both_act']:.0%} both act"
    return sentence, [*(f"contested: {g}" for g in w["contested"]), *(f"without an owner: {g}" for g in w["unowned"])]


def _coordination(w: Row) -> tuple[str, list[str]]:
    return f"{w['value']:.0%} of {counted(w['count'], 'pair')} of people who must coordinate talk", [
        f"must talk and do not: {x} and {y}" for x, y in w["silent"]
    ]


def _contact(w: Row) -> tuple[str, list[str]]:
    common = [f"a member of both: {x}" for x in w["common_members"]]
    if w["value"] is None:
        return "no contact between them is recorded", common
    last = f", the last {w['last']} ({w['person']} with {w['other']})" if w["last"] else ""
    sentence = f"{counted(w['value'], 'day')} ago{last}; {counted(w['recent_pairs'], 'pair')} of people in the window"
    ends = f"all contact ends when {counted(w['k'], 'person leaves', 'people leave')}"
    return sentence, [*([ends] if w["k"] else []), *common]


def _measurement(w: Row) -> tuple[str, list[str]]:
    have = "has" if w["count"] == 1 else "have"
    measured = f"{w['value']:.0%} of {counted(w['count'], 'goal')} in common {have} a fresh KPI"
    sentence = f"{measured}, {w['stale']} only stale ones, {w['missing']} none"
    return sentence, [f"not measured, or not lately: {g}" for g in w["blind"]]


TELLERS: dict[str, Callable[[Row], tuple[str, list[str]]]] = {
    "common_agenda": _agenda,
    "same_priorities": _priorities,
    "help_or_harm": _help,
    "clear_roles": _roles,
    "coordination": _coordination,
    "contact": _contact,
    "shared_measurement": _measurement,
}


def _chapter(part: str, w: Row, more: tuple[str, ...]) -> Chapter:
    title, level = PARTS[part][0], str(w["level"])
    if w["why"]:
        return Chapter(part, title, level, f"cannot be judged: {w['why']}", more)
    sentence, details = TELLERS[part](w)
    return Chapter(part, title, level, sentence, (*more, *details))


def _first(w: Row, column: str, otherwise: str) -> str:
    return str(w[column][0]) if w[column] else otherwise


def _two(w: Row, column: str, otherwise: str) -> str:
    return " and ".join(w[column][0]) if w[column] else otherwise


def _contact_action(w: Row) -> str:
    if w["thread"] and w["value"] is not None:
        return f"Open a second line between {w['A']} and {w['B']}, so that contact outlives one person."
    return f"Let somebody of {w['A']} and somebody of {w['B']} meet within a month, and record it."


ACTIONS: dict[str, Callable[[Row], str]] = {
    "common_agenda": lambda w: (
        f"Agree whether {w['b_alone'] or w['a_alone'] or 'each goal'} belongs on both agendas, or say why not."
    ),
    "same_priorities": lambda w: (
        f"Sit down over {w['first']} and {w['second']}: one order for both."
        if w["first"]
        else "Sit down over the order of the goals that both weigh: one order for both."
    ),
    "help_or_harm": lambda w: (
        f"Settle how to go on with {_first(w, 'harmed', 'what one harms')}, which one helps and the other harms."
    ),
    "clear_roles": lambda w: (
        f"Name one owner of {_first(w, 'contested', _first(w, 'unowned', 'each goal in common'))}, "
        "or mark it as co-owned."
    ),
    "coordination": lambda w: (
        f"Bring {_two(w, 'silent', 'those who must coordinate')} together: their work depends on each other."
    ),
    "contact": _contact_action,
    "shared_measurement": lambda w: (
        f"Agree on a KPI for {_first(w, 'blind', 'the goals in common')}, and who reads it."
    ),
}
