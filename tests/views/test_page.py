"""The page as text and in the browser: what it may load and run, what it holds, how large it is."""

from __future__ import annotations

import pytest

from tests.views.conftest import Open

EVERY = ("harbour", "rust-goals", "two-startups", "clean", "hostile", "5000")


@pytest.mark.parametrize("sample", EVERY)
def test_the_page_opens_without_a_word_in_the_console(opened: Open, sample: str) -> None:
    page = opened(sample)
    assert page.title() == sample
