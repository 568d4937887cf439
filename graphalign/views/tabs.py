"""What the tabs Overview, Matrices, People and Goals show, in one document: each part by its own module."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphalign.alignment import alignment
from graphalign.views.contact import contact_timeline
from graphalign.views.engagement_matrix import engagement_matrix
from graphalign.views.goals_table import goals_table
from graphalign.views.homes import homes
from graphalign.views.overview import overview
from graphalign.views.pairs import alignment_pairs
from graphalign.views.power_grid import power_grid
from graphalign.views.raci import raci

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.report import Report
    from graphalign.views.homes import Homes


def tab_content(graph: AlignmentGraph, report: Report, where: Homes | None = None) -> dict[str, Any]:
    """Return the data of the tabs, nodes as indices and partners as their places in `Homes.partners`.

    Parameters
    ----------
    graph
        The alliance.
    report
        What the check found in it.
    where
        Where each node belongs, if it is known already.

    Returns
    -------
    dict
        `overview`, `alignment`, `raci`, `engagement`, `grid`, `contact`, `cascadeTable`: see the modules. Each names in
        `of` how many there are in all, where only the top of them is here.

    Examples
    --------
    >>> import graphalign as ga
    >>> graph = ga.from_networkx(ga.example())
    >>> data = tab_content(graph, ga.check(graph, as_of="2026-06-30"))
    >>> data["grid"]["high"], data["engagement"]["of"], [data["alignment"]["of"], data["cascadeTable"]["of"]]
    (7, 0, [1, 2])
    """
    matrix = alignment(graph, as_of=report.as_of, settings=report.settings)
    facts = matrix.facts
    places = homes(facts) if where is None else where
    return {
        "overview": overview(facts, report, matrix, places),
        "alignment": alignment_pairs(matrix),
        "raci": raci(facts, report, places),
        "engagement": engagement_matrix(facts),
        "grid": power_grid(facts),
        "contact": contact_timeline(facts, matrix),
        "cascadeTable": goals_table(facts, report),
    }
