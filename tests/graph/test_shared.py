"""Properties that threads share."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from graphalign.graph.shared import projection, shared


class Slow:
    def __init__(self) -> None:
        self.asked, self.go = 0, Event()

    @shared
    def base(self) -> object:
        self.asked += 1
        self.go.wait(10)
        return object()

    @shared
    def twice(self) -> tuple[object, object]:
        return self.base, self.base

    @shared
    def wrong(self) -> object:
        raise ValueError("no")


@projection
def seen(slow: Slow, what: str = "") -> tuple[object, str]:
    if what == "nothing":
        raise ValueError("no")
    slow.asked += 1
    slow.go.wait(10)
    return object(), what


def test_threads_that_ask_for_a_projection_at_the_same_time_get_the_one_value() -> None:
    slow = Slow()
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(seen, slow, "rain") for _ in range(4)]
        slow.go.set()
        assert len({id(answer.result()) for answer in asked}) == 1
    assert slow.asked == 1


def test_a_projection_is_of_one_object_and_of_its_arguments() -> None:
    first, second = Slow(), Slow()
    first.go.set()
    second.go.set()
    assert seen(first) is not seen(second)
    assert seen(first, "rain") is not seen(first, "sun")
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            seen(first, "nothing")


def test_threads_that_ask_at_the_same_time_get_the_one_value() -> None:
    slow = Slow()
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(lambda: slow.twice) for _ in range(4)]
        slow.go.set()
        assert len({id(part) for answer in asked for part in answer.result()}) == 1
    assert slow.asked == 1


def test_each_object_has_its_own_value() -> None:
    first, second = Slow(), Slow()
    first.go.set()
    second.go.set()
    assert first.base is not second.base


def test_what_fails_is_tried_again() -> None:
    slow = Slow()
    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            _ = slow.wrong
