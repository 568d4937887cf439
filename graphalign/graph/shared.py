"""What is worked out once of an object, also where threads ask for it at the same time: the second waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, wraps
from threading import RLock
from typing import Any, Concatenate, ParamSpec, TypeVar, overload

Of = TypeVar("Of")
T = TypeVar("T")
P = ParamSpec("P")


def projection(function: Callable[Concatenate[Of, P], T]) -> Callable[Concatenate[Of, P], T]:
    """Have a function's result worked out once for each object that it is of, and for each of its further arguments.

    It is to `shared` what a function is to a property.

    >>> class Day:
    ...     pass
    >>> @projection
    ... def news(of: Day, about: str) -> list[str]:
    ...     return [about]
    >>> day = Day()
    >>> news(day, "rain") is news(day, "rain"), news(day, "sun")
    (True, ['sun'])
    """

    @wraps(function)
    def held(of: Of, /, *args: P.args, **named: P.kwargs) -> T:
        results = of.__dict__
        key = f"{function.__module__}.{function.__qualname__} {args} {named}"
        with results.setdefault(f"{key} (lock)", RLock()):
            if key not in results:
                results[key] = function(of, *args, **named)
            result: T = results[key]
            return result

    return held


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
