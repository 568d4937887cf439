"""A report or a graph in a notebook: its page in a frame that may run its own script and nothing else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from graphalign.errors import UsageError

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.report import Report

HEIGHT = 720
FRAME = (
    '<iframe sandbox="allow-scripts allow-downloads" referrerpolicy="no-referrer" title="{title}" width="100%" '
    'height="{height}" style="border:1px solid #ccc" srcdoc="{page}"></iframe>'
)


def report_html(report: Report) -> str:
    """Return the view of a report as a frame, which can reach nothing of the notebook around it.

    Where pyvis or jinja2 is missing, a sentence says so.

    >>> import graphalign as ga
    >>> text = report_html(ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30"))
    >>> text.startswith('<iframe sandbox="allow-scripts allow-downloads"'), "<script" in text
    (True, False)
    """
    from graphalign.views import page

    try:
        text = page(report)
    except UsageError as error:
        return f"<p>{escape(repr(report))}: {escape(str(error))}</p>"
    return FRAME.format(title=escape(repr(report)), height=HEIGHT, page=escape(text))


def graph_html(graph: AlignmentGraph) -> str:
    """Return the view of a graph as a frame, judged as of today; see `report_html`."""
    from graphalign.check import check

    return report_html(check(graph))
