"""Numbers as people write them: decimal commas, separators of thousands, percentages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

_COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,}))\s*%?")
_POINT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,}))\s*%?")


def decimal_commas(texts: Iterable[str]) -> bool:
    """Return whether a column is written with decimal commas: some value can be read no other way, and none the other.

    >>> decimal_commas(["1,234", "0,5"]), decimal_commas(["1,234", "7"]), decimal_commas(["1,234.5", "0,5"])
    (True, False, False)
    """
    some = [text.strip() for text in texts]
    return any(_COMMA.fullmatch(t) for t in some) and not any(_POINT.fullmatch(t) for t in some)


def number(text: str, *, comma: bool) -> tuple[float | None, bool]:
    """Return a number, and whether it is a percentage; None where the text is none, or not finite.

    Parameters
    ----------
    text
        Such as `1.234,5`, `1,234.5`, `12 %`, `8/10`.
    comma
        Whether the column is written with decimal commas, which settles `1,234` (else 1234) and `1.234`.

    >>> number("1.234,5", comma=False), number("1,234.5", comma=False), number("85 %", comma=False)
    ((1234.5, False), (1234.5, False), (85.0, True))
    >>> number("1,234", comma=False), number("1,234", comma=True), number("nan", comma=False)
    ((1234.0, False), (1.234, False), (None, False))
    """
    word = re.sub(r"[\s'\u00a0\u202f]+(?=\d)", "", text.strip())
    percent = word.endswith("%")
    word = word.removesuffix("%").strip().replace("\u2212", "-")
    word = re.sub(r"\s*(/\s*10|days?|d)$", "", word)
    if not re.fullmatch(r"[+-]?\d[\d.,]*(e[+-]?\d{1,3})?", word):
        return None, percent
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", word) and ("," in word or comma or word.count(".") > 1):
        word = word.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", word) and ("." in word or not comma or word.count(",") > 1):
        word = word.replace(",", "")
    elif re.fullmatch(r"[+-]?\d+,\d+", word):
        word = word.replace(",", ".")
    try:
        value = float(word)
    except ValueError:
        return None, percent
    return (value if math.isfinite(value) else None), percent
