"""The report as JSON: all findings, never cut, in a fixed order; its schema is docs/report.schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.model import REPORT_SCHEMA, Comparison, Finding, Known, Note, Place, Refusal, RuleResult
from graphalign.output import encodable
from graphalign.settings import GENERAL

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.report import Report
    from graphalign.waivers import Waiver

SCHEMA = REPORT_SCHEMA


def render(report: Report, *, with_graph: bool = False) -> str:
    """Return the report as JSON text; see `chunks`."""
    return "".join(chunks(report, with_graph=with_graph))


def chunks(report: Report, *, with_graph: bool = False) -> Iterator[str]:
    """Yield the report as JSON text in parts, one finding a line, so that it need never be held whole.

    Parameters
    ----------
    report
        What a check found.
    with_graph
        Put the graph in, too: what `graphalign view` needs beside the report.

    Yields
    ------
    str
        Parts of one JSON document with the top-level keys `schema`, `version`, `as_of`, `inputs`, `settings`, `data`,
        `notes`, `rules`, `findings`, `waived`, `baseline` and, where it is wanted, `graph` (node-link, as networkx has
        it, where each was said in `_file`, `_sheet`, `_row` and `_key`). The same report gives the same bytes.

    Examples
    --------
    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
    >>> document = json.loads("".join(chunks(report)))
    >>> document["as_of"], document["findings"][0]["subjects"]
    ('2026-06-30', {'goal': 'g2'})
    """
    yield from _object(
        {**_sections(report, report.findings), **({"graph": _graph(report.graph)} if with_graph else {})}
    )
    yield "\n"


def as_dict(report: Report, findings: Iterable[Finding] | None = None) -> dict[str, Any]:
    """Return the report as JSON holds it.

    Parameters
    ----------
    report
        What a check found.
    findings
        Those of its findings to put in; default all.

    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
    >>> as_dict(report) == json.loads(render(report))
    True
    """
    return _held(_sections(report, report.findings if findings is None else findings))


def _held(section: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: list(value) if isinstance(value, Iterator) else _held(value) if isinstance(value, Mapping) else value
        for key, value in section.items()
    }


def _sections(report: Report, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return the document's parts; what may be long is an iterator."""
    counts = report.counts()
    return {
        "schema": SCHEMA,
        "version": report.version,
        "as_of": report.as_of.isoformat(),
        "inputs": ({"path": s.path, "sha256": s.sha256} for s in report.data.inputs),
        "settings": _settings(report),
        "data": _data(report),
        "notes": (_note(n) for n in report.notes),
        "rules": (_rule(r, counts.get(r.rule.code, {})) for r in report.results),
        "findings": (_finding(f) for f in findings),
        "waived": ({"waiver": _waiver(w), "finding": _finding(f)} for f, w in report.waived),
        "baseline": told_of(report.baseline),
    }


def _object(parts: Mapping[str, Any]) -> Iterator[str]:
    """Yield an object a key a line, of iterators and of objects that hold such an item a line."""
    before = "{\n"
    for key, value in parts.items():
        yield f"{before}{_text(key)}: "
        if isinstance(value, Iterator):
            yield from _array(value)
        elif isinstance(value, Mapping) and any(isinstance(v, Iterator) for v in value.values()):
            yield from _object(value)
        else:
            yield _text(value)
        before = ",\n"
    yield "\n}"


def _array(items: Iterator[Any]) -> Iterator[str]:
    before = "[\n"
    for item in items:
        yield before + _text(item)
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"


def _text(value: object) -> str:
    return encodable(json.dumps(value, ensure_ascii=False, allow_nan=False, default=str))


def _graph(graph: AlignmentGraph) -> dict[str, Any]:
    """Return the graph in node-link form."""
    ids = graph.ids
    ends = [ids.gather(graph.edges[end]).alias(end) for end in ("source", "target")]
    edges = graph.edges.select(*ends, pl.exclude("source", "target"))
    return {
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": _records(graph.nodes),
        "edges": _records(edges),
    }


