"""Waivers: findings that somebody set aside until a day, with a reason; read from graphalign.toml, written back to it.

[[waivers]]
rule = "OWN102"
subjects = { goal = "quay-*" }
reason = "the two ports agreed to share it until the new board is in place"
by = "Ana Ruiz"
until = 2026-12-31
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from fnmatch import translate
from typing import TYPE_CHECKING, Any

from graphalign.errors import SettingsError
from graphalign.model import Note, Place

if TYPE_CHECKING:
    import polars as pl

    from graphalign.model import Rule

KEYS = ("rule", "subjects", "reason", "by", "until")
MOST_TEXT = 2000
MOST_PATTERNS = 1000


@dataclass(frozen=True)
class Waiver:
    """Findings of a rule that are set aside, up to and with a day.

    Parameters
    ----------
    rule
        The rule's code.
    subjects
        Globs over ids by the rule's names of its subjects, such as `{"goal": ("quay-*",)}`. A finding is waived when
        each subject named here is matched by one of its globs; of a subject that is a list of ids, each id must be.
    reason, until, by
        Why, the last day, and who said so (empty where nobody is named).
    place
        Where it was said.
    """

    rule: str
    subjects: Mapping[str, tuple[str, ...]]
    reason: str
    until: date
    by: str = ""
    place: Place | None = None

    def __str__(self) -> str:
        """Return what it waives, as its file says it.

        >>> str(Waiver("OWN102", {"goal": ("quay-*",)}, "agreed", date(2026, 12, 31)))
        'OWN102 goal = quay-*'
        """
        said = "; ".join(f"{name} = {', '.join(globs)}" for name, globs in self.subjects.items())
        return f"{self.rule} {said}"


# --- what a file says ------------------------------------------------------------------------------------------------


def read_waivers(said: object, rules: Mapping[str, Rule], file: str) -> tuple[Waiver, ...]:
    """Return the waivers of a settings file.

    Parameters
    ----------
    said
        What stands under `waivers` there.
    rules
        The rules by code.
    file
        The file's name.

    Raises
    ------
    graphalign.errors.SettingsError
        If one is invalid: it is named by its number in the file.
    """
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        raise SettingsError("waivers must be tables", where=file, way_out="write each beneath a line [[waivers]]")
    return tuple(_waiver(one, rules, file, number) for number, one in enumerate(said, 1))


def _waiver(said: dict[str, Any], rules: Mapping[str, Rule], file: str, number: int) -> Waiver:
    where = f"{file}, [[waivers]] {number}"
    for key in said:
        if key not in KEYS:
            raise SettingsError(f"unknown key {key!r}", where=where, way_out=_did_you_mean(key, KEYS))
    for key in ("rule", "subjects", "reason", "until"):
        if key not in said:
            raise SettingsError(f"has no {key!r}", where=where, way_out=_EXAMPLES[key])
    rule = _rule(said["rule"], rules, where)
    until = said["until"]
    if not isinstance(until, date) or isinstance(until, datetime):
        raise SettingsError(f"until = {until!r} is no date", where=where, way_out=_EXAMPLES["until"])
    return Waiver(
        rule.code,
        _subjects(said["subjects"], rule, where),
        _sentence(said["reason"], "reason", where),
        until,
        _sentence(said["by"], "by", where) if "by" in said else "",
        Place(file, key=f"[[waivers]] {number}"),
    )


_EXAMPLES = {
    "rule": 'name one, as in rule = "OWN102"',
    "subjects": 'say which, as in subjects = { goal = "quay-*" }',
    "reason": "say why, so that others can judge it",
    "until": "give the last day without quotes, as in until = 2026-12-31",
}


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    known = list(known)
    near = get_close_matches(word[:80], known, 1, 0.5) or get_close_matches(word[:80].upper(), known, 1, 0.5)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known[:8])}"


def _rule(word: object, rules: Mapping[str, Rule], where: str) -> Rule:
    by_word = {w: rule for rule in rules.values() for w in (rule.code, rule.name)}
    if not isinstance(word, str):
        raise SettingsError(f"rule = {word!r} is no text", where=where, way_out=_EXAMPLES["rule"])
    if word not in by_word:
        raise SettingsError(f"there is no rule {word!r}", where=where, way_out=_did_you_mean(word, by_word))
    return by_word[word]


def _sentence(text: object, key: str, where: str) -> str:
    if not isinstance(text, str) or not text.strip() or len(text) > MOST_TEXT:
        way_out = f"write one, of at most {MOST_TEXT:,} characters"
        raise SettingsError(f"{key!r} is no text", where=where, way_out=way_out)
    return text.strip()


def _subjects(said: object, rule: Rule, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(said, dict) or not said:
        way_out = f'name {" or ".join(rule.subjects)}, as in subjects = {{ {rule.subjects[0]} = "..." }}'
        raise SettingsError("'subjects' is no table of globs", where=where, way_out=way_out)
    for name, globs in said.items():
        if name not in rule.subjects:
            way_out = f"of {rule.code} it is {' or '.join(rule.subjects)}"
            raise SettingsError(f"unknown subject {name!r}", where=where, way_out=way_out)
        several = globs if isinstance(globs, list) else [globs]
        if not several or len(several) > MOST_PATTERNS or not all(isinstance(g, str) and g for g in several):
            raise SettingsError(f"{name!r} is no glob", where=where, way_out=_EXAMPLES["subjects"])
    return {n: tuple(said[n] if isinstance(said[n], list) else [said[n]]) for n in rule.subjects if n in said}


# --- which findings are waived --------------------------------------------------------------------------------------


def set_aside(
    tables: Mapping[str, pl.DataFrame], rules: Mapping[str, Rule], waivers: Sequence[Waiver], as_of: date
) -> tuple[dict[str, pl.DataFrame], dict[str, pl.DataFrame], tuple[Note, ...]]:
    """Part the findings that are waived from those that are not.

    Parameters
    ----------
    tables
        The findings of each rule that judged, as `graphalign.findings.fold` returns them.
    rules
        These rules, by code.
    waivers
        In the order of their file: the first one that matches a finding waives it.
    as_of
        The day: a waiver whose last day is before it waives nothing.

    Returns
    -------
    tuple
        The tables of what stays; the tables of what is waived, with a column `waiver` (the position in `waivers`, null
        for what folds beneath a waived finding); and a note on each waiver that is expired or matches nothing.
    """
    matched = {code: _matched(table, rules[code], waivers) for code, table in tables.items()}
    notes = _notes(matched, waivers, as_of)
    if not any(one.height for table in matched.values() for one in table.values()):
        return dict(tables), {}, notes
    import polars as pl

    marked = {}
    for code, table in tables.items():
        at = [
            hits.with_columns(pl.lit(n, dtype=pl.UInt32).alias("waiver"))
            for n, hits in matched[code].items()
            if waivers[n].until >= as_of
        ]
        hits = pl.concat([pl.DataFrame(schema={"at": pl.UInt32, "waiver": pl.UInt32}), *at]).sort("waiver")
        first = hits.unique("at", keep="first", maintain_order=True)
        numbered = table.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("at"))
        marked[code] = numbered.join(first, on="at", how="left", maintain_order="left")
    gone = _with_what_folds_beneath(marked)
    stays = {code: table.filter(~gone[code]) for code, table in marked.items()}
    leaves = {code: table.filter(gone[code]) for code, table in marked.items() if gone[code].any()}
    return {c: t.drop("waiver") for c, t in _renumbered(stays).items()}, _renumbered(leaves), notes


def _matched(table: pl.DataFrame, rule: Rule, waivers: Sequence[Waiver]) -> dict[int, pl.DataFrame]:
    """Return by waiver of the rule the findings (`at`) that it matches."""
    import polars as pl

    result = {}
    for n, waiver in enumerate(waivers):
        if waiver.rule != rule.code:
            continue
        fits = _fits(table, waiver.subjects)
        if rule.symmetric and len(rule.subjects) > 1:
            a, b = rule.subjects[-2:]
            swapped = {{a: b, b: a}.get(name, name): globs for name, globs in waiver.subjects.items()}
            fits |= _fits(table, swapped)
        result[n] = table.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("at")).filter(fits)
    return result


def _fits(table: pl.DataFrame, subjects: Mapping[str, tuple[str, ...]]) -> pl.Series:
    import polars as pl

    fits = pl.Series([True], dtype=pl.Boolean).new_from_index(0, table.height)
    for name, globs in subjects.items():
        column = table[name]
        several = column.dtype == pl.List(pl.String)
        ids = (column.explode() if several else column).drop_nulls().unique().to_list()
        patterns = [re.compile(translate(glob)) for glob in globs]
        known = pl.Series([i for i in ids if any(p.match(i) for p in patterns)], dtype=pl.String)
        if several:
            inside = table.select(
                pl.col(name).list.eval(pl.element().is_in(known.implode())).list.all() & (pl.col(name).list.len() > 0)
            )[name]
        else:
            inside = column.is_in(known.implode())
        fits &= inside.fill_null(value=False)
    return fits


def _with_what_folds_beneath(marked: Mapping[str, pl.DataFrame]) -> dict[str, pl.Series]:
    """Return by rule whether each finding is waived, itself or by one that it folds beneath."""
    import polars as pl

    gone = {code: table["waiver"].is_not_null() for code, table in marked.items()}
    for _ in marked:  # a chain of folds is no longer than there are rules
        before = sum(int(g.sum()) for g in gone.values())
        for code, table in marked.items():
            above = pl.concat(
                [
                    pl.DataFrame(schema={"under_code": pl.String, "under_at": pl.UInt32}),
                    *[
                        marked[other].filter(gone[other]).select(pl.lit(other).alias("under_code"), under_at="at")
                        for other in table["under_code"].drop_nulls().unique().sort()
                    ],
                ]
            ).with_columns(pl.lit(value=True).alias("gone"))
            ends = table.select("under_code", "under_at")
            joined = ends.join(above, on=["under_code", "under_at"], how="left", maintain_order="left")
            gone[code] |= joined["gone"].fill_null(value=False)
        if sum(int(g.sum()) for g in gone.values()) == before:
            break
    return gone


def _renumbered(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return tables whose `under_at` point at rows of these tables; what points elsewhere is a root."""
    import polars as pl

    moved = pl.concat(
        [
            pl.DataFrame(schema={"under_code": pl.String, "under_at": pl.UInt32, "now": pl.UInt32}),
            *[
                t.select(
                    pl.lit(code).alias("under_code"),
                    pl.col("at").alias("under_at"),
                    pl.int_range(pl.len(), dtype=pl.UInt32).alias("now"),
                )
                for code, t in tables.items()
            ],
        ]
    )
    result = {}
    for code, table in tables.items():
        joined = table.join(moved, on=["under_code", "under_at"], how="left", maintain_order="left")
        under = pl.when(pl.col("now").is_not_null()).then(pl.col("under_code")).alias("under_code")
        result[code] = joined.with_columns(under, pl.col("now").alias("under_at")).drop("now", "at")
    return result


