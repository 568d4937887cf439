"""Reports to render: a graph, rules and findings made by hand, so that what is shown is known to the letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from graphalign.findings import fold, to_findings
from graphalign.graph import AlignmentGraph
from graphalign.model import Counts, ImportReport, Judged, Note, Place, Refusal, Rule, RuleResult, Source
from graphalign.report import Report
from graphalign.settings import Settings

AS_OF = date(2026, 6, 30)
HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "line\nbreak\r\n\ttab",
    "nul\x00 bell\x07 c1\x9b2J",
    "\u202eright to left\u2066\u200f",
    "[bold red]markup[/bold red] [link=http://evil.example]x[/link] :smile:",
    "<script>alert(1)</script> | pipe `tick` **bold** _it_ # head ~~s~~ $x$",
    "# heading",
    "1. list",
    "- item",
    "![img](http://evil.example/x.png) http://evil.example www.evil.example @ana #12 &lt;",
    "{braces} {0} %s ${x}",
    "zalgo" + "\u0301" * 50,
    "港湾当局" * 40,
    "A" * 10_000,
    "\u2028separator\u2029 \ufeffbom",
)


def _never(*_: object) -> Judged:
    raise NotImplementedError


def make_rule(code: str, name: str, subjects: tuple[str, ...], message: str, remedy: str, **fields: Any) -> Rule:
    return Rule(code, name, fields.pop("severity", "medium"), subjects, {"": message}, {"": remedy}, _never, **fields)


RULES = {
    "OWN101": make_rule("OWN101", "unowned-goal", ("goal",), "Nobody is accountable for {goal}.", "Name one owner."),
    "OWN102": make_rule(
        "OWN102",
        "conflicting-ownership",
        ("goal",),
        "{goal} has two owners.",
        "Agree who owns {goal}.",
        supersedes=("OWN101",),
    ),
    "ENG305": make_rule(
        "ENG305", "isolated-stakeholder", ("stakeholder",), "{stakeholder} is alone.", "Involve them.", severity="info"
    ),
    "DAT902": make_rule(
        "DAT902",
        "possible-duplicate",
        ("members",),
        "{members} may be one.",
        "Merge them.",
        severity="info",
        cluster=("a", "members"),
    ),
    "OWN104": make_rule("OWN104", "departed-owner", ("goal",), "", ""),
    "ENG304": make_rule("ENG304", "neglected-key-player", ("stakeholder",), "", ""),
    "OWN111": make_rule("OWN111", "hollow-commitment", ("partner", "goal"), "", ""),
}


def graph_of(
    names: Mapping[str, tuple[str, str]], below: Sequence[tuple[str, str]], data: ImportReport
) -> AlignmentGraph:
    """Return a graph of nodes (id: label, name) and contributions."""
    ids = sorted(names)
    nodes = pl.DataFrame(
        {
            "id": ids,
            "label": [names[i][0] for i in ids],
            "name": [names[i][1] for i in ids],
            "_file": ["alliance.xlsx"] * len(ids),
            "_sheet": ["Goals"] * len(ids),
            "_row": range(2, len(ids) + 2),
            "_key": pl.Series([None] * len(ids), dtype=pl.String),
        }
    ).with_columns(pl.col("_row").cast(pl.UInt32))
    at = {i: n for n, i in enumerate(ids)}
    ends = sorted((at[a], at[b]) for a, b in below)
    edges = pl.DataFrame(
        {"type": ["CONTRIBUTES_TO"] * len(ends), "source": [a for a, _ in ends], "target": [b for _, b in ends]},
        schema={"type": pl.String, "source": pl.UInt32, "target": pl.UInt32},
    )
    return AlignmentGraph(nodes, edges, data)


def report_of(
    graph: AlignmentGraph, rows: Mapping[str, pl.DataFrame], judged: int = 1000, settings: Settings | None = None
) -> Report:
    """Return the report in which the rules found these rows and the other rules ended in the other verdicts."""
    chosen = settings or Settings()
    tables = {code: to_findings(RULES[code], part, judged, chosen) for code, part in rows.items()}
    results = [
        RuleResult(RULES[code], "found", judged=judged, left_out=3, found=t.height) for code, t in tables.items()
    ]
    results += [
        RuleResult(RULES["OWN104"], "clean", judged=7, coverage=0.5),
        RuleResult(RULES["ENG304"], "cannot judge", "no contact between people is recorded: add communications"),
        RuleResult(RULES["OWN111"], "not applicable", "nobody commits to a goal"),
    ]
    return Report(graph, AS_OF, chosen, tuple(results), fold(tables, RULES))


@pytest.fixture
def story() -> Report:
    """A small report with each thing that a report can show."""
    names = {f"g{i}": ("Goal", f"Goal number {i}") for i in range(9)} | {"top": ("Goal", "The top goal")}
    names |= {f"s{i:02}": ("Stakeholder", f"Person {i}") for i in range(12)} | {"p": ("Partner", "Port")}
    data = ImportReport(
        inputs=(Source("alliance.xlsx", "ab" * 32),),
        counts=Counts({"alliance.xlsx": 40}, {"alliance.xlsx": 2}, 90, 1),
        refusals=(
            Refusal(
                "relationship", Place("alliance.xlsx", "RACI", 9), "Bo b", "nobody goes by this name; did you mean Bob?"
            ),
            Refusal("value", Place("alliance.xlsx", "Goals", 4), "31.02.2026", "is no day; write it as 2026-02-28"),
        ),
        notes=(Note("the sheet Legend is no table", Place("alliance.xlsx", "Legend"), "nothing to do", 2),),
        meanings=(("Influence", "power", "alliance.xlsx, sheet People"),),
    )
    graph = graph_of(names, [("g4", "top"), ("g5", "top"), ("g6", "g1")], data)
    rows = {
        "OWN101": pl.DataFrame(
            {
                "goal": ["g0", "g1", "g4", "g5", "g6", "g7"],
                "severity": ["high", "medium", "low", "low", "low", "low"],
            }
        ),
        "OWN102": pl.DataFrame({"goal": ["g0", "g8"], "severity": ["high", None]}),
        "DAT902": pl.DataFrame({"a": ["s00", "s00", "s04"], "members": ["s01", "s02", "s05"]}),
    }
    return report_of(graph, rows)


@pytest.fixture
def noted() -> Report:
    """A report in which a rule fires on nearly all it judged."""
    names = {f"s{i:02}": ("Stakeholder", f"Person {i}") for i in range(12)}
    rows = {"ENG305": pl.DataFrame({"stakeholder": sorted(names)})}
    return report_of(graph_of(names, [], ImportReport()), rows, judged=12)


@pytest.fixture
def hostile() -> Report:
    """A report whose every text from data is hostile."""
    names = {f"g{i:02}": ("Goal", text) for i, text in enumerate(HOSTILE)} | {"top": (HOSTILE[0], HOSTILE[5])}
    data = ImportReport(
        inputs=tuple(Source(t, "00" * 32) for t in HOSTILE),
        counts=Counts(dict.fromkeys(HOSTILE, 1), {HOSTILE[0]: 1}),
        refusals=tuple(Refusal("row", Place(t, t, 1, t), t, t) for t in HOSTILE),
        notes=tuple(Note(t, Place(t), t) for t in HOSTILE),
        meanings=tuple((t, t, t) for t in HOSTILE),
    )
    goals = [i for i in names if i != "top"]
    graph = graph_of(names, [(g, "top") for g in goals], data)
    rows = {
        "OWN101": pl.DataFrame({"goal": goals, "severity": ["low"] * len(goals)}),
        "OWN102": pl.DataFrame({"goal": goals[:8]}),
        "DAT902": pl.DataFrame({"a": [goals[8]] * 6, "members": goals[9:]}),
    }
    return report_of(graph, rows)


@pytest.fixture
def large() -> Callable[[int], Report]:
    """Make a report with so many findings."""

    def made(n: int) -> Report:
        ids = [f"g{i:05}" for i in range(n)]
        graph = graph_of({i: ("Goal", f"Goal {i}") for i in ids}, [], ImportReport())
        return report_of(graph, {"OWN102": pl.DataFrame({"goal": ids})}, judged=10 * n)

    return made
