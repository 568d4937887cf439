"""Days as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EITHER = re.compile(r"(\d{1,2})[/\-](\d{1,2})[/\-](\d{4})(?:[ t].*)?")


def day_first(texts: Iterable[str]) -> tuple[bool, bool]:
    """Return whether a column writes 1/9/2026 for the first of September, and whether its other values say so.

    >>> day_first(["1/9/2026", "13/9/2026"]), day_first(["1/9/2026", "9/13/2026"]), day_first(["1/9/2026"])
    ((True, True), (False, True), (True, False))
    """
    pairs = [(int(m[1]), int(m[2])) for m in (_EITHER.fullmatch(t.strip().casefold()) for t in texts) if m]
    day_led, month_led = any(a > 12 for a, _ in pairs), any(b > 12 for _, b in pairs)
    return day_led or not month_led, day_led != month_led


def day(text: str, *, first: bool) -> date | None:  # noqa: PLR0911 (one line a form)
    """Return a day, None where the text is none or the day is impossible.

    Parameters
    ----------
    text
        A text in lower case.
    first
        Whether 1/9/2026 is the first of September, where either is possible.

    >>> [day(t, first=True) for t in ("1.9.2026", "sep 1, 2026", "2026/9/1", "46266", "31.2.2026")]
    [datetime.date(2026, 9, 1), datetime.date(2026, 9, 1), datetime.date(2026, 9, 1), datetime.date(2026, 9, 1), None]
    """
    word = "-".join(text.split())
    if re.fullmatch(r"\d{5}(\.\d+)?", word):
        serial = float(word)
        return date(1899, 12, 30) + timedelta(days=int(serial)) if 20000 <= serial <= 80000 else None
    time = r"(?:[t\-]+\d{1,2}:\d{2}.*)?"
    if m := re.fullmatch(rf"(\d{{4}})[\-/.](\d{{1,2}})[\-/.](\d{{1,2}}){time}", word):
        return _day(m[1], m[2], m[3])
    if m := re.fullmatch(rf"(\d{{1,2}})\.-?(\d{{1,2}})\.-?(\d{{4}}){time}", word):
        return _day(m[3], m[2], m[1])
    if m := re.fullmatch(rf"(\d{{1,2}})[/\-](\d{{1,2}})[/\-](\d{{4}}){time}", word):
        a, b = (m[1], m[2]) if first else (m[2], m[1])
        return _day(m[3], b, a) or _day(m[3], a, b)
    if m := re.fullmatch(rf"(\d{{1,2}})(?:st|nd|rd|th)?[.\-]+([a-z]+)[.,\-]+(\d{{4}}){time}", word):
        return _named(m[3], m[2], m[1])
    if m := re.fullmatch(rf"([a-z]+)[.\-]+(\d{{1,2}})(?:st|nd|rd|th)?[,\-]+(\d{{4}}){time}", word):
        return _named(m[3], m[1], m[2])
    return None


def _named(year: str, month: str, of_month: str) -> date | None:
    full = (
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    )
    at = MONTHS.index(month[:3]) if month[:3] in MONTHS else -1
    return (
        _day(year, str(at + 1), of_month)
        if at >= 0 and full[at].startswith("sep" if month == "sept" else month)
        else None
    )


def _day(year: str, month: str, of_month: str) -> date | None:
    try:
        found = date(int(year), int(month), int(of_month))
    except ValueError:
        return None
    return found if found.year >= 1000 else None
