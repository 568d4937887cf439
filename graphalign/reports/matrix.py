"""The alignment matrix as text, JSON, Markdown and CSV, and the story of one pair."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import polars as pl

from graphalign.alignment import PARTS
from graphalign.alignment.story import Story, tell
from graphalign.reports.wording import visible

if TYPE_CHECKING:
    from graphalign.alignment import Alignment

SHORT = ("agenda", "priorities", "harm", "roles", "coordination", "contact", "measurement")
PERCENT = ("clear_roles", "coordination", "shared_measurement")


def text(matrix: Alignment, *, width: int = 80, limit: int | None = 20) -> str:
    """Return the matrix for a terminal: a heading a pair, then its seven parts with value and level."""
    lines = [
        f"graphalign: alignment of partners as of {matrix.facts.as_of}",
        *_wrapped(_summary(matrix, limit), "", width),
        "",
    ]
    for a, b, poor, watch, patterns in matrix.pairs.head(limit or matrix.pairs.height).iter_rows():
        one, other = (visible(str(matrix.graph.names[n])) for n in (a, b))
        counts = ", ".join(f"{n} {word}" for n, word in ((poor, "poor"), (watch, "to watch")) if n)
        lines += _wrapped(
            f"{one} + {other}: {counts or 'nothing poor'}{''.join(f'; {p}' for p in patterns)}", "", width
        )
        cells = [
            f"{short} {_cell(part, row)}" for short, (part, row) in zip(SHORT, matrix.row(a, b).items(), strict=True)
        ]
        lines += _wrapped(" | ".join(cells), "  ", width)
    return "\n".join(lines) + "\n"


def _summary(matrix: Alignment, limit: int | None) -> str:
    n = matrix.pairs.height
    if not n:
        return "There are fewer than two partners, so there is nothing to compare."
    shown = f", the first {limit} shown (--all shows all)" if limit and n > limit else ""
    return f"{n:,} pairs of partners, least aligned first{shown}; --pair tells the story of one"


def _cell(part: str, row: dict[str, Any]) -> str:
    if row["level"] == "cannot judge":
        return "?"
    value = row["value"]
    shown = (
        "never"
        if value is None
        else f"{value} d"
        if part == "contact"
        else f"{value:.0%}"
        if part in PERCENT
        else f"{value:.2f}"
    )
    return f"{shown} {row['level']}"


def _wrapped(line: str, indent: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(
        line,
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=True,
        break_on_hyphens=False,
    )


def story_text(told: Story, *, as_of: object, width: int = 80) -> str:
    """Return the story of a pair for a terminal."""
    one, other = (visible(n) for n in told.names)
    lines = _wrapped(f"{one} and {other}, as of {as_of}", "", width)
    for pattern in told.patterns:
        lines += _wrapped(pattern, "  ! ", width)
    for number, chapter in enumerate(told.chapters, 1):
        lines += ["", *_wrapped(f"{number}. {chapter.title} - {chapter.level}", "", width)]
        lines += _wrapped(visible(chapter.sentence), "   ", width)
        for detail in chapter.details:
            lines += _wrapped(f"- {visible(detail)}", "   ", width)
    lines += ["", "DO FIRST"]
    lines += [
        line for n, action in enumerate(told.first, 1) for line in _wrapped(f"{n}. {visible(action)}", "  ", width)
    ]
    return "\n".join([*lines, *([] if told.first else ["  Nothing is poor or to watch."])]) + "\n"


def record(matrix: Alignment, pair: dict[str, Any]) -> dict[str, Any]:
    """Return a row of `pairs` with its parts as JSON holds them: ids in place of node indices."""
    a, b = pair["a"], pair["b"]
    parts = {}
    for part, row in matrix.row(a, b).items():
        schema = matrix.parts[part].schema
        parts[part] = {k: _plain(matrix, v, schema[k]) for k, v in row.items() if k not in ("a", "b")}
    ids = matrix.graph.ids
    return {
        "partner": ids[a],
        "other": ids[b],
        "poor": pair["poor"],
        "watch": pair["watch"],
        "patterns": pair["patterns"],
        "parts": parts,
    }


def _plain(matrix: Alignment, value: Any, dtype: pl.DataType) -> Any:  # noqa: ANN401 (a cell of any type)
    if value is None:
        return None
    if dtype == pl.UInt32:
        return matrix.graph.ids[value]
    if isinstance(dtype, pl.List):
        return [_plain(matrix, v, dtype.inner) for v in value]  # type: ignore[arg-type]
    return value.isoformat() if dtype == pl.Date else value


def as_json(matrix: Alignment) -> str:
    """Return the matrix as JSON, every pair."""
    pairs = [record(matrix, row) for row in matrix.pairs.iter_rows(named=True)]
    whole = {"schema": "graphalign-alignment/1", "as_of": matrix.facts.as_of.isoformat(), "pairs": pairs}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def story_json(matrix: Alignment, a: int, b: int) -> str:
    """Return one pair as JSON: its parts and its story."""
    told = tell(matrix, a, b)
    pair = matrix.pairs.row(by_predicate=(pl.col("a") == a) & (pl.col("b") == b), named=True)
    chapters = {c.part: {"sentence": c.sentence, "details": list(c.details)} for c in told.chapters}
    whole = {
        "as_of": matrix.facts.as_of.isoformat(),
        **record(matrix, pair),
        "story": chapters,
        "first": list(told.first),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_markdown(matrix: Alignment) -> str:
    """Return the matrix as a Markdown table, every pair."""
    from graphalign.reports.markdown import escape

    head = ["partner", "other", *(title for title, _ in PARTS.values()), "patterns"]
    lines = [
        f"# Alignment of partners as of {matrix.facts.as_of}",
        "",
        f"| {' | '.join(head)} |",
        "|---" * len(head) + "|",
    ]
    for a, b, patterns in matrix.pairs.select("a", "b", "patterns").iter_rows():
        names = [escape(str(matrix.graph.names[n])) for n in (a, b)]
        cells = [_cell(part, row) for part, row in matrix.row(a, b).items()]
        lines.append(f"| {' | '.join([*names, *cells, ', '.join(patterns)])} |")
    return "\n".join(lines) + "\n"


def as_csv(matrix: Alignment) -> str:
    """Return the matrix as CSV, every pair; no cell starts a formula in a spreadsheet."""
    frame = matrix.to_frame().with_columns(pl.col("patterns").list.join("; "))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(frame.columns)
    for row in frame.iter_rows():
        writer.writerow(
            [f"'{v}" if isinstance(v, str) and v.startswith(("=", "+", "-", "@", "\t", "\r")) else v for v in row]
        )
    return out.getvalue()
