"""The report for a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from graphalign.model import ImportReport, Place, Refusal
from graphalign.report import Report
from graphalign.reports.terminal import _wrapped, render

from .conftest import graph_of, report_of


def after(text: str, heading: str) -> str:
    return text[text.index(heading) :]


def test_findings_stand_worst_first_and_the_counts_close_the_report(story: Report) -> None:
    text = render(story)
    places = [text.index(word) for word in ("WHAT WAS READ", "REFUSED", "HIGH", "MEDIUM", "LOW", "INFO", "VERDICTS")]
    assert places == sorted(places)
    assert text.splitlines()[-1] == "1 high, 2 medium, 4 low, 2 info, 1 folded; 1 rule cannot judge"


def test_a_finding_shows_its_evidence_its_id_and_its_remedy(story: Report) -> None:
    high = after(render(story), "HIGH").split("MEDIUM")[0]
    finding = story.findings[0]
    assert f"  - 'Goal number 0' has two owners. [{finding.id[:8]}]" in high
    assert "alliance.xlsx, sheet Goals, row 2: Goal 'Goal number 0'" in high
    assert "Remedy: Agree who owns 'Goal number 0'." in high


def test_a_folded_finding_is_a_line_beneath_its_cause_and_nowhere_else(story: Report) -> None:
    text = render(story)
    assert "\n      also explains: OWN101 unowned-goal\n" in text
    assert "Nobody is accountable for 'Goal number 0'." not in text


def test_low_unowned_goals_are_one_line_a_parent(story: Report) -> None:
    low = after(render(story), "LOW")
    assert '  - below "The top goal" (2): Goal number 4, Goal number 5\n' in low
    assert '  - below "Goal number 1" (1): Goal number 6\n' in low
    assert "  - no goal above (1): Goal number 7\n" in low


def test_a_rule_shows_no_more_findings_than_the_limit_and_says_how_many_it_holds_back(
    large: Callable[[int], Report],
) -> None:
    report = large(20)
    text = render(report, limit=3)
    assert text.count("has two owners") == 3
    assert "and 17 more: --all" in text
    assert render(report, limit=3, show_all=True).count("has two owners") == 20


def test_a_limit_of_nothing_still_says_how_many_there_are(story: Report) -> None:
    text = render(story, limit=0)
    assert "has two owners" not in text
    assert "OWN102 conflicting-ownership: 1 high" in text


def test_a_remedy_that_findings_share_but_for_the_names_in_it_is_told_once(large: Callable[[int], Report]) -> None:
    text = render(large(4))
    assert text.count("Remedy:") == 1
    assert "  Remedy: Agree who owns the goal.\n" in text


def test_of_goals_with_one_name_it_is_said_which_is_meant() -> None:
    names = {
        "a": ("Goal", "Review"),
        "b": ("Goal", "Review"),
        "c": ("Goal", "Only one"),
        "top": ("Goal", "The top goal"),
    }
    graph = graph_of(names, [("a", "top")], ImportReport())
    text = render(report_of(graph, {"OWN102": pl.DataFrame({"goal": ["a", "b", "c"]})}))
    assert text.count("the one") == 2
    assert "'Review' has two owners. [" in text
    assert '      goal: the one below "The top goal"\n' in text
    assert "      goal: the one with the id b\n" in text


def test_names_that_repeat_in_a_line_are_there_once_with_their_number() -> None:
    names = {f"s{i:02}": ("Stakeholder", "Kim" if i < 3 else f"Person {i}") for i in range(12)}
    report = report_of(
        graph_of(names, [], ImportReport()), {"ENG305": pl.DataFrame({"stakeholder": sorted(names)})}, judged=12
    )
    assert "12 info: Kim (x3), Person 3, Person 4 and 7 more" in render(report, width=120)


def test_a_report_without_findings_says_how_many_rules_are_clean() -> None:
    text = render(report_of(graph_of({"a": ("Goal", "A")}, [], ImportReport()), {}))
    assert text.splitlines()[-1] == "nothing found (1 rule clean); 1 rule cannot judge"


def test_findings_in_one_line_tell_each_remedy_with_how_many_it_is_for(noted: Report) -> None:
    rule = replace(noted.rules["ENG305"], remedy={"": "Ask {stakeholder}.", "far": "Visit {stakeholder}."})
    results = (replace(noted.results[0], rule=rule), *noted.results[1:])
    cases = pl.when(pl.col("stakeholder") < "s03").then(pl.lit("far")).otherwise(pl.lit(""))
    tables = {"ENG305": noted.tables["ENG305"].with_columns(cases.alias("case"))}
    text = render(Report(noted.graph, noted.as_of, noted.settings, results, tables))
    assert "    Remedy for 9: Ask the stakeholder.\n    Remedy for 3: Visit the stakeholder.\n" in text


def test_a_cluster_is_told_by_its_names(story: Report) -> None:
    assert "DAT902 possible-duplicate: 2: Person 0 = Person 1 = Person 2, Person 4 =" in render(story)


def test_findings_that_are_custom_are_one_line_a_rule(noted: Report) -> None:
    text = render(noted)
    assert "ENG305 isolated-stakeholder: 12 info: Person 0, Person 1" in text
    assert "and 7 more" in text
    assert text.splitlines()[1] == "In short: 12 noted; 1 rule cannot judge"


def test_the_account_of_what_was_read_adds_up_and_names_what_was_refused(story: Report) -> None:
    text = render(story)
    assert "40 rows read = 38 kept + 2 refused" in text
    assert 'alliance.xlsx, sheet RACI, row 9: relationship "Bo b": nobody goes by this' in text


def test_refusals_for_one_reason_are_told_once_and_the_rest_counted() -> None:
    place = [Place("goals.csv", row=n) for n in range(2, 12)]
    alike = tuple(Refusal("value", p, "soon", "is no day") for p in place)
    other = tuple(Refusal("row", p, f"x{p.row}", f"the id x{p.row} is there already") for p in place)
    graph = graph_of({"a": ("Goal", "A")}, [], ImportReport(refusals=other + alike))
    refused = after(render(report_of(graph, {}), limit=3), "REFUSED - 20 things").split("VERDICTS")[0]
    assert refused.splitlines()[1:3] == [
        '  - goals.csv, row 2: value "soon": is no day',
        "    and 9 more for this reason",
    ]
    assert refused.count("already") == 2
    assert "  and 8 more: --all" in refused
    assert render(report_of(graph, {}), show_all=True).count("goals.csv, row") == 20


def test_every_rule_has_its_verdict(story: Report) -> None:
    verdicts = after(render(story), "VERDICTS")
    for code in story.rules:
        assert code in verdicts
    assert "clean (of how many judged): OWN104 departed-owner (7, contact known of 50%)" in verdicts
    assert "no contact between people is recorded: add communications\n      ENG304" in verdicts
    assert "nobody commits to a goal\n      OWN111" in verdicts
    assert "proposed goals left out: 3 (by OWN101, OWN102, DAT902)" in verdicts


def test_headings_and_words_are_explained_when_asked(story: Report) -> None:
    assert '"Influence" -> power (alliance.xlsx, sheet People)' in render(story, explain_import=True)
    assert "Influence" not in render(story)


@pytest.mark.parametrize("width", [40, 80, 132])
@pytest.mark.parametrize("show_all", [False, True])
def test_no_line_is_wider_than_asked_whatever_the_data_says(hostile: Report, width: int, *, show_all: bool) -> None:
    text = render(hostile, width=width, show_all=show_all, explain_import=True)
    assert max(cell_len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("color", [False, True])
def test_nothing_in_the_data_reaches_the_terminal_as_a_command(hostile: Report, *, color: bool) -> None:
    text = render(hostile, show_all=True, explain_import=True, color=color)
    own = re.sub(r"\x1b\[[0-9;]*m", "", text) if color else text
    found = {c for c in own if unicodedata.category(c) in ("Cc", "Cf", "Cs")}
    assert found == {"\n"}
    assert "\\x1b[31mred" in own


def test_markup_in_data_is_shown_not_obeyed(hostile: Report) -> None:
    text = render(hostile, show_all=True, color=True, width=200)
    assert "[bold red]markup[/bold red] [link=http://evil.example]x[/link] :smile:" in text


def test_colour_changes_no_word(story: Report) -> None:
    colored = render(story, color=True)
    assert colored != render(story)
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == render(story)


def test_a_name_of_ten_thousand_characters_is_shortened_at_both_ends(hostile: Report) -> None:
    text = render(hostile, show_all=True)
    assert "A" * 400 not in text.replace("\n", "").replace(" ", "")
    assert "AAA..." in text


def test_two_renders_are_equal(hostile: Report) -> None:
    assert render(hostile, color=True) == render(hostile, color=True)


def test_five_thousand_findings_are_all_shown_when_asked(large: Callable[[int], Report]) -> None:
    assert render(large(5000), show_all=True).count("has two owners") == 5000


WORDS = st.lists(st.text("abc\u4e2d\u6587\u0301\U0001f600", min_size=1, max_size=30), max_size=8)


@given(WORDS, st.integers(2, 20))
def test_lines_break_between_words_and_within_one_that_is_longer_than_a_line(words: list[str], width: int) -> None:
    lines = _wrapped(" ".join(words), width)
    assert all(cell_len(line) <= width and line == line.strip() for line in lines)
    assert "".join("".join(lines).split()) == "".join(words), "nothing is lost"
    whole = [word for word in words if cell_len(word) <= width]
    assert set(whole) <= set(" ".join(lines).split()), "a word that fits is not broken"


@given(WORDS, st.integers(2, 20))
def test_lines_break_where_rich_breaks_them_when_every_word_fits(words: list[str], width: int) -> None:
    text = " ".join(word for word in words if cell_len(word) <= width)
    theirs = Text(text).wrap(Console(width=width), width, overflow="fold")
    assert _wrapped(text, width) == [line.plain.rstrip() for line in theirs]
