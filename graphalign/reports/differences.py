"""A diff for people and machines: what came, what went, what changed in the graph and what it brought about."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graphalign.errors import UsageError
from graphalign.output import encodable
from graphalign.reports.markdown import escape
from graphalign.reports.wording import shortened, visible
from graphalign.vocabulary import TYPES, counted

if TYPE_CHECKING:
    from graphalign.diff import Diff
    from graphalign.model import Known

MOST_CAUSES = 3
MOST_TEXT = 240
WIDTH = 80
FORMATS = ("text", "json", "md")
Row = Mapping[str, Any]


def render(diff: Diff, name: str, *, limit: int | None = 5) -> str:
    """Return a diff as text, Markdown or JSON.

    Parameters
    ----------
    diff
        What came and went.
    name
        `text`, `md` or `json`.
    limit
        How many findings of a list, and changes of a kind, text and Markdown show; None for all. JSON holds all.

    Raises
    ------
    graphalign.errors.UsageError
        If there is no such format.

    >>> import graphalign as ga
    >>> graph = ga.from_networkx(ga.example())
    >>> render(ga.diff(graph, graph, as_of="2026-06-30"), "text").splitlines()[1][:31]
    'In short: 0 findings new, 0 fix'
    """
    if name not in FORMATS:
        raise UsageError(f"there is no format {name!r}", way_out=f"use {', '.join(FORMATS)}")
    if name == "json":
        return encodable(json.dumps(_document(diff), indent=1, ensure_ascii=False)) + "\n"
    lines = _lines(diff, limit, markdown=name == "md")
    return encodable("\n".join(lines if name == "md" else map(_wrapped, lines))) + "\n"


def _summary(diff: Diff) -> str:
    parts = [
        f"{counted(len(diff.opened), 'finding')} new",
        f"{len(diff.fixed):,} fixed",
        f"{len(diff.open):,} still open",
    ]
    if diff.moved:
        parts.append(f"{len(diff.moved):,} of them more or less severe")
    if diff.waived:
        parts.append(f"{len(diff.waived):,} waived")
    if diff.unjudged:
        parts.append(f"{len(diff.unjudged):,} cannot be told")
    return ", ".join(parts)


def _wrapped(line: str) -> str:
    """Return a line over as many as it takes at 80 columns, each set beneath the text of the first."""
    mark = len(line) - len(line.lstrip(" -"))
    if len(line) <= WIDTH:
        return line
    return textwrap.fill(
        line,
        WIDTH,
        subsequent_indent=" " * mark,
        drop_whitespace=True,
        break_on_hyphens=False,
        replace_whitespace=False,
    )


# --- for people -------------------------------------------------------------------------------------------------------


def _lines(diff: Diff, limit: int | None, *, markdown: bool) -> Iterator[str]:
    def said(text: str) -> str:
        return escape(text, MOST_TEXT) if markdown else shortened(visible(text), MOST_TEXT)

    def heading(text: str) -> list[str]:
        return ["", f"## {text}", ""] if markdown else ["", text.upper()]

    title = f"what changed from {diff.old.as_of} to {diff.new.as_of}"
    yield f"# {title[0].upper()}{title[1:]}" if markdown else f"graphalign: {title} (the as-of dates)"
    yield from (("", f"**{_summary(diff)}**") if markdown else (f"In short: {_summary(diff)}",))
    causes = _causes(diff)
    for name, known in (("new", diff.opened), ("fixed", diff.fixed)):
        if known:
            yield from heading(f"{name} ({len(known):,})")
        for one in known[:limit]:
            yield f"- {one.severity}: {one.rule} {said(one.message)} [{one.id[:8]}]"
            yield from (f"  - {line}" for line in _because(diff, one, causes, said))
        yield from _more(len(known), limit)
    if diff.moved:
        yield from heading(f"more or less severe ({len(diff.moved):,})")
    for before, now in diff.moved[:limit]:
        yield f"- {before.severity} -> {now.severity}: {now.rule} {said(now.message)} [{now.id[:8]}]"
        yield from (f"  - {line}" for line in _because(diff, now, causes, said))
    yield from _more(len(diff.moved), limit)
    for name, known in (("waived now", diff.waived), ("cannot be told: the rule did not judge", diff.unjudged)):
        if known:
            yield from heading(f"{name} ({len(known):,})")
        yield from (f"- {k.severity}: {k.rule} {said(k.message)} [{k.id[:8]}]" for k in known[:limit])
        yield from _more(len(known), limit)
    if diff.open:
        yield from heading(f"still open ({len(diff.open):,})")
        counts: dict[str, int] = {}
        for _, now in diff.open:
            counts[f"{now.rule} {now.name}"] = counts.get(f"{now.rule} {now.name}", 0) + 1
        yield from (f"- {rule}: {n:,}" for rule, n in sorted(counts.items()))
    yield from _graph(diff, limit, said, heading)


def _because(
    diff: Diff, finding: Known, causes: Mapping[str, Sequence[int]], said: Callable[[str], str]
) -> Iterator[str]:
    """Yield what may have brought a finding about, or that it is not told."""
    if diff.changes is None:
        return
    missing = diff.old.missing.get(finding.rule)
    if missing and finding.id not in diff.old.findings:
        yield f"before, the rule could not judge: {said(missing)}"
        return
    rows = causes.get(finding.id, ())
    for at in rows[:MOST_CAUSES]:
        row = diff.changes.row(at, named=True)
        yield f"{row['how']}: {said(_told(row))}"
    if len(rows) > MOST_CAUSES:
        yield f"and {counted(len(rows) - MOST_CAUSES, 'more change')} of what it is about"
    if not rows:
        moved = "" if diff.old.as_of == diff.new.as_of else ": nothing it names changed, but the day did"
        yield f"cause not told{moved}"


def _graph(
    diff: Diff, limit: int | None, said: Callable[[str], str], heading: Callable[[str], list[str]]
) -> Iterator[str]:
    if diff.changes is None:
        yield from heading("changes in the graph")
        yield "- not told: that takes two inputs, and a report holds no graph"
        return
    yield from heading(f"changes in the graph ({diff.changes.height:,})")
    if diff.changes.is_empty():
        yield "- none"
    brought = _brought(diff)
    numbered = diff.changes.with_row_index("at")
    for (_, kind, how), rows in numbered.group_by("what", "kind", "how", maintain_order=True):
        yield f"- {said(str(kind))}: {rows.height:,} {how}"
        # Those that brought something about come first.
        first = rows.sort(~rows["at"].is_in(sorted(brought)), maintain_order=True)
        shown = first if limit is None else first.head(limit)
        for row in shown.iter_rows(named=True):
            about = f"  => {', '.join(brought[row['at']])}" if row["at"] in brought else ""
            yield f"  - {said(_told(row))}{about}"
        if rows.height > shown.height:
            yield f"  - and {rows.height - shown.height:,} more (--all)"


def _told(row: Row) -> str:
    """Return a change as a sentence tells it.

    >>> _told(
    ...     {
    ...         "what": "node",
    ...         "kind": "Goal",
    ...         "name": "Quay",
    ...         "id": "g1",
    ...         "property": "priority",
    ...         "old": "low",
    ...         "new": None,
    ...     }
    ... )
    'Goal Quay: priority low -> not said'
    """
    if row["what"] == "node":
        thing = f"{row['kind']} {row['name']}"
    else:
        verb = TYPES[row["kind"]].verb if row["kind"] in TYPES else row["kind"].lower().replace("_", " ")
        day = f" ({row['date']})" if row["date"] else ""
        thing = f"{row['name']} {verb} {row['target_name']}{day}"
    if row["property"] is None:
        return thing
    before, now = ("not said" if v is None else v for v in (row["old"], row["new"]))
    return f"{thing}: {row['property'].replace('_', ' ')} {before} -> {now}"


def _causes(diff: Diff) -> dict[str, list[int]]:
    result: dict[str, list[int]] = {}
    for at, name in diff.causes.iter_rows():
        result.setdefault(name, []).append(at)
    return result


def _brought(diff: Diff) -> dict[int, list[str]]:
    """Return by change what it may have brought about, in words."""
    words = {k.id: f"{k.rule} new [{k.id[:8]}]" for k in diff.opened}
    words |= {k.id: f"{k.rule} fixed [{k.id[:8]}]" for k in diff.fixed}
    words |= {k.id: f"{k.rule} now {k.severity} [{k.id[:8]}]" for _, k in diff.moved}
    result: dict[int, list[str]] = {}
    for at, name in diff.causes.iter_rows():
        result.setdefault(at, []).append(words[name])
    return {
        at: held if len(held) <= MOST_CAUSES else [*held[:MOST_CAUSES], f"{len(held) - MOST_CAUSES:,} more"]
        for at, held in result.items()
    }


def _more(total: int, limit: int | None) -> Iterator[str]:
    if limit is not None and total > limit:
        yield f"- and {total - limit:,} more (--all)"


# --- for machines -----------------------------------------------------------------------------------------------------


def _document(diff: Diff) -> dict[str, Any]:
    causes = _causes(diff)

    def known(one: Known) -> dict[str, Any]:
        held = {"id": one.id, "rule": one.rule, "name": one.name, "severity": one.severity, "message": one.message}
        return {**held, "subjects": list(one.subjects), "changes": causes.get(one.id, [])}

    changes = None
    if diff.changes is not None:
        changes = [{k: v for k, v in row.items() if v is not None} for row in diff.changes.iter_rows(named=True)]
    return {
        "schema": "urn:graphalign:diff:1",
        "as_of": {"old": diff.old.as_of.isoformat(), "new": diff.new.as_of.isoformat()},
        "new": [known(k) for k in diff.opened],
        "fixed": [known(k) for k in diff.fixed],
        "open": [{**known(now), "severity_before": before.severity} for before, now in diff.open],
        "waived": [known(k) for k in diff.waived],
        "unjudged": [known(k) for k in diff.unjudged],
        # The numbers under `changes` of a finding are positions in this list.
        "changes": changes,
    }
