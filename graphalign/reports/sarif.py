"""The report as SARIF 2.1.0 (OASIS), for code scanning and the editors that show it beside the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from graphalign.model import Finding, Place, Rule, Severity, Source
from graphalign.output import encodable
from graphalign.reports.wording import visible

if TYPE_CHECKING:
    from graphalign.report import Report
    from graphalign.waivers import Waiver

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Mapping[Severity, str] = {"high": "error", "medium": "warning", "low": "note", "info": "note"}
# Brackets would make a link and braces a placeholder (3.11.5, 3.11.6): written so, they are themselves.
_MEANT = re.compile(r"[\[\]]|[{}]")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def render(report: Report) -> str:
    """Return the report as SARIF text; see `chunks`."""
    return "".join(chunks(report))


def chunks(report: Report) -> Iterator[str]:
    """Yield the report as a SARIF log in parts, one result a line.

    Parameters
    ----------
    report
        What a check found.

    Yields
    ------
    str
        Parts of one JSON document. Every finding is a result: high is an error, medium a warning, low, info and what
        is noted a note; its fingerprint is the finding's id, its first evidence the location, the rest related
        locations. A line is told where the file is still the one that was read; of a workbook the sheet and row
        are a logical location. What is folded beneath a finding is its property `folded`; what is waived is suppressed.

    Examples
    --------
    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
    >>> log = json.loads(render(report))
    >>> log["version"], log["runs"][0]["results"][0]["level"]
    ('2.1.0', 'error')
    """
    findings = report.findings
    lines = _Lines(report, (*findings, *(finding for finding, _ in report.waived)))
    rules = {code: at for at, code in enumerate(report.rules)}
    yield f'{{\n"$schema": {_text(SCHEMA)},\n"version": "2.1.0",\n"runs": [{{\n'
    driver = {
        "name": "graphalign",
        "version": report.version,
        "rules": [_rule(rule) for rule in report.rules.values()],
    }
    yield f'"tool": {_text({"driver": driver})},\n'
    yield f'"invocations": {_text([_invocation(report, rules, lines)])},\n'
    yield f'"artifacts": {_text([_artifact(s) for s in report.data.inputs])},\n'
    yield f'"columnKind": "unicodeCodePoints",\n"properties": {_text({"as_of": report.as_of.isoformat()})},\n'
    yield '"results": ['
    before = "\n"
    # Where one result tells of its suppressions, all do (3.27.23).
    told: dict[str, list[object]] = {"suppressions": []} if report.waived else {}
    for finding in findings:
        yield before + _text(_result(finding, rules, lines) | told)
        before = ",\n"
    for finding, waiver in report.waived:
        yield before + _text(_result(finding, rules, lines) | {"suppressions": [_suppression(waiver)]})
        before = ",\n"
    yield ("]" if before == "\n" else "\n]") + "\n}]\n}\n"


def _text(value: object) -> str:
    return encodable(json.dumps(value, ensure_ascii=False, allow_nan=False))


def _said(text: str) -> dict[str, str]:
    r"""Return text from data as a message that says just this.

    >>> _said("see [a](http://b) {0}")
    {'text': 'see \\[a\\](http://b) {{0}}'}
    """
    return {"text": _MEANT.sub(lambda m: f"\\{m[0]}" if m[0] in "[]" else m[0] * 2, visible(text)) or "-"}


def _uri(path: str) -> str:
    r"""Return a path as a relative URI, or as a file URI where it is absolute.

    >>> _uri("my data/a:b.csv"), _uri("/data/x.csv")
    ('my%20data/a%3Ab.csv', 'file:///data/x.csv')
    """
    encoded = quote(Path(encodable(path)).as_posix(), safe="/")
    return f"file://{'' if encoded.startswith('/') else '/'}{encoded}" if Path(path).is_absolute() else encoded


def _artifact(source: Source) -> dict[str, Any]:
    return {"location": {"uri": _uri(source.path)}, "hashes": {"sha-256": source.sha256}}


def _rule(rule: Rule) -> dict[str, Any]:
    definition = rule.definition or rule.name
    remedies = "\n".join(f"- {text}" for text in dict.fromkeys(rule.remedy.values()) if text)
    parts = [definition, rule.why, f"What would mend it:\n{remedies}" if remedies else "", rule.source]
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.name.replace("-", " ").capitalize()},
        "fullDescription": {"text": definition},
        "help": {"text": "\n\n".join(part for part in parts if part)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"family": rule.family, "severity": rule.severity, "tags": [rule.family]},
    }


def _invocation(report: Report, rules: Mapping[str, int], lines: _Lines) -> dict[str, Any]:
    """Return what reading and judging could not do: refusals, and the rules that cannot judge."""
    told: list[dict[str, Any]] = []
    for refusal in report.data.refusals:
        said = f": {refusal.text}" if refusal.text else ""
        told.append(
            {
                "level": "warning",
                "message": _said(f"{refusal.what} refused{said}: {refusal.reason}"),
                "locations": [lines.location(refusal.place)],
            }
        )
    told += [
        {
            "level": "note",
            "message": _said(f"{result.rule.code} cannot judge: {result.missing}"),
            "associatedRule": {"id": result.rule.code, "index": rules[result.rule.code]},
        }
        for result in report.results
        if result.verdict == "cannot judge"
    ]
    return {"executionSuccessful": True, "toolExecutionNotifications": told}


def _result(finding: Finding, rules: Mapping[str, int], lines: _Lines) -> dict[str, Any]:
    placed = [e for e in finding.evidence if e.place is not None]
    first = placed[0].place if placed else None
    location = lines.location(first) if first is not None else {}
    location.setdefault("logicalLocations", []).extend(_subjects(finding))
    properties: dict[str, Any] = {"severity": finding.severity, "noted": finding.noted, "remedy": finding.remedy}
    if finding.folded:
        properties["folded"] = [{"id": f.id, "rule": f.rule, "message": f.message} for f in finding.folded]
    result = {
        "ruleId": finding.rule,
        "ruleIndex": rules[finding.rule],
        "level": "note" if finding.noted else LEVELS[finding.severity],
        "message": _said(f"{finding.message} {finding.remedy}"),
        "locations": [location],
        "partialFingerprints": {"graphalign/v1": finding.id},
        "properties": properties,
    }
    related = [
        {"id": at, "message": _said(e.text), **lines.location(e.place)}
        for at, e in enumerate(placed[1:], 1)
        if e.place is not None
    ]
    return result | ({"relatedLocations": related} if related else {})


def _suppression(waiver: Waiver) -> dict[str, Any]:
    properties = {"until": waiver.until.isoformat(), **({"by": waiver.by} if waiver.by else {})}
    return {
        "kind": "external",
        "status": "accepted",
        "justification": visible(waiver.reason),
        "properties": properties,
    }


def _subjects(finding: Finding) -> list[dict[str, str]]:
    return [
        {"fullyQualifiedName": one, "kind": name}
        for name, value in finding.subjects.items()
        for one in (value if isinstance(value, tuple) else (value,))
    ]


class _Lines:
    """Where places are: the file that was read, and the line in it, looked up once for a whole file."""

    def __init__(self, report: Report, findings: tuple[Finding, ...]) -> None:
        from graphalign.readers.positions import lines_of

        self._sources: dict[str, tuple[int, Source]] = {}
        for at, source in enumerate(report.data.inputs):
            # A place names a file as its folder does: the whole path ends so.
            parts = Path(source.path).parts
            for i in range(len(parts)):
                self._sources.setdefault("/".join(parts[i:]), (at, source))
        wanted: dict[str, tuple[set[int], set[str]]] = {}
        places = [e.place for f in findings for e in f.evidence] + [r.place for r in report.data.refusals]
        for place in places:
            if place is not None and place.file in self._sources:
                rows, keys = wanted.setdefault(place.file, (set(), set()))
                rows.update(() if place.row is None else (place.row,))
                keys.update(() if place.key is None else (place.key,))
        self._lines = {
            file: lines_of(self._sources[file][1].path, self._sources[file][1].sha256, *both)
            for file, both in wanted.items()
        }

    def location(self, place: Place) -> dict[str, Any]:
        """Return a place as a SARIF location."""
        known = self._sources.get(place.file)
        artifact: dict[str, Any] = {"uri": _uri(known[1].path if known else place.file)}
        if known:
            artifact["index"] = known[0]
        physical: dict[str, Any] = {"artifactLocation": artifact}
        asked = place.key if place.row is None else place.row
        line = self._lines.get(place.file, {}).get(asked) if asked is not None else None
        if line is not None:
            physical["region"] = {"startLine": line}
        result: dict[str, Any] = {"physicalLocation": physical}
        if place.sheet is not None or Path(place.file).suffix.lower() in WORKBOOKS:
            name = f"{place.sheet or ''}!{place.row}" if place.row is not None else place.sheet or ""
            result["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "row" if place.row else "sheet"}]
        elif place.key is not None:
            result["logicalLocations"] = [{"fullyQualifiedName": place.key, "kind": "key"}]
        elif place.row is not None and line is None:
            result["logicalLocations"] = [{"fullyQualifiedName": f"row {place.row}", "kind": "row"}]
        return result
