"""Words, numbers and dates as people write them, each distinct one understood once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from graphalign.errors import SettingsError
from graphalign.graph.dates import day, day_first
from graphalign.graph.extras import as_extra
from graphalign.graph.numbers import decimal_commas, number
from graphalign.vocabulary import DIMENSIONS, ENGAGEMENT, GOAL_STATUS, PERSON_STATUS, PRIORITY, Kind, Property

if TYPE_CHECKING:
    from graphalign.settings import Settings

POLARS: Mapping[Kind, pl.DataType] = {
    "text": pl.String(),
    "word": pl.String(),
    "number": pl.Float64(),
    "level": pl.Float64(),
    "integer": pl.Int64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
}
LEVELS = {
    **dict.fromkeys(("low", "l"), 2.0),
    **dict.fromkeys(("medium", "med", "mid", "moderate", "m"), 5.0),
    **dict.fromkeys(("high", "h"), 8.0),
    "very low": 1.0,
    "very high": 9.0,
}
YES, NO = ("yes", "y", "true", "t", "x", "1", "1.0", "✓", "✔"), ("no", "n", "false", "f", "0", "0.0")
FIRST_DAY = date(1000, 1, 1)
DAYS = {"daily": 1, "weekly": 7, "biweekly": 14, "fortnightly": 14, "monthly": 30, "quarterly": 91, "yearly": 365}
DROPPED = (
    "not accepted",
    "rejected",
    "withdrawn",
    "canceled",
    "cancelled",
    "deferred",
    "replaced",
    "superseded",
    "archived",
)
DONE = ("complete", "completed", "finished", "implemented", "closed", "achieved")
PROPOSED = ("provisional", "draft", "planned")
ACTIVE = ("in progress", "ongoing", "open", "started", "accepted", "approved", "on track", "current")
GOAL_WORDS = {
    **{word: word for word in GOAL_STATUS},
    **dict.fromkeys(DROPPED, "dropped"),
    **dict.fromkeys(DONE, "done"),
    **dict.fromkeys(PROPOSED, "proposed"),
    **dict.fromkeys(ACTIVE, "active"),
}
PERSON_WORDS = {"active": "active", "left": "left", "retired": "left", "former": "left"}


def _said(**words: str) -> dict[str, str]:
    return {word: meaning.replace("_", " ") for meaning, several in words.items() for word in several.split(", ")}


WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": _said(person="person, individual, people", group="group, team, committee, board, body"),
    "engagement": {
        **{w: w for w in ENGAGEMENT},
        **_said(leading="champion, lead, leader", supportive="supporter, support", neutral="indifferent"),
        **_said(resistant="resistor, opposed, blocker", unaware="not aware"),
    },
    "priority": {
        **{w: w for w in PRIORITY},
        **_said(low="l", medium="m, med, moderate, normal", high="h", critical="very high, urgent"),
    },
    "direction": {
        **_said(up="up, higher, increase, maximise, maximize, higher is better"),
        **_said(down="down, lower, decrease, reduce, minimise, minimize, lower is better"),
        **_said(keep="keep, maintain, hold, stable"),
    },
    "dimension": {w.replace("_", " "): w for w in DIMENSIONS},
}


@dataclass
class Understood:
    """A column as it was understood: its values, and what became of those that were not canonical.

    `refused` maps a text to why it is no value; `taken` maps a text to what it was taken for; `said` holds
    remarks on the whole column, each with the way out.
    """

    values: pl.Series
    refused: dict[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    said: list[tuple[str, str]] = field(default_factory=list)

    @property
    def as_said(self) -> bool:
        """Whether the values are texts, each as it was written."""
        return self.values.dtype == pl.String and not self.refused and not self.taken


def plain(text: str) -> str:
    """Return a word as it is looked up: lower case, hyphens and underscores and runs of spaces as one space.

    >>> plain("  On-track "), plain("customer_satisfaction")
    ('on track', 'customer satisfaction')
    """
    return re.sub(r"[\s_\-]+", " ", text).strip().casefold()


def understand(column: pl.Series, name: str, prop: Property, settings: Settings) -> Understood:
    """Return a column as typed values of a property of the vocabulary.

    Parameters
    ----------
    column
        Text as written, or values that have a type already (which are only checked).
    name
        The property's name.
    prop
        What its values must be.
    settings
        Further words (`[words.status]`) and scales (`[scales] power = "1-5"`).

    Returns
    -------
    Understood
        Values of the type `POLARS[prop.kind]`, null where the input was empty or is refused.

    >>> from graphalign.settings import Settings
    >>> level = Property("level", "how much", low=0, high=10)
    >>> found = understand(pl.Series(["high", "7,5", "85%", "12", None]), "power", level, Settings())
    >>> found.values.to_list(), found.refused
    ([8.0, 7.5, 8.5, None, None], {'12': 'must be 0 to 10'})
    """
    scale = settings.scales.get(name)
    if prop.kind == "word":
        return _words(_text(column), name, prop, settings, scale)
    if prop.kind == "boolean":
        return _mapped(
            column, pl.Boolean(), None, {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}.get, "write yes or no"
        )
    if prop.kind == "date":
        return _dates(column)
    if prop.kind == "text":
        return Understood(_text(column))
    return _numbers(column, name, prop, scale)


def understand_status(column: pl.Series, label: str, settings: Settings) -> Understood:
    """Return a status column of goals, responsibilities or people; an unknown word is active, and said."""
    person = label == "Stakeholder"
    known = PERSON_WORDS if person else GOAL_WORDS
    allowed = PERSON_STATUS if person else GOAL_STATUS
    more = {plain(k): v for k, v in settings.words.get("status", {}).items() if v in allowed}
    _check_words("status", settings, (*GOAL_STATUS, *PERSON_STATUS))
    table = {**known, **more}
    found = _mapped(_text(column), pl.String(), None, lambda text: table.get(text, "active"), "")
    for text in found.taken:
        if plain(text) not in table:
            found.said.append(
                (
                    f"the status {text!r} of a {label} is not known and was read as active",
                    f'[words.status] "{plain(text)}" = "{allowed[-1]}"',
                )
            )
    return found


def _text(column: pl.Series) -> pl.Series:
    if column.dtype == pl.String:
        return column
    if column.dtype.is_nested() or column.dtype == pl.Object:
        return as_extra(column)
    return column.cast(pl.String, strict=False)


def _mapped(
    column: pl.Series,
    dtype: pl.DataType,
    fast: pl.Series | None,
    look: Callable[[str], object],
    way_out: str | Callable[[str], str],
    key: Callable[[str], str] = plain,
) -> Understood:
    """Apply `look` to each distinct text that `fast` left null; what it leaves None is refused."""
    if column.dtype == dtype and dtype != pl.String():
        return Understood(column)
    text = _text(column)
    values = pl.Series(column.name, [None], dtype=dtype).new_from_index(0, len(column)) if fast is None else fast
    found = Understood(values)
    if values.null_count() == text.null_count():
        return found
    distinct = sorted(_left(text, values).unique().to_list())
    became: dict[str, object] = {}
    for word in distinct:
        value = look(key(word))
        if value is None:
            found.refused[word] = way_out(word) if callable(way_out) else way_out
        else:
            became[word] = value
            if str(value) != word:
                found.taken[word] = str(value)
    if fast is None and dtype == pl.String() and not found.refused and not found.taken:
        found.values = text.rename(column.name)  # every word is the one it stands for
    elif became:
        new = pl.Series("new", list(became.values()), dtype=dtype)
        later = text.replace_strict(pl.Series(list(became), dtype=pl.String), new, default=None, return_dtype=dtype)
        found.values = later.rename(column.name) if fast is None else values.zip_with(values.is_not_null(), later)
    return found


def _left(text: pl.Series, values: pl.Series) -> pl.Series:
    """Return the texts that no value was found for yet."""
    if values.null_count() == text.null_count():
        return text.clear()
    return (
        text.drop_nulls() if values.null_count() == len(values) else text.filter(text.is_not_null() & values.is_null())
    )


def _words(column: pl.Series, name: str, prop: Property, settings: Settings, scale: str | None) -> Understood:
    stem = "engagement" if name == "desired_engagement" else name
    table = {**{plain(w): w for w in prop.words}, **WORDS.get(stem, {})}
    for key in {name, stem}:
        _check_words(key, settings, prop.words)
        table.update({plain(k): v for k, v in settings.words.get(key, {}).items()})
    if scale is not None:
        low, high = _scale(name, scale)
        if high - low + 1 == len(prop.words):
            table.update({str(int(low) + i): word for i, word in enumerate(prop.words)})
    return _mapped(
        column,
        pl.String(),
        None,
        table.get,
        lambda word: f"is none of {', '.join(prop.words)}{_near(plain(word), table)}",
    )


def _near(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word[:60], list(known), 1, 0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def _check_words(name: str, settings: Settings, allowed: tuple[str, ...]) -> None:
    for word, meaning in settings.words.get(name, {}).items():
        if meaning not in allowed:
            raise SettingsError(
                f"{word!r} = {meaning!r} is no meaning", where=f"[words.{name}]", way_out=f"use {', '.join(allowed)}"
            )


def _scale(name: str, scale: str) -> tuple[float, float]:
    said = re.fullmatch(r"\s*(\d+)\s*(?:-|\.\.|to)\s*(\d+)\s*", scale)
    if not said or int(said[1]) >= int(said[2]):
        raise SettingsError(f"{scale!r} is no scale", where=f"[scales] {name}", way_out='write it as "1-5"')
    return float(said[1]), float(said[2])


def _numbers(column: pl.Series, name: str, prop: Property, scale: str | None) -> Understood:
    dtype = POLARS[prop.kind]
    low, high = _scale(name, scale) if scale and prop.kind == "level" else (prop.low, prop.high)
    typed = column.dtype.is_numeric()
    fast = (column if typed else _text(column)).cast(pl.Float64, strict=False)
    comma = False
    if not typed:
        text = _text(column)
        left = _left(text, fast)
        comma = len(left) > 0 and decimal_commas(left.unique().to_list())
        if comma:  # then 1.234 is a thousand and more
            fast = fast.set(text.str.contains(r"^-?\d{1,3}(\.\d{3})+$").fill_null(value=False), None)
    fits = _fits(fast, prop, low, high)
    if not fits.all():
        fast = fast.set(~fits.fill_null(value=True), None)

    def look(word: str) -> float | None:
        said = plain(word)
        value = LEVELS.get(said) if prop.kind == "level" else DAYS.get(said) if name == "cadence_days" else None
        if value is not None:
            return float(value) if scale is None or prop.kind != "level" else low_high(float(value))
        value, percent = number(word, comma=comma)
        if value is None:
            return None
        if prop.kind == "level" and percent:
            return low_high(value / 10) if 0 <= value <= 100 else None
        ok = (low is None or value >= low) and value <= (high if high is not None else 2.0**53)
        return value if ok and (prop.kind != "integer" or value == round(value)) else None

    def low_high(value: float) -> float:  # a level 0-10 put back on the column's own scale, which is undone below
        return value if scale is None or low is None or high is None else low + value / 10 * (high - low)

    # Typed columns are seldom out of bounds: only then are they looked at as text.
    fine = typed and fast.null_count() == column.null_count()
    found = (
        Understood(fast)
        if fine
        else _mapped(_text(column), pl.Float64(), fast, look, _bounds(prop, low, high), str.casefold)
    )
    _say_ambiguous(found)
    if prop.kind == "level":
        found = _level_scale(found, name, scale, low, high)
    if found.values.dtype != dtype:
        found.values = found.values.cast(dtype)
    return found


def _fits(numbers: pl.Series, prop: Property, low: float | None, high: float | None) -> pl.Series:
    fits = numbers.is_finite() & (numbers <= (high if high is not None else 2.0**53))
    if prop.kind == "integer":
        fits &= numbers == numbers.round()
    return fits if low is None else fits & (numbers >= low)


def _bounds(prop: Property, low: float | None, high: float | None) -> str:
    whole = ", whole" if prop.kind == "integer" else ""
    if low is None:
        return f"must be a number{whole}"
    return f"must be a number from {low:g}{whole}" if high is None else f"must be {low:g} to {high:g}{whole}"


def _say_ambiguous(found: Understood) -> None:
    ambiguous = sorted(t for t in found.taken if re.fullmatch(r"-?\d{1,3},\d{3}", t.strip()))
    if ambiguous:
        meant = float(found.taken[ambiguous[0]])
        way_out = "write it without separators of thousands, with a decimal point"
        found.said.append((f"{ambiguous[0]!r} was read as {meant:g}", way_out))


def _level_scale(found: Understood, name: str, scale: str | None, low: float | None, high: float | None) -> Understood:
    if scale is not None and low is not None and high is not None:
        found.values = (found.values - low) * 10 / (high - low)
    elif not found.taken and not found.refused and found.values.count():
        top = found.values.max()
        if (
            isinstance(top, float)
            and top <= 5
            and bool(((found.values >= 1) & (found.values == found.values.round())).all())
        ):
            found.said.append(
                (
                    f"{name} holds only whole numbers from 1 to 5 and was read as 0-10: is it a scale of 1 to 5?",
                    f'[scales] {name} = "1-5"',
                )
            )
    return found


def _dates(column: pl.Series) -> Understood:
    if column.dtype == pl.Datetime:
        return Understood(column.cast(pl.Date))
    if column.dtype == pl.Date:
        return Understood(column)
    text = _text(column)
    fast = text.str.to_date("%Y-%m-%d", strict=False)
    within = fast.is_between(FIRST_DAY, date.max)
    if not within.all():
        fast = fast.set(~within.fill_null(value=True), None)
    first, evidence = day_first(_left(text, fast).unique().to_list())
    found = _mapped(
        text, pl.Date(), fast, lambda word: day(word, first=first), "is no day; write it as 2026-09-01", str.casefold
    )
    doubtful = sorted(t for t in found.taken if re.fullmatch(r"\s*(0?\d|1[0-2])[/\-](0?\d|1[0-2])[/\-]\d{4}\s*", t))
    if doubtful and not evidence:
        found.said.append(
            (f"{doubtful[0]!r} was read day first, as {found.taken[doubtful[0]]}", "write days as 2026-09-01")
        )
    return found
