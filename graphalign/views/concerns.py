"""What findings are about, as frames: their ids, the partners they concern."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from graphalign.reading import finding_id

if TYPE_CHECKING:
    from graphalign.report import Report
    from graphalign.views.homes import Homes


def ids_of(report: Report, findings: pl.DataFrame) -> list[str]:
    """Return the ids of some of `Report.roots`, in order; few of them, as each is hashed by itself."""
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
        (finding, node), as `Report.about` holds it.
    """
    known = about.join(whose(homes), on="node").select("finding", "partner").unique()
    nobody = about.select("finding").unique().join(known, on="finding", how="anti")
    return pl.concat([known, nobody.select("finding", pl.lit(-1, dtype=pl.Int64).alias("partner"))]).sort(
        "finding", "partner"
    )
