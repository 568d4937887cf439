"""The report as JSON: all findings, never cut, in a fixed order; its schema is docs/report.schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.model import REPORT_SCHEMA, Comparison, Finding, Known, Note, Place, Refusal, RuleResult
from graphalign.output import encodable
from graphalign.settings import GENERAL

if TYPE_CHECKING:
    from graphalign.report import Report
    from graphalign.waivers import Waiver

SCHEMA = REPORT_SCHEMA


def render(report: Report) -> str:
    """Return the report as JSON text; see `chunks`."""
    return "".join(chunks(report))


def chunks(report: Report) -> Iterator[str]:
    """Yield the report as JSON text in parts, one finding a line, so that it need never be held whole.

    Parameters
    ----------
    report
        What a check found.

    Yields
    ------
    str
        Parts of one JSON document with the top-level keys `schema`, `version`, `as_of`, `inputs`, `settings`, `data`,
        `notes`, `rules`, `findings`, `waived`, `baseline`. The same report gives the same bytes.

    Examples
    --------
    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
    >>> document = json.loads("".join(chunks(report)))
    >>> document["as_of"], document["findings"][0]["subjects"]
    ('2026-06-30', {'goal': 'g2'})
    """
    counts = report.counts()
    yield "{\n"
    yield f'"schema": {_text(SCHEMA)},\n'
    yield f'"version": {_text(report.version)},\n'
    yield f'"as_of": {_text(report.as_of.isoformat())},\n'
    yield from _array("inputs", ({"path": s.path, "sha256": s.sha256} for s in report.data.inputs))
    yield f'"settings": {_text(_settings(report))},\n'
    yield '"data": {\n'
    yield from _data(report)
    yield "},\n"
    yield from _array("notes", (_note(n) for n in report.notes))
    yield from _array("rules", (_rule(r, counts.get(r.rule.code, {})) for r in report.results))
    yield from _array("findings", (_finding(f) for f in report.findings))
    waived = ({"waiver": _waiver(w), "finding": _finding(f)} for f, w in report.waived)
    yield from _array("waived", waived)
    yield f'"baseline": {_text(_baseline(report.baseline))}\n'
    yield "}\n"


def _text(value: object) -> str:
    return encodable(json.dumps(value, ensure_ascii=False, allow_nan=False))


def _array(key: str, items: Iterable[Mapping[str, Any]], *, last: bool = False) -> Iterator[str]:
    """Yield a key with an array, one item a line."""
    yield f'"{key}": ['
    before = "\n"
    for item in items:
        yield before + _text(item)
        before = ",\n"
    yield ("]" if before == "\n" else "\n]") + ("\n" if last else ",\n")


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


def _data(report: Report) -> Iterator[str]:
    """Yield the account of what was read: `read = kept + refused`, in total and by file."""
    data = report.data
    counts = data.counts
    read, refused = sum(counts.read.values()), sum(counts.refused.values())
    yield f'"read": {read},\n"kept": {read - refused},\n"refused": {refused},\n'
    files = (
        {"file": file, **_account(counts.read.get(file, 0), counts.refused.get(file, 0))}
        for file in sorted({*counts.read, *counts.refused})
    )
    yield from _array("files", files)
    yield f'"values": {_text(_account(counts.values_read, counts.values_refused))},\n'
    yield f'"nodes": {_text(dict(sorted(by_kind(report.graph.nodes, "label"))))},\n'
    yield f'"relationships": {_text(dict(sorted(by_kind(report.graph.edges, "type"))))},\n'
    yield from _array("refusals", (_refusal(r) for r in data.refusals))
    yield from _array("notes", (_note(n) for n in data.notes))
    yield from _array("meanings", ({"written": w, "taken_for": t, "where": p} for w, t, p in data.meanings), last=True)


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


def _baseline(baseline: Comparison | None) -> dict[str, Any] | None:
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


def by_kind(frame: pl.DataFrame, column: str) -> list[tuple[str, int]]:
    """Return how many rows there are of each label or type, the most first, then by name."""
    counts = frame.select(pl.col(column).cast(pl.String)).group_by(column).len()
    counts = counts.sort(-pl.col("len").cast(pl.Int64), column, nulls_last=True)
    return [(name or "(none)", n) for name, n in counts.iter_rows()]
