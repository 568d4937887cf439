"""Findings read from their frames, those of several rules at once: named, worded, with evidence and what folds beneath.

At once because a step on each of 46 small frames costs more than one on the whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.evidence import look_up, spoken_names_of, told
from graphalign.graph.pairs import unlisted
from graphalign.model import Evidence, Finding, Rule

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.report import Report

MOST_NAMES = 5
Beneath = dict[tuple[str, int], list[tuple[str, int]]]


def read(report: Report, picked: Mapping[str, NDArray[np.uint32]]) -> dict[str, list[Finding]]:
    """Turn rows of rules' tables into findings, in their order.

    Parameters
    ----------
    report
        The report that they are of.
    picked
        By rule the rows of its table.
    """
    wanted, beneath = _with_what_folds(report, picked)
    parts = {code: _rows(report.tables[code], at) for code, at in wanted.items()}
    asked = [(report.rules[code], part) for code, part in parts.items()]
    graph = report.graph.about(asked)
    names = spoken_names_of(graph, _all_ids(asked))
    evidence = iter(look_up(graph, asked))
    held = {
        (code, at): (row, next(evidence))
        for code, part in parts.items()
        for at, row in zip(wanted[code].tolist(), part.iter_rows(named=True), strict=True)
    }

    def finding(code: str, at: int) -> Finding:
        row, said = held[code, at]
        folded = tuple(finding(*one) for one in beneath.get((code, at), ()))
        return _finding(report, report.rules[code], row, names, said, folded)

    return {code: [finding(code, at) for at in rows.tolist()] for code, rows in picked.items()}


def _rows(table: pl.DataFrame, at: NDArray[np.uint32]) -> pl.DataFrame:
    """Return these rows of a table; all of it, as often in a small report, as it is."""
    whole = len(at) == table.height and bool(np.array_equal(at, np.arange(len(at))))
    return table if whole else table[at]


def _with_what_folds(
    report: Report, picked: Mapping[str, NDArray[np.uint32]]
) -> tuple[dict[str, NDArray[np.uint32]], Beneath]:
    """Return the rows with those that fold beneath them, however deep, and which are whose: by code, then row."""
    wanted: dict[str, list[NDArray[np.uint32]]] = {}
    beneath: Beneath = {}
    level = dict(picked)
    while level:
        below: dict[str, list[NDArray[np.uint32]]] = {}
        for above, rows in level.items():
            wanted.setdefault(above, []).append(rows)
            for code, under, at in report.folds.get(above, ()):
                mine = np.isin(under, rows)
                for one, other in zip(under[mine].tolist(), at[mine].tolist(), strict=True):
                    beneath.setdefault((above, one), []).append((code, other))
                if mine.any():
                    below.setdefault(code, []).append(at[mine])
        level = {code: np.concatenate(rows) for code, rows in below.items()}
    merged = {code: rows[0] if len(rows) == 1 else np.unique(np.concatenate(rows)) for code, rows in wanted.items()}
    return merged, beneath


def _finding(
    report: Report,
    rule: Rule,
    row: dict[str, Any],
    names: Mapping[str, str],
    evidence: Sequence[Evidence],
    folded: tuple[Finding, ...],
) -> Finding:
    subjects = {s: tuple(row[s]) if isinstance(row[s], list) else row[s] for s in rule.subjects}
    words = {k: _worded(v, names if k in rule.subjects or k in rule.also else {}) for k, v in row.items()}
    words |= {k: v for k, v in report.settings.rule(rule).options.items() if k not in words}
    return Finding(
        id=finding_id(rule.code, subjects),
        rule=rule.code,
        name=rule.name,
        severity=row["severity"],
        message=rule.message[row["case"]].format_map(words),
        subjects=subjects,
        remedy=rule.remedy.get(row["case"], rule.remedy.get("", "")).format_map(words),
        noted=row["noted"],
        evidence=tuple(evidence),
        folded=folded,
    )


def finding_id(code: str, subjects: Mapping[str, str | tuple[str, ...]]) -> str:
    r"""Return the stable id of a finding: the first 12 hex digits of SHA-256 over its rule and subjects.

    >>> finding_id("OWN101", {"goal": "g1"})
    'aba1a58003a6'
    """
    parts = [code]
    for name, value in subjects.items():
        parts += [name, *value] if isinstance(value, tuple) else [name, value]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def flat_subjects(finding: Finding) -> list[str]:
    """Return the ids of a finding's subjects in order."""
    result: list[str] = []
    for value in finding.subjects.values():
        result += value if isinstance(value, tuple) else [value]
    return result


def _all_ids(asked: Sequence[tuple[Rule, pl.DataFrame]]) -> pl.Series:
    """Return every id in these findings, in no order."""
    ids = [pl.Series("id", [], dtype=pl.String)]
    for rule, findings in asked:
        for column in (*rule.subjects, *rule.also):
            if column in findings.columns:
                part = findings[column]
                flat = unlisted(part)["value"] if part.dtype == pl.List(pl.String) else part
                ids.append(flat.cast(pl.String).alias("id"))
    return pl.concat(ids).drop_nulls()


def _worded(value: object, names: Mapping[str, str]) -> object:
    """Return a cell as a message shows it: nodes by name, lists as a sentence lists them."""
    if isinstance(value, list | tuple):
        shown = [names.get(v, told(v)) for v in value]
        rest = len(shown) - MOST_NAMES
        if rest > 0:
            return ", ".join(shown[:MOST_NAMES]) + f" and {rest} more"
        return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))
    if isinstance(value, str):
        return names.get(value, value)
    return told(value)
