"""Baselines: what an earlier report found, and what has come and gone since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from graphalign.errors import InputError
from graphalign.model import REPORT_SCHEMA, SEVERITIES, Comparison, Evidence, Finding, Known, Place, Severity
from graphalign.saved import read_json

if TYPE_CHECKING:
    from graphalign.report import Report

# A report of a million nodes is far below this; what is above is something else, or hostile.
MOST_BYTES = 400_000_000
_ID = re.compile(r"[0-9a-f]{12}")
_CODE = re.compile(r"[A-Z]{3}[0-9]{3}")
_AGAIN = "write one with graphalign check --format json"


@dataclass(frozen=True)
class Snapshot:
    """What a report says, as far as another can be compared with it.

    Parameters
    ----------
    as_of
        The day it was judged on.
    findings
        Its findings by id, the folded ones included, the waived ones not.
    verdicts
        How each rule ended, by code.
    missing
        What was missing, of rules that could not judge.
    waived
        The ids of what was waived.
    file
        The report's file; empty where it was not read from one.
    """

    as_of: date
    findings: Mapping[str, Known]
    verdicts: Mapping[str, str]
    missing: Mapping[str, str] = field(default_factory=dict)
    waived: frozenset[str] = frozenset()
    file: str = ""

    def judged(self, code: str) -> bool:
        """Return whether a rule judged, or had nothing to judge: what it does not name is not there."""
        return self.verdicts.get(code, "") in ("found", "clean", "waived", "not applicable")


def snapshot(report: Report) -> Snapshot:
    """Return what a report says, findings in its order.

    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
    >>> held = snapshot(report)
    >>> list(held.findings)[0] == report.findings[0].id, held.verdicts["OWN101"]
    (True, 'found')
    """
    found = {k.id: k for f in report.findings for k in _known(f)}
    waived = frozenset(report.ids.filter(report.ids["waived"])["id"])
    verdicts = {r.rule.code: r.verdict for r in report.results}
    missing = {r.rule.code: r.missing for r in report.results if r.verdict == "cannot judge"}
    return Snapshot(report.as_of, found, verdicts, missing, waived)


def _known(finding: Finding, beneath: str = "") -> Iterator[Known]:
    subjects = tuple(i for v in finding.subjects.values() for i in (v if isinstance(v, tuple) else (v,)))
    yield Known(
        finding.id,
        finding.rule,
        finding.name,
        finding.severity,
        finding.message,
        subjects,
        finding.noted,
        beneath,
        finding.evidence,
    )
    for one in finding.folded:
        yield from _known(one, finding.id)


def compare(report: Report, baseline: Snapshot) -> Report:
    """Return a report that knows what is new in it since a baseline; `worst` then counts only that.

    A finding is new when the baseline does not hold its id: what was waived then and is no longer, too. One is fixed
    when the baseline holds it and its rule, which judged, finds it no more; where the rule did not judge nobody can
    tell. One that is waived now is none of these.

    Parameters
    ----------
    report
        What a check found.
    baseline
        From `read_report` or `snapshot`.

    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
    >>> compare(report, snapshot(report)).baseline.new
    frozenset()
    """
    ids = report.ids
    here = set(ids.filter(~ids["waived"])["id"])
    aside = set(ids.filter(ids["waived"])["id"])
    ended = {r.rule.code: r.verdict for r in report.results}
    judged = {code for code, verdict in ended.items() if verdict not in ("cannot judge", "disabled")}
    gone = [k for i, k in baseline.findings.items() if i not in here and i not in aside]
    return replace(
        report,
        baseline=Comparison(
            baseline.as_of,
            baseline.file,
            new=frozenset(here - baseline.findings.keys()),
            open=frozenset(here & baseline.findings.keys()),
            fixed=tuple(k for k in gone if k.rule in judged),
            unjudged=tuple(k for k in gone if k.rule not in judged),
        ),
    )


# --- a report in a file -----------------------------------------------------------------------------------------------


def is_report(path: Path) -> bool:
    """Return whether a file looks like a report as JSON rather than an alliance: its schema is named at its start."""
    try:
        with path.open("rb") as file:
            return (
                re.match(rb'(\xef\xbb\xbf)?\s*\{\s*"schema"\s*:\s*"urn:graphalign:report:', file.read(400)) is not None
            )
    except OSError:
        return False


def read_report(path: str | Path) -> Snapshot:
    """Read what `graphalign check --format json` wrote.

    Parameters
    ----------
    path
        The report.

    Raises
    ------
    graphalign.errors.InputError
        If it cannot be read, is no report, or one of another schema.
    """
    document = read_document(path)
    try:
        return _snapshot(document, Path(path).name)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        what = str(error)[:100] if isinstance(error, KeyError | ValueError) else "a value is of another kind"
        raise InputError(f"is no whole graphalign report ({what})", where=str(path), way_out=_AGAIN) from None


def read_document(path: str | Path) -> dict[str, Any]:
    """Read a report as its JSON holds it.

    Parameters
    ----------
    path
        What `graphalign check --format json` wrote.

    Raises
    ------
    graphalign.errors.InputError
        If it cannot be read, is no report, or one of another schema.
    """
    where = str(path)
    document = read_json(path, MOST_BYTES, "is no graphalign report", _AGAIN)
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, str) or not schema.startswith("urn:graphalign:report:"):
        raise InputError("is no graphalign report", where=where, way_out=_AGAIN)
    if schema != REPORT_SCHEMA:
        raise InputError(f"is a report of another schema ({schema[:60]!r})", where=where, way_out=_AGAIN)
    return cast("dict[str, Any]", document)


def _snapshot(document: dict[str, Any], file: str) -> Snapshot:
    findings: dict[str, Known] = {}
    for known in _findings(document["findings"]):
        findings.setdefault(known.id, known)
    rules = [(_text(r["code"]), _text(r["verdict"]), _text(r["missing"])) for r in document["rules"]]
    aside = _findings([held["finding"] for held in document["waived"]])
    return Snapshot(
        date.fromisoformat(document["as_of"]),
        findings,
        {code: verdict for code, verdict, _ in rules},
        {code: missing for code, verdict, missing in rules if verdict == "cannot judge"},
        frozenset(known.id for known in aside),
        file,
    )


def _findings(held: list[dict[str, Any]]) -> Iterator[Known]:
    """Yield findings and what folds beneath them; without recursion, so that no depth ends it."""
    if not isinstance(held, list):
        raise TypeError
    waiting = [(finding, "") for finding in reversed(held)]
    while waiting:
        said, beneath = waiting.pop()
        known = _finding(said, beneath)
        yield known
        waiting += [(finding, known.id) for finding in reversed(said["folded"])]


def _finding(said: dict[str, Any], beneath: str) -> Known:
    name, code = _text(said["id"]), _text(said["rule"])
    if not _ID.fullmatch(name) or not _CODE.fullmatch(code):
        raise ValueError(f"the finding {name[:20]!r} of {code[:20]!r}")
    subjects = tuple(_text(i) for v in said["subjects"].values() for i in (v if isinstance(v, list) else [v]))
    evidence = tuple(Evidence(_text(e["text"]), _place(e)) for e in said["evidence"])
    return Known(
        name,
        code,
        _text(said["name"]),
        _severity(said["severity"]),
        _text(said["message"]),
        subjects,
        said["noted"] is True,
        beneath,
        evidence,
    )


def _severity(word: object) -> Severity:
    for severity in SEVERITIES:
        if word == severity:
            return severity
    raise ValueError("a severity is none")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _place(said: dict[str, Any]) -> Place | None:
    if "file" not in said:
        return None
    row = said.get("row")
    sheet, key = (None if said.get(k) is None else _text(said[k]) for k in ("sheet", "key"))
    return Place(_text(said["file"]), sheet, row if isinstance(row, int) else None, key)
