"""CSV: comma, semicolon or tab, UTF-8 or UTF-16; fast where the file is plain, exact where it is not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import reduce
from operator import or_

import polars as pl

from graphalign.errors import InputError
from graphalign.model import Note, Place, Refusal
from graphalign.readers.frames import framed, unique_headings
from graphalign.readers.headings import find
from graphalign.readers.raw import DELETE, RETURN, at_ends, low_bytes
from graphalign.readers.synonyms import LABEL_HEADINGS, TYPE_HEADINGS
from graphalign.tables import Table

DELIMITERS = ",;\t"
# What a refused row shows of itself.
SHOWN = 120
SAVE_AS = "save it as CSV UTF-8"
PLAIN_SPACES = " \t\x0b\x0c"
# Controls that are no white space between words, but for the one that comes after all of ASCII.
CONTROLS = {*range(32)} - set(b"\t\n\r")
# White space as Polars knows it: Python's, less the four separators of ASCII.
WHITE = "\t\n\x0b\x0c\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
# How the bytes of the other white space begin.
WIDE_SPACES = (b"\xc2\x85", b"\xc2\xa0", b"\xe1\x9a\x80", b"\xe2\x80", b"\xe2\x81\x9f", b"\xe3\x80\x80")
MOST_LINES = 1000
KINDS = (*TYPE_HEADINGS, *LABEL_HEADINGS)


def read_delimited(data: bytes, file: str, name: str) -> tuple[Table, list[Refusal], list[Note]]:
    r"""Read the bytes of a CSV file.

    Parameters
    ----------
    data
        What the file holds.
    file
        What to call it in places.
    name
        What the table is called.

    Returns
    -------
    tuple
        The table, rows that are none of it, and what was done on the way.

    Raises
    ------
    graphalign.errors.InputError
        If the file is empty or its encoding is neither UTF-8 nor UTF-16.

    >>> read_delimited(b"id;name\ng1;Dig\n", "goals.csv", "goals")[0].frame.rows()
    [('g1', 'Dig', 2)]
    """
    data = _utf8(data, file)
    if not data[:4096].strip() and not data.strip():
        raise InputError("is empty", where=file, way_out="export the table again, with a heading row")
    if data[:4096].count(0) * 4 > len(data[:4096]):
        raise InputError("is neither UTF-8 nor UTF-16 with its mark", where=file, way_out=SAVE_AS)
    if data.endswith((b"\n\n", b"\r\n\r\n")):
        # Blank lines at the end move no row, and need no exact reading.
        data = data.rstrip(b"\r\n") + b"\n"
    delimiter = _delimiter(data)
    fast, clean = _fast(data, delimiter)
    if fast is not None:
        headings, notes = unique_headings(fast.columns, file)
        frame = fast.rename(dict(zip(fast.columns, headings, strict=True)))
        rows = pl.int_range(2, frame.height + 2, dtype=pl.UInt32, eager=True).alias("_row")
        return Table(name, frame.with_columns(rows), file, clean=clean), [], notes
    return _exact(data, delimiter, file, name)


def _utf8(data: bytes, file: str) -> bytes:
    """Return the text as UTF-8 without a byte order mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16").encode("utf-8")
        except UnicodeError:
            raise InputError("starts as UTF-16 and is not", where=file, way_out=SAVE_AS) from None
    return data.removeprefix(b"\xef\xbb\xbf")


