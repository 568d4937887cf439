"""A report read back from its JSON, with the graph in it: what an old report.json is viewed with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from graphalign.baseline import read_document, read_report
from graphalign.check import check
from graphalign.errors import GraphalignError, InputError
from graphalign.graph.interchange import from_networkx
from graphalign.reading import finding_id
from graphalign.rules import catalogue
from graphalign.settings import settings_of

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.model import Rule
    from graphalign.report import Report
    from graphalign.settings import Settings

AGAIN = "write it again with graphalign check --format json --with-graph"


def read_held(path: str | Path) -> tuple[Report, dict[str, Any]]:
    """Read a report with its graph.

    Parameters
    ----------
    path
        What `graphalign check --format json --with-graph` wrote.

    Returns
    -------
    Report
        The graph checked again, on the report's day and under its settings, with the findings that the report holds.
    dict
        The report as it is held, without the graph; `left_out` says what this version cannot show.

    Raises
    ------
    graphalign.errors.InputError
        If it is no such report, or holds no graph.
    """
    where = str(path)
    read_report(path)  # for its refusals
    document = read_document(path)
    held = document.pop("graph", None)
    if held is None:
        raise InputError("is a report without its graph, which a view needs", where=where, way_out=AGAIN)
    try:
        graph = _graph(held)
        day, settings = date.fromisoformat(document["as_of"]), _settings(document, where)
        report = check(graph, as_of=day, settings=settings)
        known = catalogue()
        document["left_out"] = _unknown(document["findings"], known)
        document["findings"] = [f for f in document["findings"] if f["rule"] in known]
        return replace(report, tables=_tables(report, document["findings"])), document
    except GraphalignError as error:
        raise InputError(f"cannot be viewed ({error})", where=where, way_out=AGAIN) from None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, pl.exceptions.PolarsError) as error:
        what = str(error)[:100] if isinstance(error, KeyError | ValueError) else "a value is of another kind"
        raise InputError(f"is no whole graphalign report ({what})", where=where, way_out=AGAIN) from None


def _unknown(findings: Sequence[Mapping[str, Any]], known: Mapping[str, Rule]) -> list[str]:
    """Return a sentence on the findings of rules that there are none of here, if there are such."""
    codes = [f["rule"] for f in findings if f["rule"] not in known]
    rules = ", ".join(sorted(set(codes)))
    many = "1 finding" if len(codes) == 1 else f"{len(codes)} findings"
    return [f"Not here, as this version knows no such rules: {many} of {rules}."] if codes else []


def _graph(held: Mapping[str, Any]) -> AlignmentGraph:
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in held["nodes"]:
        graph.add_node(node["id"], **{k: v for k, v in node.items() if k != "id"})
    for edge in held["edges"]:
        graph.add_edge(
            edge["source"], edge["target"], **{k: v for k, v in edge.items() if k not in ("source", "target")}
        )
    return from_networkx(graph)


def _settings(document: Mapping[str, Any], where: str) -> Settings:
    """Return the settings that a report was made with, and its waivers, as far as they were of use."""
    said = {k: v for k, v in document["settings"].items() if k != "file"}
    known = catalogue()
    said["rules"] = {
        code: {k: v for k, v in table.items() if v is not None and k in {"enabled", "severity", *known[code].options}}
        for code, table in said["rules"].items()
        if code in known
    }
    waivers: dict[str, dict[str, Any]] = {}
    for one in document["waived"]:
        waiver = {k: v for k, v in one["waiver"].items() if k in ("rule", "subjects", "reason", "by", "until") and v}
        waivers.setdefault(repr(waiver), {**waiver, "until": date.fromisoformat(waiver["until"])})
    return settings_of({**said, "waivers": list(waivers.values())}, Path(where), known)


def _tables(report: Report, findings: Sequence[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """Return the findings of a document as the tables of a report, with what a new check tells beside them."""
    rules = {**catalogue(), **report.rules}
    rows: dict[str, list[dict[str, Any]]] = {}
    for finding, above in _flat(findings):
        if finding["rule"] not in rules:
            continue
        mine = rows.setdefault(finding["rule"], [])
        under = (above["rule"], above["_at"]) if above and "_at" in above else (None, None)
        finding["_at"] = len(mine)
        subjects = {s: finding["subjects"][s] for s in rules[finding["rule"]].subjects}
        said = {"severity": finding["severity"], "noted": bool(finding["noted"])}
        mine.append({"id": finding["id"], **subjects, **said, "under_code": under[0], "under_at": under[1]})
    for finding, _ in _flat(findings):
        finding.pop("_at", None)
    return {code: _table(rules[code], rows.get(code, []), table) for code, table in report.tables.items()}


def _flat(findings: Sequence[Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Yield findings in order, each before those that fold beneath it, with the one it folds beneath."""
    waiting: list[tuple[dict[str, Any], dict[str, Any] | None]] = [(f, None) for f in reversed(findings)]
    while waiting:
        finding, above = waiting.pop()
        yield finding, above
        waiting += [(f, finding) for f in reversed(finding["folded"])]


def _table(rule: Rule, rows: list[dict[str, Any]], fresh: pl.DataFrame) -> pl.DataFrame:
    said = {"severity": pl.String(), "noted": pl.Boolean(), "under_code": pl.String(), "under_at": pl.UInt32()}
    schema = {"id": pl.String(), **{s: fresh.schema[s] for s in rule.subjects}, **said}
    table = pl.DataFrame(rows, schema=cast("Any", schema), orient="row")
    table = table.with_columns(pl.col("severity").cast(fresh.schema["severity"]))
    beside = fresh.drop(*(c for c in table.columns if c in fresh.columns))
    ids = [
        finding_id(rule.code, dict(zip(rule.subjects, map(_tupled, row), strict=True)))
        for row in fresh.select(rule.subjects).iter_rows()
    ]
    keyed = beside.with_columns(pl.Series("id", ids, dtype=pl.String)).unique("id", keep="first", maintain_order=True)
    return table.join(keyed, on="id", how="left", maintain_order="left").drop("id")


def _tupled(value: Any) -> Any:  # noqa: ANN401 (an id, or a list of them)
    return tuple(value) if isinstance(value, list) else value
