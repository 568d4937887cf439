"""What is being done, on stderr, when stderr is a terminal and the work takes over a second."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from threading import Lock, Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

PATIENCE = 1.0


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None] | None]:
    """Give a function to be told what is being done; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    display = _Display()
    timer = Timer(PATIENCE, display.show)
    timer.daemon = True
    timer.start()
    try:
        yield display.tell
    finally:
        timer.cancel()
        display.close()


class _Display:
    """One line that appears late and goes when the work is done."""

    def __init__(self) -> None:
        self._doing = "working"
        self._status: Status | None = None
        self._closed = False
        self._lock = Lock()

    def tell(self, doing: str) -> None:
        from graphalign.reports.wording import visible

        with self._lock:
            self._doing = visible(doing)
            if self._status:
                self._status.update(self._text())

    def show(self) -> None:
        from rich.console import Console

        with self._lock:
            if not self._closed:
                self._status = Console(stderr=True).status(self._text())
                self._status.start()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            if self._status:
                self._status.stop()

    def _text(self) -> str:
        from rich.markup import escape

        return escape(self._doing)