def _text(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"is neither UTF-8 nor UTF-16 (line {line})"
        raise InputError(what, where=file, way_out=SAVE_AS) from None


def _delimiter(data: bytes) -> str:
    """Return the delimiter that the heading line uses most, outside quotes."""
    head = data.lstrip(b"\r\n")[:65536].decode("utf-8", "ignore")
    counts = dict.fromkeys(DELIMITERS, 0)
    quoted = False
    for char in head:
        if char == '"':
            quoted = not quoted
        elif char in "\r\n" and not quoted:
            break
        elif char in counts and not quoted:
            counts[char] += 1
    return max(counts, key=lambda d: counts[d])


def _is_plain(data: bytes, low: set[int]) -> bool:
    """Return whether nothing in the bytes needs the exact path: NUL, lone returns, an odd quote."""
    if 0 in low or data.startswith((b"\r", b"\n")) or (RETURN in low and data.count(b"\r") != data.count(b"\r\n")):
        return False
    return ord('"') not in low or not data.count(b'"') % 2


def _fast(data: bytes, delimiter: str) -> tuple[pl.DataFrame | None, bool]:
    """Return the file as Polars reads it, None where that could differ from what it says; and whether it is clean."""
    first = data.find(b"\n") if b"\n" in data else len(data)
    low, highest = low_bytes(data)
    if not _is_plain(data, low) or data.count(b'"', 0, first) % 2:
        return None, False
    try:
        width = next(csv.reader([data[:first].decode()], delimiter=delimiter), [])
        stray = _stray_spaces(data, delimiter, low, ascii_=highest < 128)
        frame = pl.read_csv(
            data,
            separator=delimiter,
            quote_char='"' if ord('"') in low else None,
            infer_schema=False,
            has_header=False,
            skip_rows=1,
            schema_overrides=_types(width) if stray == [] else None,
        )
    except (UnicodeDecodeError, csv.Error, pl.exceptions.PolarsError):
        return None, False
    if frame.width != len(width) or not any(map(str.strip, width)):
        return None, False
    frame.columns = _marked(width)
    frame = _cleaned(frame, stray)
    may_be = frame.height and all(column.null_count() for column in frame)
    blank = may_be and frame.select(pl.all_horizontal(pl.all().is_null()).any()).item()
    clean = not low & CONTROLS and (highest < DELETE or DELETE not in data)
    return None if blank else frame, clean


def _types(headings: list[str]) -> list[type[pl.DataType]]:
    """Return what columns are read as: text, and small numbers where few words say what a row is."""
    return [pl.Categorical if find([heading], KINDS) else pl.String for heading in headings]


def _marked(headings: list[str]) -> list[str]:
    """Return headings made different, for `unique_headings` to take apart and tell of."""
    return [f"{heading}\0{i}" for i, heading in enumerate(headings)]


def _stray_spaces(data: bytes, delimiter: str, low: set[int], *, ascii_: bool) -> list[str] | None:
    """Return the white space that may stand at an end of a cell, None where it could be any."""
    if ord('"') in low or (not ascii_ and any(space in data for space in WIDE_SPACES)):
        return None
    return [s for s in PLAIN_SPACES if ord(s) in low and at_ends(data, ord(s), ord(delimiter))]


def _cleaned(frame: pl.DataFrame, stray: list[str] | None) -> pl.DataFrame:
    """Return the cells trimmed, empty ones null; columns that need neither are passed on as they are."""
    change = frame.columns
    if stray is not None:
        # A look at both ends of each cell is much cheaper than writing millions of cells again.
        ends = []
        for c in frame.columns:
            has = [pl.col(c).str.starts_with(s) | pl.col(c).str.ends_with(s) for s in stray]
            ends.append(reduce(or_, has, pl.lit(value=False)).any().alias(c))
        looks = frame.select(ends).row(0) if stray else [False] * frame.width
        change = [c for c, look in zip(frame.columns, looks, strict=True) if look]
    text = {c: pl.col(c).str.strip_chars() for c in change}
    return frame.with_columns([pl.when(t.str.len_bytes() > 0).then(t).alias(c) for c, t in text.items()])


def _exact(data: bytes, delimiter: str, file: str, name: str) -> tuple[Table, list[Refusal], list[Note]]:
    """Read row by row with the csv module: blank lines, ragged rows, NUL and unclosed quotes each get their due."""
    refusals: list[Refusal] = []
    notes: list[Note] = []
    rows: list[list[str]] = []
    numbers: list[int] = []
    headings: list[str] | None = None
    blank = short = 0
    for number, text, cells in _records(_text(data, file), delimiter):
        place = Place(file, row=number)
        if cells is None:
            reason = "a quote is not closed where its cell ends: close it, or double it inside a quoted cell"
            refusals.append(Refusal("row", place, text[:SHOWN], reason))
            continue
        cells = [c.strip(WHITE) for c in cells]  # noqa: PLW2901
        if not any(cells):
            blank += 1
            continue
        if headings is None:
            headings = cells
            continue
        if any("\0" in c for c in cells):
            refusals.append(Refusal("row", place, text[:SHOWN], "it holds a NUL character: remove it"))
        elif any(cells[len(headings) :]):
            reason = f"it has {len(cells)} cells under {len(headings)} headings: quote cells that hold a {delimiter!r}"
            refusals.append(Refusal("row", place, text[:SHOWN], reason))
        else:
            short += len(cells) < len(headings)
            rows.append((cells + [""] * len(headings))[: len(headings)])
            numbers.append(number)
    if headings is None:
        raise InputError("has no heading row", where=file, way_out="put the names of the columns in its first row")
    unique, said = unique_headings(_marked(headings), file)
    if blank:
        notes.append(Note("blank rows were passed over", Place(file), count=blank))
    if short:
        notes.append(
            Note("rows with fewer cells than headings were read with the rest empty", Place(file), count=short)
        )
    return Table(name, framed(unique, rows, numbers), file), refusals, [*said, *notes]


def _records(text: str, delimiter: str) -> Iterator[tuple[int, str, list[str] | None]]:
    """Yield (row as a spreadsheet numbers it, text, cells); cells None for a row whose quote is never closed."""
    lines = io.StringIO(text, newline="").readlines()
    at, number = 0, 0
    while at < len(lines):
        number += 1
        # A record ends at the first line where no quote is open; one that never does is refused alone, the rest is
        # read. A record of more than 1,000 lines is taken for an unclosed quote.
        inside, end = False, at
        while end < len(lines) and end - at < MOST_LINES:
            inside = _still_open(lines[end], delimiter, inside=inside)
            end += 1
            if not inside:
                break
        if inside:
            yield number, lines[at].rstrip("\r\n"), None
            at += 1
            continue
        record = "".join(lines[at:end]).rstrip("\r\n")
        try:
            cells = _cells(record, delimiter)
        except csv.Error:
            # Text follows a closing quote: of several lines, the first opened a quote that was another's to close.
            yield number, lines[at].rstrip("\r\n"), None
            at += 1
            continue
        yield number, record, cells
        at = end


def _cells(record: str, delimiter: str) -> list[str]:
    limit = csv.field_size_limit(max(131072, len(record) + 1))
    try:
        return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter, strict=True), [])
    finally:
        csv.field_size_limit(limit)


def _still_open(line: str, delimiter: str, *, inside: bool) -> bool:
    """Return whether a quoted cell is open after the line; a quote opens one only where a cell begins.

    >>> _still_open('12" pipe,3', ",", inside=False), _still_open('"a,b', ",", inside=False)
    (False, True)
    """
    begins, at = True, 0
    while at < len(line):
        char = line[at]
        if inside:
            if char == '"' and line[at + 1 : at + 2] == '"':
                at += 1
            elif char == '"':
                inside = False
        elif char == '"' and begins:
            inside = True
        begins = char == delimiter
        at += 1
    return inside