def _notes(
    matched: Mapping[str, Mapping[int, pl.DataFrame]], waivers: Sequence[Waiver], as_of: date
) -> tuple[Note, ...]:
    notes = []
    for n, waiver in enumerate(waivers):
        hits = matched.get(waiver.rule, {}).get(n)
        if waiver.until < as_of:
            met = (
                f"what it waived counts again ({hits.height:,})"
                if hits is not None and hits.height
                else "it waives nothing"
            )
            text = f"the waiver of {waiver} expired on {waiver.until}: {met}"
            notes.append(Note(text, waiver.place, "delete it, or give it a later `until`"))
        elif hits is not None and hits.is_empty():
            text = f"the waiver of {waiver} matches no finding"
            notes.append(Note(text, waiver.place, "delete it, or mend its subjects"))
    return tuple(notes)


# --- writing one ------------------------------------------------------------------------------------------------------


def glob_of(text: str) -> str:
    """Return the glob that matches this text and no other.

    >>> glob_of("goal[1]*")
    'goal[[]1][*]'
    """
    return re.sub(r"([*?\[])", r"[\1]", text)


def with_waiver(text: str, waiver: Waiver) -> str:
    """Return a settings file's text with one waiver more; comments, order and layout stay as they are.

    >>> waiver = Waiver("OWN102", {"goal": ("quay",)}, "agreed", date(2026, 12, 31))
    >>> print(with_waiver("# ours" + chr(10), waiver))
    # ours
    <BLANKLINE>
    [[waivers]]
    rule = "OWN102"
    subjects = {goal = "quay"}
    reason = "agreed"
    until = 2026-12-31
    <BLANKLINE>
    """
    import tomlkit

    subjects = tomlkit.inline_table()
    subjects.update({n: globs[0] if len(globs) == 1 else list(globs) for n, globs in waiver.subjects.items()})
    said: dict[str, Any] = {"rule": waiver.rule, "subjects": subjects, "reason": waiver.reason}
    said |= ({"by": waiver.by} if waiver.by else {}) | {"until": waiver.until}
    held = tomlkit.parse(text).get("waivers")
    if isinstance(held, tomlkit.items.Array):  # waivers = [ { ... } ]: no [[waivers]] may stand beside it
        document = tomlkit.parse(text)
        entry = tomlkit.inline_table()
        entry.update(said)
        document["waivers"].append(entry)
        return tomlkit.dumps(document)
    table = tomlkit.table()
    table.update(said)
    array = tomlkit.aot()
    array.append(table)
    block = tomlkit.dumps(tomlkit.document().append("waivers", array))
    before = text if not text or text.endswith("\n") else text + "\n"
    gap = "\n" if before.strip() else ""
    return before + (gap + block).replace("\n", "\r\n" if "\r\n" in text else "\n")
