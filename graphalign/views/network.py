"""The alliance as a pyvis Network: our places, colours and shapes, to be changed or shown in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from graphalign.errors import UsageError
from graphalign.views import marks
from graphalign.views.bundle import MISSING
from graphalign.views.layout import MOST_MAPPED, Layout, layout
from graphalign.views.places import found_at, region_colours
from graphalign.vocabulary import TYPES

if TYPE_CHECKING:
    from pyvis.network import Network

    from graphalign.graph import AlignmentGraph
    from graphalign.report import Report

# What position says already, and what would cover all else: there, but hidden until somebody shows it.
HIDDEN = (
    "MEMBER_OF",
    "PART_OF",
    "SERVES",
    "MEASURES",
    "CONSULTED_ON",
    "INFORMED_OF",
    "COMMUNICATES_WITH",
    "REPORTS_TO",
)
# pyvis writes titles, ids and the options of its menus into its page as they are: these stand for what HTML would read.
HARMLESS = str.maketrans({"<": "‹", ">": "›", "&": "＆", '"': "”", "'": "’", "`": "’"})
MOST_TEXT = 300
INK, GREY = "#3a4350", "#b9c0c8"
RIMS = {"high": marks.HIGH, "medium": marks.MEDIUM}
SIGNS = {"high": "! ", "medium": "\u25c6 "}
ARROW = {"to": {"enabled": True, "scaleFactor": 0.5}}
# Names of this size are not shown before one zooms in.
WHOLE, GOAL, SMALL = 15, 9, 5


def to_pyvis(graph: AlignmentGraph, report: Report | None = None) -> Network:
    """Return an alliance as a pyvis `Network`: directed, physics off, every node where the map has it.

    Every node and every relationship is in it, parallel ones too. What its place says already (who belongs to whom,
    what serves or measures what) and single contacts have `hidden` set. Nothing in it can become HTML, even where pyvis
    writes it into its page as it is: in ids and titles the characters that HTML reads are replaced by such that look
    like them, and long text is cut off.

    Parameters
    ----------
    graph
        The alliance.
    report
        What a check found in it: nodes with high and medium findings get a red or orange rim and a sign before their
        name, and tell their findings.

    Returns
    -------
    pyvis.network.Network
        Nodes with `id`, `label`, `title`, `kind`, `shape`, `size`, `x`, `y`, `color`, `borderWidth`; partners are large
        discs behind what belongs to them. Relationships with `from`, `to`, `type`, `title`, `color`, `width`, `dashes`.

    Raises
    ------
    graphalign.errors.UsageError
        If pyvis is not installed, or there are more nodes than can be drawn.

    Examples
    --------
    >>> import graphalign as ga
    >>> graph = ga.from_networkx(ga.example())
    >>> net = ga.to_pyvis(graph)
    >>> net.num_nodes() == graph.nodes.height, net.directed, net.options.physics.enabled
    (True, True, False)
    """
    if graph.nodes.height > MOST_MAPPED:
        raise UsageError(
            f"a network of {graph.nodes.height} nodes cannot be drawn, {MOST_MAPPED} can",
            way_out="draw a part of it, or write the view, which shows partners as discs",
        )
    try:
        from pyvis.network import Network
    except ImportError:
        raise UsageError("a network needs pyvis, which is not installed", way_out=MISSING) from None
    plan = layout(graph, report)
    net = Network(height="900px", width="100%", directed=True, cdn_resources="in_line")
    net.toggle_physics(status=False)
    net.options.edges.smooth.enabled = False
    ids = _ids(graph)
    # Filled directly: add_node and add_edge look through all nodes for each.
    nodes = _nodes(plan, report, ids)
    # What comes first is drawn behind.
    net.nodes = [nodes[i] for i in np.argsort(plan.kind != marks.PARTNER, kind="stable").tolist()]
    net.node_ids = [node["id"] for node in net.nodes]
    net.node_map = {node["id"]: node for node in net.nodes}
    net.edges = _edges(graph, ids)
    return net


def plain(text: str) -> str:
    r"""Return text that means nothing to HTML, also where it is not escaped; long text is cut off.

    >>> ascii(plain("<b>"))
    "'\\u2039b\\u203a'"
    """
    # pyvis takes a title with this word in it for HTML.
    harmless = text.translate(HARMLESS).replace("href", "hr\u200bef")
    return harmless if len(harmless) <= MOST_TEXT else harmless[: MOST_TEXT - 1] + "…"


def _ids(graph: AlignmentGraph) -> list[str]:
    """Return the nodes' ids, made harmless; where that makes two alike the later ones are numbered."""
    known = set(graph.ids.to_list())
    result, used = [], set[str]()
    for i, name in enumerate(graph.ids.to_list()):
        harmless, number = plain(name), i
        while harmless != name and (harmless in used or harmless in known):
            harmless, number = f"{plain(name)} #{number}", number + 1
        used.add(harmless)
        result.append(harmless)
    return result


