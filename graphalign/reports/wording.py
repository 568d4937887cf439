"""How reports put data and numbers into words: hostile text harmless, long text short, counts as people say them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

ELLIPSIS = "..."
# Joiners are spelling in Persian and Hindi and in emoji; the other format characters only hide or turn text round.
_JOINERS = "\u200c\u200d"
_SUSPECT = re.compile(r"[^\x20-\x7e]|  ")
_SPACE = re.compile(r"\s+")
# At most this many combining marks in a row: more would climb over neighbouring lines.
_MOST_MARKS = 4


def visible(text: str) -> str:
    r"""Return text from data on one line, with nothing in it that a terminal or a reader's eye would obey.

    White space becomes single spaces; control characters, escape sequences, text-direction marks and lone surrogates
    are written as escapes.

    >>> visible("red\x1b[31m \u202eevil\n name")
    'red\\x1b[31m \\u202eevil name'
    """
    if not _SUSPECT.search(text):
        return text.strip()
    result: list[str] = []
    marks = 0
    for c in _SPACE.sub(" ", text).strip():
        kind = unicodedata.category(c)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind in ("Cc", "Cs") or (kind == "Cf" and c not in _JOINERS):
            result.append(escaped(c))
        elif marks <= _MOST_MARKS:
            result.append(c)
    return "".join(result)


def escaped(character: str) -> str:
    r"""Return a character as an escape.

    >>> escaped("\x00")
    '\\x00'
    """
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def shortened(text: str, most: int) -> str:
    """Return text of at most `most` characters: its two ends where it is longer, as the point is often at the end.

    >>> shortened("a very long name indeed", 15)
    'a very l...deed'
    """
    if len(text) <= most:
        return text
    tail = (most - len(ELLIPSIS)) // 3
    return text[: most - len(ELLIPSIS) - tail] + ELLIPSIS + text[len(text) - tail :]


def listed(names: Sequence[str], rest: int) -> str:
    """Return names as a sentence lists them, the rest as a number.

    >>> listed(["a", "b"], 3), listed(["a", "b"], 0)
    ('a, b and 3 more', 'a, b')
    """
    return ", ".join(names) + (f" and {rest:,} more" if rest > 0 else "")