def _records(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    for row in frame.iter_rows(named=True):
        yield {name: _plain(value) for name, value in row.items() if value is not None}


def _plain(value: object) -> object:
    # JSON has no number for these.
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _settings(report: Report) -> dict[str, Any]:
    """Return the effective settings: every value the report was made with, defaults included."""
    settings = report.settings
    general = {section: {key: settings.get(section, key) for key in options} for section, options in GENERAL.items()}
    rules = {}
    for result in report.results:
        chosen = settings.rule(result.rule)
        rules[result.rule.code] = {"enabled": chosen.enabled, "severity": chosen.severity, **chosen.options}
    return {
        "file": None if settings.path is None else settings.path.name,
        **general,
        "words": {table: dict(sorted(words.items())) for table, words in sorted(settings.words.items())},
        "scales": dict(sorted(settings.scales.items())),
        "rules": rules,
    }


def _data(report: Report) -> dict[str, Any]:
    """Return the account of what was read: `read = kept + refused`, in total and by file."""
    data = report.data
    counts = data.counts
    read, refused = sum(counts.read.values()), sum(counts.refused.values())
    files = sorted({*counts.read, *counts.refused})
    return {
        **_account(read, refused),
        "files": ({"file": f, **_account(counts.read.get(f, 0), counts.refused.get(f, 0))} for f in files),
        "values": _account(counts.values_read, counts.values_refused),
        "nodes": dict(sorted(report.graph.kinds[0].items())),
        "relationships": dict(sorted(report.graph.kinds[1].items())),
        "refusals": (_refusal(r) for r in data.refusals),
        "notes": (_note(n) for n in data.notes),
        "meanings": ({"written": w, "taken_for": t, "where": p} for w, t, p in data.meanings),
    }


def _account(read: int, refused: int) -> dict[str, int]:
    return {"read": read, "kept": read - refused, "refused": refused}


def _place(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    told = {"file": place.file, "sheet": place.sheet, "row": place.row, "key": place.key}
    return {k: v for k, v in told.items() if v is not None}


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {"what": refusal.what, "text": refusal.text, "reason": refusal.reason, **_place(refusal.place)}


def _note(note: Note) -> dict[str, Any]:
    return {"text": note.text, "way_out": note.way_out, "count": note.count, **_place(note.place)}


def _rule(result: RuleResult, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "code": result.rule.code,
        "name": result.rule.name,
        "severity": result.rule.severity,
        "verdict": result.verdict,
        "missing": result.missing,
        "judged": result.judged,
        "left_out": result.left_out,
        "coverage": None if result.coverage is None else round(result.coverage, 6),
        "findings": result.found,
        "counts": dict(counts),
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "rule": waiver.rule,
        "subjects": {name: list(globs) for name, globs in waiver.subjects.items()},
        "reason": waiver.reason,
        "by": waiver.by,
        "until": waiver.until.isoformat(),
        **_place(waiver.place),
    }


def told_of(baseline: Comparison | None) -> dict[str, Any] | None:
    """Return what came and went since a baseline as JSON holds it; None without one."""
    if baseline is None:
        return None
    return {
        "file": baseline.file,
        "as_of": baseline.as_of.isoformat(),
        "new": sorted(baseline.new),
        "open": sorted(baseline.open),
        "fixed": [_known(k) for k in baseline.fixed],
        "unjudged": [_known(k) for k in baseline.unjudged],
    }


def _known(known: Known) -> dict[str, Any]:
    return {
        "id": known.id,
        "rule": known.rule,
        "name": known.name,
        "severity": known.severity,
        "message": known.message,
        "subjects": list(known.subjects),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "noted": finding.noted,
        "message": finding.message,
        "subjects": {name: list(v) if isinstance(v, tuple) else v for name, v in finding.subjects.items()},
        "evidence": [{"text": e.text, **_place(e.place)} for e in finding.evidence],
        "remedy": finding.remedy,
        "folded": [_finding(f) for f in finding.folded],
    }


def by_kind(kinds: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return how many there are of each label or type, the most first, then by name."""
    return sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
