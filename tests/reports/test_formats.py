"""The reports by format name."""

from __future__ import annotations

import pytest

from graphalign import document
from graphalign.errors import UsageError
from graphalign.report import Report
from graphalign.reports import FORMATS, Shown, markdown, render, terminal


def test_each_format_is_found_by_its_name(story: Report) -> None:
    shown = Shown(width=60, limit=2)
    assert "".join(render(story, "terminal", shown)) == terminal.render(story, width=60, limit=2)
    assert "".join(render(story, "md", shown)) == markdown.render(story, limit=2)
    assert "".join(render(story, "json", shown)) == document.render(story)


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_ends_with_a_line_break(story: Report, name: str) -> None:
    assert "".join(render(story, name)).endswith("\n")


def test_an_unknown_format_is_told_with_those_there_are(story: Report) -> None:
    with pytest.raises(UsageError, match="terminal, json, md"):
        render(story, "pdf")
