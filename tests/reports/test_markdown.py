"""The report as Markdown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from graphalign.report import Report
from graphalign.reports.markdown import escape, render
from graphalign.reports.wording import visible

from .conftest import HOSTILE

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# What this report is made of; anything else would come from the data.
OURS = {"heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td", "inline"}
OURS_INLINE = {"text", "text_special", "code_inline", "strong", "softbreak"}


def kinds(tokens: list[Token]) -> set[str]:
    return {t.type.removesuffix("_open").removesuffix("_close") for t in tokens}


def test_findings_stand_worst_first_with_evidence_and_remedy(story: Report) -> None:
    text = render(story)
    places = [text.index(f"\n## {word}") for word in ("What was read", "High", "Medium", "Low", "Info", "Verdicts")]
    assert places == sorted(places)
    assert f"- 'Goal number 0' has two owners. `{story.findings[0].id}`" in text
    assert "  - alliance.xlsx, sheet Goals, row 2: Goal 'Goal number 0'" in text
    assert "  - also explains OWN101 unowned-goal: Nobody is accountable for 'Goal number 0'." in text
    assert (
        "| ENG304 neglected-key-player | cannot judge |  | no contact between people is recorded: add communications |"
        in text
    )


def test_nothing_in_the_data_becomes_markup(hostile: Report) -> None:
    tokens = MARKDOWN.parse(render(hostile, show_all=True, explain_import=True))
    assert kinds(tokens) <= OURS
    inline = [child for t in tokens for child in t.children or []]
    assert kinds(inline) <= OURS_INLINE
    assert not [t for t in tokens if t.type == "heading_open" and t.tag not in ("h1", "h2", "h3")]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    (inline,) = [t for t in MARKDOWN.parse("- " + escape(text, 20_000)) if t.type == "inline"]
    assert "".join(t.content for t in inline.children or []) == visible(text)


def test_no_link_mention_or_issue_number_comes_of_data() -> None:
    text = escape("http://evil.example www.evil.example @ana #12 &lt;")
    assert not [word for word in ("://", "www.", "@", "#1", "&lt") if word in text]


def test_a_rule_shows_no_more_findings_than_the_limit(large: Callable[[int], Report]) -> None:
    report = large(20)
    assert render(report).count("has two owners") == 5
    assert "- and 15 more (`--all`)" in render(report)
    assert render(report, show_all=True).count("has two owners") == 20


def test_headings_and_words_are_explained_when_asked(story: Report) -> None:
    assert "| Influence | power | alliance.xlsx, sheet People |" in render(story, explain_import=True)


def test_two_renders_are_equal(hostile: Report) -> None:
    assert render(hostile) == render(hostile)
