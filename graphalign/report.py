"""Report: what a check found. Findings stay frames until somebody asks to read them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.errors import UsageError
from graphalign.evidence import look_up, spoken_names_of, told
from graphalign.model import SEVERITIES, Comparison, Finding, ImportReport, Note, Rule, RuleResult, Severity

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.settings import Settings
    from graphalign.waivers import Waiver

MOST_NAMES = 5
# Among more findings than this the nearest id is not looked for.
MOST_NEAR = 20_000


@dataclass(frozen=True, eq=False, repr=False)
class Report:
    """What a check found in a graph, on a day, under settings.

    Parameters
    ----------
    graph
        The graph that was checked.
    as_of
        The day it was judged on.
    settings
        The settings it was judged under.
    results
        How each rule ended, in the catalogue's order.
    tables
        The findings of each rule, one row each, as `graphalign.findings.fold` returns them.
    waived_tables
        Those that are waived, likewise, with the position of their waiver in the settings.
    notes
        What there is to say of the settings: waivers that are expired or match nothing.
    baseline
        What came and went since an earlier report, where it is compared with one (`graphalign.baseline.compare`).
    """

    graph: AlignmentGraph
    as_of: date
    settings: Settings
    results: tuple[RuleResult, ...]
    tables: Mapping[str, pl.DataFrame]
    waived_tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    baseline: Comparison | None = None

    def __repr__(self) -> str:
        found = sum(table["under_at"].null_count() for table in self.tables.values())
        return f"<Report of {self.as_of}: {found} findings>"

    def _repr_html_(self) -> str:
        # By name: a notebook asks the report for its view, the report knows no view.
        shown: str = import_module("graphalign.views.notebook").report_html(self)
        return shown

    @property
    def version(self) -> str:
        """The version of graphalign that made it."""
        from importlib.metadata import version

        return version("graphalign")

    @property
    def data(self) -> ImportReport:
        """What reading the input found."""
        return self.graph.data

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules that were run, by code."""
        return {r.rule.code: r.rule for r in self.results}

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings that do not fold beneath another, by severity, then code, then rank, then subjects."""
        found = [f for code in self.tables for f in self.of_rule(code)]
        return tuple(sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.rule)))

    def of_rule(
        self, code: str, limit: int | None = None, *, severity: str | None = None, noted: bool | None = None
    ) -> tuple[Finding, ...]:
        """Return the findings of one rule that do not fold beneath another; with `limit`, the first ones.

        `severity` and `noted` choose among them.

        >>> import graphalign as ga
        >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
        >>> [f.subjects for f in report.of_rule("OWN101", severity="high")]
        [{'goal': 'g2'}]
        """
        if code not in self.tables:
            return ()
        table = self.tables[code].with_row_index("at").filter(pl.col("under_at").is_null())
        if severity is not None:
            table = table.filter(pl.col("severity").cast(pl.String) == severity)
        if noted is not None:
            table = table.filter(pl.col("noted") == noted)
        return tuple(self._read(code, table if limit is None else table.head(limit)))

    @cached_property
    def waived(self) -> tuple[tuple[Finding, Waiver], ...]:
        """The findings that are waived, each with its waiver, in the order of `findings`; the folded ones in theirs."""
        aside = self._aside()
        pairs = []
        for code, table in self.waived_tables.items():
            at = table.filter(pl.col("under_at").is_null())["waiver"]
            pairs += [(f, self.settings.waivers[n]) for f, n in zip(aside.of_rule(code), at, strict=True)]
        return tuple(sorted(pairs, key=lambda pair: (SEVERITIES.index(pair[0].severity), pair[0].rule)))

    def _aside(self) -> Report:
        """Return what is waived, as a report."""
        return replace(self, tables=self.waived_tables, waived_tables={})

    @cached_property
    def ids(self) -> pl.DataFrame:
        """The id of every finding, the folded and waived ones included.

        Columns: `id`, `rule`, `at` (its row in its rule's table), `folded`, `waived`.
        """
        parts = []
        for waived, tables in ((False, self.tables), (True, self.waived_tables)):
            for code, table in tables.items():
                subjects = self.rules[code].subjects
                rows = table.select(subjects).iter_rows(named=True)
                ids = [
                    finding_id(code, {s: tuple(v) if isinstance(v, list) else v for s, v in r.items()}) for r in rows
                ]
                parts.append(
                    table.select(
                        pl.Series("id", ids, dtype=pl.String),
                        pl.lit(code).alias("rule"),
                        pl.int_range(pl.len(), dtype=pl.UInt32).alias("at"),
                        pl.col("under_at").is_not_null().alias("folded"),
                        pl.lit(waived).alias("waived"),
                    )
                )
        schema = {"id": pl.String, "rule": pl.String, "at": pl.UInt32, "folded": pl.Boolean, "waived": pl.Boolean}
        return pl.concat([pl.DataFrame(schema=schema), *parts])

    def finding(self, id: str) -> Finding:  # noqa: A002 (what it is called everywhere)
        """Return one finding, be it folded or waived.

        Parameters
        ----------
        id
            Its id, or the beginning of it, as reports print it.

        Raises
        ------
        graphalign.errors.UsageError
            If none has it (the nearest is named), or several begin with it.

        >>> import graphalign as ga
        >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
        >>> report.finding(report.findings[0].id[:8]) == report.findings[0]
        True
        """
        found = self.ids.filter(pl.col("id").str.starts_with(id.lower())) if id else self.ids
        if found.height == 1:
            code, at, waived = found.select("rule", "at", "waived").row(0)
            held = self._aside() if waived else self
            return held._read(code, held.tables[code].with_row_index("at").filter(pl.col("at") == at))[0]  # noqa: SLF001
        if found.height and id:
            raise UsageError(f"{found.height} findings have ids that begin with {id!r}", way_out="give more of it")
        near = (
            get_close_matches(id.lower()[:12], self.ids["id"].to_list(), 1, 0.5) if self.ids.height < MOST_NEAR else []
        )
        way_out = (
            f"did you mean {near[0]} ({self.finding(near[0]).message})?" if near else "graphalign check prints them"
        )
        raise UsageError(f"no finding has the id {id!r}", way_out=way_out)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return, by rule, how many findings it has by severity, and how many are `noted`, `folded` and `waived`.

        The severities count what is neither noted nor folded; what is waived is in none of the others.
        """
        codes = list(self.tables)
        sizes = [table.height for table in self.tables.values()]
        parts = [pl.DataFrame([t["severity"], t["noted"], t["under_at"]]) for t in self.tables.values() if t.height]
        result: dict[str, dict[str, int]] = {code: {} for code in codes}
        if parts:
            whole = pl.concat(parts).with_columns(
                pl.Series("code", np.repeat(np.arange(len(codes)), sizes)), pl.col("under_at").is_not_null()
            )
            for code, severity, noted, folded, n in (
                whole.group_by("code", "severity", "noted", "under_at").len().sort(pl.all()).iter_rows()
            ):
                word = "folded" if folded else "noted" if noted else str(severity)
                counts = result[codes[code]]
                counts[word] = counts.get(word, 0) + n
        for code, table in self.waived_tables.items():
            if table.height and code in result:
                result[code]["waived"] = table.height
        order = (*SEVERITIES, "noted", "folded", "waived")
        return {code: {word: counts[word] for word in order if word in counts} for code, counts in result.items()}

    def worst(self, threshold: Severity) -> int:
        """Return how many findings at or above a severity are neither noted nor folded: what `--fail-on` counts.

        With a baseline only those that are new.
        """
        loud = SEVERITIES[: SEVERITIES.index(threshold) + 1]
        if self.baseline is not None:
            new = self.ids.filter(~pl.col("waived") & pl.col("id").is_in(sorted(self.baseline.new)))
            return sum(_loud(self.tables[code][part["at"]], loud) for (code,), part in new.group_by("rule"))
        return sum(n for counts in self.counts().values() for s, n in counts.items() if s in loud)

    def to_frame(self) -> pl.DataFrame:
        """Return the findings as a frame.

        Returns
        -------
        polars.DataFrame
            `id`, `rule`, `name`, `severity`, `noted`, `message`, `subjects` (a list of ids), `remedy`; one row a
            finding, those that fold beneath another left out.
        """
        rows = [
            (f.id, f.rule, f.name, f.severity, f.noted, f.message, flat_subjects(f), f.remedy) for f in self.findings
        ]
        schema: dict[str, Any] = {
            "id": pl.String,
            "rule": pl.String,
            "name": pl.String,
            "severity": pl.Enum(SEVERITIES),
            "noted": pl.Boolean,
            "message": pl.String,
            "subjects": pl.List(pl.String),
            "remedy": pl.String,
        }
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _read(self, code: str, table: pl.DataFrame) -> list[Finding]:
        """Turn rows of a rule's table (with their position `at`) into findings, the folded ones beneath them."""
        rule = self.rules[code]
        graph = self.graph.about(rule, table)
        names = spoken_names_of(graph, _all_ids(rule, table))
        evidence = look_up(graph, rule, table)
        folded = self._folded_under(code, table["at"])
        result = []
        for at, row in enumerate(table.iter_rows(named=True)):
            subjects = {s: tuple(row[s]) if isinstance(row[s], list) else row[s] for s in rule.subjects}
            words = {k: _worded(v, names if k in rule.subjects or k in rule.also else {}) for k, v in row.items()}
            words |= {k: v for k, v in self.settings.rule(rule).options.items() if k not in words}
            result.append(
                Finding(
                    id=finding_id(code, subjects),
                    rule=code,
                    name=rule.name,
                    severity=row["severity"],
                    message=rule.message[row["case"]].format_map(words),
                    subjects=subjects,
                    remedy=rule.remedy.get(row["case"], rule.remedy.get("", "")).format_map(words),
                    noted=row["noted"],
                    evidence=tuple(evidence[at]),
                    folded=tuple(folded.get(row["at"], ())),
                )
            )
        return result

    def _folded_under(self, code: str, at: pl.Series) -> dict[int, list[Finding]]:
        result: dict[int, list[Finding]] = {}
        for other in sorted(self.tables):
            if other not in self.rules[code].supersedes:
                continue
            table = self.tables[other].with_row_index("at")
            part = table.filter((pl.col("under_code") == code) & pl.col("under_at").is_in(at.implode()))
            for under, finding in zip(part["under_at"], self._read(other, part) if part.height else [], strict=True):
                result.setdefault(under, []).append(finding)
        return result


def _loud(rows: pl.DataFrame, severities: Sequence[str]) -> int:
    """Return how many of these findings have one of the severities and are neither noted nor folded."""
    told = ~pl.col("noted") & pl.col("under_at").is_null()
    return rows.filter(told & pl.col("severity").cast(pl.String).is_in(severities)).height


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


def _all_ids(rule: Rule, table: pl.DataFrame) -> pl.Series:
    ids = [pl.Series("id", [], dtype=pl.String)]
    for column in (*rule.subjects, *rule.also):
        if column in table.columns:
            part = table[column]
            ids.append(
                (part.explode() if part.dtype == pl.List(pl.String) else part).cast(pl.String).drop_nulls().alias("id")
            )
    return pl.concat(ids)


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
