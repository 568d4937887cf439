"""Report: what a check found. Findings stay frames until somebody asks to read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.errors import UsageError
from graphalign.findings import heads
from graphalign.model import SEVERITIES, Comparison, Finding, ImportReport, Note, Rule, RuleResult, Severity
from graphalign.reading import finding_id, flat_subjects, read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphalign.graph import AlignmentGraph
    from graphalign.settings import Settings
    from graphalign.waivers import Waiver

# So many findings are read at a time.
AT_ONCE = 20_000
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
        found = [f for some in _by_the_thousand(self.chosen()) for part in read(self, some).values() for f in part]
        return tuple(sorted(found, key=lambda f: (SEVERITIES.index(f.severity), f.rule)))

    @cached_property
    def heads(self) -> pl.DataFrame:
        """What is not a rule's own of the findings; see `graphalign.findings.heads`."""
        return heads(self.tables)

    @cached_property
    def roots(self) -> pl.DataFrame:
        """The findings that fold beneath no other, as a frame, in the order of `findings`.

        Columns: `finding` (its position in that order), `rule`, `at` (its row in its rule's table), `severity`,
        `noted`, `folds` (how many fold beneath it).
        """
        roots = self.heads.filter(pl.col("under_at").is_null()).sort("severity", "rule", maintain_order=True)
        beneath = self.heads.drop_nulls("under_at").select(
            pl.col("under_code").alias("rule"), pl.col("under_at").alias("at")
        )
        folds = beneath.group_by("rule", "at").agg(pl.len().cast(pl.Int64).alias("folds"))
        return (
            roots.select("rule", "at", "severity", "noted")
            .with_row_index("finding")
            .join(folds, on=["rule", "at"], how="left", maintain_order="left")
            .with_columns(pl.col("folds").fill_null(0))
        )

    @cached_property
    def about(self) -> pl.DataFrame:
        """The nodes that `roots` are about: `finding`, `node`; each two once, sorted."""
        parts = [pl.DataFrame(schema={"finding": pl.UInt32, "id": pl.String})]
        for (code,), part in self.roots.group_by("rule"):
            rule = self.rules[str(code)]
            rows = self.tables[str(code)][part["at"]].with_columns(part["finding"])
            for column in rule.subjects:
                if column not in rule.words:
                    held = rows.select("finding", pl.col(column).alias("id"))
                    parts.append(held.explode("id") if held.schema["id"] == pl.List(pl.String) else held)
        named = pl.concat(parts).drop_nulls()
        nodes = named.select("finding", self.graph.at(named["id"]).alias("node"))
        return nodes.drop_nulls().unique().sort("finding", "node")

    def chosen(self, *, severity: str | None = None, noted: bool | None = None) -> dict[str, NDArray[np.uint32]]:
        """Return by rule the rows of its findings that do not fold beneath another.

        `severity` and `noted` choose among them; a rule without such findings is not there.
        """
        if severity is not None and severity not in SEVERITIES:
            return {}
        rule, at, severities, noteds = self._packed
        held = np.ones(len(at), dtype=np.bool_)
        if severity is not None:
            held &= severities == SEVERITIES.index(severity)
        if noted is not None:
            held &= noteds == noted
        starts = np.searchsorted(rule[held], np.arange(len(self.tables) + 1))
        rows = at[held]
        parts = {code: rows[starts[n] : starts[n + 1]] for n, code in enumerate(self.tables)}
        return {code: part for code, part in parts.items() if len(part)}

    @cached_property
    def _packed(self) -> tuple[NDArray[Any], ...]:
        """Return of the findings that do not fold: rule (its position), row, severity (likewise), noted."""
        roots = self.heads.filter(pl.col("under_at").is_null())
        rule = roots["rule"].cast(pl.Enum(list(self.tables))).to_physical().to_numpy()
        return rule, roots["at"].to_numpy(), roots["severity"].to_physical().to_numpy(), roots["noted"].to_numpy()

    @cached_property
    def folds(self) -> Mapping[str, Sequence[tuple[str, NDArray[np.uint32], NDArray[np.uint32]]]]:
        """By rule, what folds beneath its findings: the rule of it, by code; the rows beneath which; its own rows."""
        result: dict[str, list[tuple[str, NDArray[np.uint32], NDArray[np.uint32]]]] = {}
        folded = self.heads.drop_nulls("under_at").sort("under_code", "rule", "at")
        for (above, code), part in folded.group_by("under_code", "rule", maintain_order=True):
            result.setdefault(str(above), []).append((str(code), part["under_at"].to_numpy(), part["at"].to_numpy()))
        return result

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
        rows = self.chosen(severity=severity, noted=noted).get(code)
        return () if rows is None else tuple(read(self, {code: rows[:limit]})[code])

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
            return read(held, {code: np.array([at], dtype=np.uint32)})[code][0]
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
        result: dict[str, dict[str, int]] = {code: {} for code in self.tables}
        kinds = self.heads.group_by("rule", "severity", "noted", pl.col("under_at").is_not_null()).len()
        for code, severity, noted, folded, n in kinds.iter_rows():
            word = "folded" if folded else "noted" if noted else str(severity)
            result[code][word] = result[code].get(word, 0) + n
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


def _by_the_thousand(picked: Mapping[str, NDArray[np.uint32]]) -> Iterator[dict[str, NDArray[np.uint32]]]:
    """Part the rows of many rules so that not all is in memory at once."""
    some: dict[str, NDArray[np.uint32]] = {}
    for code, rows in picked.items():
        for start in range(0, len(rows), AT_ONCE):
            some[code] = rows[start : start + AT_ONCE]
            if sum(map(len, some.values())) >= AT_ONCE:
                yield some
                some = {}
    if some:
        yield some


def _loud(rows: pl.DataFrame, severities: Sequence[str]) -> int:
    """Return how many of these findings have one of the severities and are neither noted nor folded."""
    told = ~pl.col("noted") & pl.col("under_at").is_null()
    return rows.filter(told & pl.col("severity").cast(pl.String).is_in(severities)).height
