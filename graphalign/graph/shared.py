"""Properties that are worked out once, also where threads ask for one at the same time: the second waits."""

from __future__ import annotations

from functools import cached_property
from threading import RLock
from typing import Any, TypeVar, overload

T = TypeVar("T")


class shared(cached_property[T]):  # noqa: N801 (it is read as what it extends)
    """A cached property with a lock for each object, as `functools.cached_property` has had none since Python 3.12.

    Locks are taken in the order in which properties build on each other, so that nobody waits for somebody who waits.

    >>> class Day:
    ...     @shared
    ...     def news(self) -> list[str]:
    ...         return ["rain"]
    >>> day = Day()
    >>> day.news is day.news
    True
    """

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> shared[T]: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T: ...
    def __get__(self, instance: object | None, owner: type[Any] | None = None) -> shared[T] | T:
        """Return the value, working it out if nobody has."""
        if instance is None:
            return self
        lock = instance.__dict__.setdefault(f"{self.attrname} (lock)", RLock())
        with lock:
            return super().__get__(instance, owner)
