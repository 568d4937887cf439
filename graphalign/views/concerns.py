"""What findings are about, as frames: their order in the report, the nodes they name, the partners they concern."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.reading import finding_id

if TYPE_CHECKING:
    from graphalign.report import Report
    from graphalign.views.homes import Homes


def numbered(report: Report) -> pl.DataFrame:
    """Return the findings that fold beneath no other, in the order of `Report.findings`.

    Returns
    -------
    polars.DataFrame
        `finding` (its position in that order), `rule`, `at` (its row in its rule's table), `severity`, `noted`,
        `folds` (how many fold beneath it).
    """
    every = report.heads
    roots = every.filter(pl.col("under_at").is_null()).sort("severity", "rule", maintain_order=True)
    roots = roots.select("rule", "at", "severity", "noted")
    beneath = every.drop_nulls("under_at").select(pl.col("under_code").alias("rule"), pl.col("under_at").alias("at"))
    folds = beneath.group_by("rule", "at").agg(pl.len().alias("folds"))
    return (
        roots.with_row_index("finding")
        .join(folds, on=["rule", "at"], how="left", maintain_order="left")
        .with_columns(pl.col("folds").fill_null(0).cast(pl.Int64))
    )


def subjects(report: Report, findings: pl.DataFrame) -> pl.DataFrame:
    """Return the nodes that findings are about.

    Parameters
    ----------
    report
        The report they are of.
    findings
        Some of `numbered`.

    Returns
    -------
    polars.DataFrame
        (finding, node), each two once, sorted.
    """
    parts = [pl.DataFrame(schema={"finding": pl.UInt32, "id": pl.String})]
    for (code,), part in findings.group_by("rule"):
        rule = report.rules[str(code)]
        rows = report.tables[str(code)][part["at"]].with_columns(part["finding"])
        for column in rule.subjects:
            if column not in rule.words:
                held = rows.select("finding", pl.col(column).alias("id"))
                parts.append(held.explode("id") if held.schema["id"] == pl.List(pl.String) else held)
    named = pl.concat(parts).drop_nulls().join(report.graph.index, on="id")
    return named.select("finding", "node").unique().sort("finding", "node")


def ids_of(report: Report, findings: pl.DataFrame) -> list[str]:
    """Return the ids of some of `numbered`, in order; few of them, as each is hashed by itself."""
    result = []
    for code, at in findings.select("rule", "at").iter_rows():
        said = report.tables[code].select(report.rules[code].subjects).row(at, named=True)
        result.append(finding_id(code, {s: tuple(v) if isinstance(v, list) else v for s, v in said.items()}))
    return result


def whose(homes: Homes) -> pl.DataFrame:
    """Return (node, partner): the partners that each node belongs to, as places in `Homes.partners`.

    These are the partners that the page filters by: the home of a node, and for a shared goal or a person of several
    partners the others too.
    """
    node = np.flatnonzero(homes.home >= 0)
    pairs = np.concatenate([node, homes.more[0]]), np.concatenate([homes.home[node], homes.more[1]])
    frame = pl.DataFrame({"node": pairs[0].astype(np.uint32), "partner": pairs[1].astype(np.int64)})
    return frame.unique().sort("node", "partner")


def concerned(homes: Homes, about: pl.DataFrame) -> pl.DataFrame:
    """Return (finding, partner): whose partners' nodes each finding is about, -1 where nobody's.

    Parameters
    ----------
    homes
        Where each node belongs.
    about
        (finding, node), as `subjects` returns it.
    """
    known = about.join(whose(homes), on="node").select("finding", "partner").unique()
    nobody = about.select("finding").unique().join(known, on="finding", how="anti")
    return pl.concat([known, nobody.select("finding", pl.lit(-1, dtype=pl.Int64).alias("partner"))]).sort(
        "finding", "partner"
    )
