"""The report as JUnit XML, for build servers: a suite a rule, a case a finding, one for a rule without findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as _escape

from graphalign.model import Finding, RuleResult
from graphalign.reports.wording import escaped, shortened, visible
from graphalign.vocabulary import counted

if TYPE_CHECKING:
    from graphalign.report import Report

MOST_NAME = 300
# What XML 1.0 cannot hold, not even as an entity.
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """Return the report as JUnit XML; see `chunks`."""
    return "".join(chunks(report))


def chunks(report: Report) -> Iterator[str]:
    """Yield the report as JUnit XML in parts.

    Parameters
    ----------
    report
        What a check found.

    Yields
    ------
    str
        Parts of one document. A finding is a case that failed, `noted` and waived ones are skipped; a rule that found
        nothing is a case that passed, one that did not judge is skipped with the reason. There are no times and no
        dates but the report's.

    Examples
    --------
    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30", only=["OWN101"])
    >>> render(report).splitlines()[1]
    '<testsuites name="graphalign as of 2026-06-30" tests="1" failures="1" errors="0" skipped="0">'
    """
    found = {result.rule.code: report.of_rule(result.rule.code) for result in report.results}
    waived: dict[str, list[str]] = {}
    for finding, waiver in report.waived:
        waived.setdefault(finding.rule, []).append(_case(finding, f"waived until {waiver.until}: {waiver.reason}"))
    cases = failures = skipped = 0
    suites: list[tuple[str, list[str]]] = []
    for result in report.results:
        findings = found[result.rule.code]
        aside = waived.get(result.rule.code, [])
        lines = [*map(_case, findings), *aside] or [_whole(result)]
        failed = sum(not f.noted for f in findings)
        left = len(findings) - failed + len(aside)
        passed_over = left if findings or aside else int(result.verdict not in ("clean", "found"))
        cases, failures, skipped = cases + len(lines), failures + failed, skipped + passed_over
        name = f"{result.rule.code} {result.rule.name}"
        counts = f'tests="{len(lines)}" failures="{failed}" errors="0" skipped="{passed_over}"'
        suites.append((f'<testsuite name="{attribute(name)}" {counts}>', lines))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="graphalign as of {report.as_of}" tests="{cases}" failures="{failures}" errors="0" '
    yield f'skipped="{skipped}">\n'
    for head, lines in suites:
        yield f"{head}\n"
        yield from lines
        yield "</testsuite>\n"
    yield "</testsuites>\n"


def content(text: str) -> str:
    r"""Return text from data as the content of an element, what XML cannot hold as escapes.

    >>> content("a < b & \x00 ]]>")
    'a &lt; b &amp; \\x00 ]]&gt;'
    """
    return _escape(_NO_XML.sub(lambda m: escaped(m[0]), text))


def attribute(text: str) -> str:
    r"""Return text from data as the value of an attribute in double quotes.

    >>> attribute('say "a"\n<b>')
    'say &quot;a&quot; &lt;b&gt;'
    """
    return _escape(_NO_XML.sub(lambda m: escaped(m[0]), visible(text)), {'"': "&quot;"})


def _case(finding: Finding, waived: str = "") -> str:
    title = f"{shortened(visible(finding.message), MOST_NAME)} ({finding.id})"
    head = f'<testcase classname="{attribute(f"graphalign.{finding.rule}")}" name="{attribute(title)}">'
    message = f'message="{attribute(finding.message)}"'
    if waived:
        body = f"<skipped {message}>{content(visible(waived))}</skipped>"
    elif finding.noted:
        body = f"<skipped {message}>noted: it fires on most of what it judged</skipped>"
    else:
        body = f'<failure type="{finding.severity}" {message}>{content(_told(finding))}</failure>'
    return f"{head}\n{body}\n</testcase>\n"


def _told(finding: Finding) -> str:
    lines = [f"{finding.severity}: {visible(finding.message)}", f"Remedy: {visible(finding.remedy)}"]
    lines += [f"- {visible(e.text)}" + (f" [{visible(str(e.place))}]" if e.place else "") for e in finding.evidence]
    lines += [f"folded: {f.rule} {visible(f.message)}" for f in finding.folded]
    return "\n".join(lines)


def _whole(result: RuleResult) -> str:
    rule = result.rule
    head = f'<testcase classname="graphalign.{attribute(rule.code)}"'
    if result.verdict == "found":
        return f'{head} name="nothing found that another finding does not explain"/>\n'
    if result.verdict == "clean":
        return f'{head} name="nothing found, {counted(result.judged, "subject")} judged"/>\n'
    why = attribute(f"{result.verdict}: {result.missing}" if result.missing else result.verdict)
    return f'{head} name="{result.verdict}">\n<skipped message="{why}"/>\n</testcase>\n'