def _nodes(plan: Layout, report: Report | None, ids: list[str]) -> list[dict[str, Any]]:
    """Return the nodes as vis-network reads them."""
    graph, where = plan.facts.graph, plan.where
    real = where.regions[where.regions >= 0]
    heads = where.partners[real]
    x, y, size = plan.x.copy(), plan.y.copy(), plan.r.copy()
    x[heads], y[heads], size[heads] = (v[: len(real)] for v in (plan.cx, plan.cy, plan.size))
    is_region = np.zeros(plan.facts.n, dtype=np.bool_)
    is_region[heads] = True
    colours = [marks.PALETTE[c] if c >= 0 else marks.GREY for c in region_colours(plan)]
    region = where.region.copy()
    region[heads] = np.arange(len(heads))
    found = _findings(report)
    columns = (ids, graph.names.to_list(), plan.kind.tolist(), region.tolist(), is_region.tolist())
    places = (x.round(1).tolist(), y.round(1).tolist(), size.round(1).tolist())
    nodes = []
    for i, (name, label, kind, at, whole, left, top, radius) in enumerate(zip(*columns, *places, strict=True)):
        mark, colour = marks.MARKS[kind], colours[at] if at >= 0 else INK
        severity, said = found.get(i, ("", []))
        rim = colour if whole else RIMS.get(severity, colour)
        fill = colour + "14" if whole else colour if mark.filled else "#ffffff"
        nodes.append(
            {
                "id": name,
                # Colour is not the only sign.
                "label": SIGNS.get(severity, "") + label[:MOST_TEXT],
                "title": "\n".join([f"{mark.kind}: {plain(label)}", *said]),
                "kind": mark.kind,
                "shape": mark.vis,
                "size": radius,
                "x": left,
                "y": top,
                "color": {"background": fill, "border": rim, "highlight": {"background": fill, "border": INK}},
                "borderWidth": max(mark.line, 3) if severity in RIMS and not whole else mark.line,
                "font": {"size": _letters(kind, whole=whole), "color": marks.text_colour(colour)},
            }
        )
    return nodes


def _letters(kind: int, *, whole: bool) -> int:
    return WHOLE if whole else GOAL if kind in (marks.GOAL, marks.SHARED) else SMALL


def _findings(report: Report | None) -> dict[int, tuple[str, list[str]]]:
    """Return by node its worst severity and its findings, a line each, the worst first."""
    if report is None:
        return {}
    keys = ("node", "severity", "rule")
    lines = found_at(report).group_by(keys).agg(pl.len().alias("n")).sort(keys)
    result: dict[int, tuple[str, list[str]]] = {}
    for node, severity, rule, n in lines.iter_rows():
        _, said = result.setdefault(node, (severity, []))
        many = f" ({n} findings)" if n > 1 else ""
        said.append(f"{severity}: {report.rules[rule].name.replace('-', ' ')} {rule}{many}")
    return result


def _edges(graph: AlignmentGraph, ids: list[str]) -> list[dict[str, Any]]:
    """Return the relationships as vis-network reads them, every one."""
    types = graph.edges["type"].cast(pl.String).fill_null("").to_list()
    source, target = graph.edges["source"].to_list(), graph.edges["target"].to_list()
    names = [plain(name) for name in graph.names.to_list()]
    looks = {t: _look(t) for t in sorted(set(types))}
    return [
        {
            "from": ids[a],
            "to": ids[b],
            "type": plain(kind),
            "title": f"{names[a]} {_verb(kind)} {names[b]}",
            **looks[kind],
        }
        for kind, a, b in zip(types, source, target, strict=True)
    ]


def _verb(kind: str) -> str:
    return TYPES[kind].verb if kind in TYPES else plain(kind.lower().replace("_", " "))


def _look(kind: str) -> dict[str, Any]:
    """Return how a type of relationship looks."""
    both = kind in TYPES and TYPES[kind].both_ways
    look: dict[str, Any] = {"arrows": "" if both else ARROW, "color": {"color": GREY}, "width": 1, "dashes": False}
    if kind == "CONFLICTS_WITH":
        look |= {"color": {"color": marks.HIGH}, "width": 2}
    elif kind == "DEPENDS_ON":
        look |= {"color": {"color": INK}, "dashes": [6, 4]}
    elif kind == "COMMITS_TO":
        look |= {"width": 3}
    if kind in HIDDEN:
        look["hidden"] = True
    return look
