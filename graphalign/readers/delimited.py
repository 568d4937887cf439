"""CSV: comma, semicolon or tab, UTF-8 or UTF-16; fast where the file is plain, exact where it is not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import polars as pl

from graphalign.errors import InputError
from graphalign.model import Note, Place, Refusal
from graphalign.readers.frames import framed, unique_headings
from graphalign.tables import Table

DELIMITERS = ",;\t"
# What a refused row shows of itself.
SHOWN = 120
MOST_LINES = 1000


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
    if not data.strip():
        raise InputError("is empty", where=file, way_out="export the table again, with a heading row")
    if data[:4096].count(0) * 4 > len(data[:4096]):
        raise InputError("is neither UTF-8 nor UTF-16 with its mark", where=file, way_out="save it as CSV UTF-8")
    if data.endswith((b"\n\n", b"\r\n\r\n")):
        # Blank lines at the end move no row, and need no exact reading.
        data = data.rstrip(b"\r\n") + b"\n"
    delimiter = _delimiter(data)
    fast = _fast(data, delimiter)
    if fast is not None:
        headings, notes = unique_headings(fast.columns, file)
        frame = fast.rename(dict(zip(fast.columns, headings, strict=True)))
        rows = pl.int_range(2, frame.height + 2, dtype=pl.UInt32, eager=True).alias("_row")
        return Table(name, frame.with_columns(rows), file), [], notes
    return _exact(data, delimiter, file, name)


def _utf8(data: bytes, file: str) -> bytes:
    """Return the text as UTF-8 without a byte order mark."""
    way_out = "save it as CSV UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16").encode("utf-8")
        except UnicodeError:
            raise InputError("starts as UTF-16 and is not", where=file, way_out=way_out) from None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        # Strict decoding of what polars would otherwise take for whatever it is.
        str(memoryview(data), "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"is neither UTF-8 nor UTF-16 (line {line})", where=file, way_out=way_out) from None
    return data


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


def _is_plain(data: bytes) -> bool:
    """Return whether nothing in the bytes needs the exact path: blank lines, NUL, lone returns, an odd quote."""
    if b"\0" in data or b"\n\n" in data or b"\r\n\r\n" in data or data.startswith((b"\r", b"\n")):
        return False
    return data.count(b"\r") in (0, data.count(b"\r\n")) and not data.count(b'"') % 2


def _fast(data: bytes, delimiter: str) -> pl.DataFrame | None:
    """Return the file as Polars reads it, None where that could differ from what it says."""
    first = data.find(b"\n") if b"\n" in data else len(data)
    if not _is_plain(data) or data.count(b'"', 0, first) % 2:
        return None
    width = next(csv.reader([data[:first].decode()], delimiter=delimiter), [])
    try:
        frame = pl.read_csv(data, separator=delimiter, infer_schema=False, has_header=False, skip_rows=1)
    except pl.exceptions.NoDataError:
        frame = pl.DataFrame(schema={f"column_{i + 1}": pl.String for i in range(len(width))})
    except pl.exceptions.PolarsError:
        return None
    expected = data.count(b"\n") - data.endswith(b"\n")
    if frame.width != len(width) or (b'"' not in data and frame.height != expected):
        return None
    frame.columns = _marked(width)
    frame = frame.select(_cleaned(frame))
    blank = frame.height and frame.select(pl.all_horizontal(pl.all().is_null()).any()).item()
    return None if blank else frame


def _marked(headings: list[str]) -> list[str]:
    """Return headings made different, for `unique_headings` to take apart and tell of."""
    return [f"{heading}\0{i}" for i, heading in enumerate(headings)]


def _cleaned(frame: pl.DataFrame) -> list[pl.Expr]:
    """Return each column trimmed, its empty cells null; a column that needs neither is passed on as it is."""
    exprs = []
    for name in frame.columns:
        column = pl.col(name)
        # Two cheap looks save writing millions of cells again.
        needs = frame.select(
            column.str.contains(r"^\s|\s$").any().alias("trim"), (column.str.len_bytes() == 0).any().alias("empty")
        ).row(0)
        if needs[0]:
            column = column.str.strip_chars()
        exprs.append(pl.when(column.str.len_bytes() > 0).then(column).alias(name) if any(needs) else column)
    return exprs


def _exact(data: bytes, delimiter: str, file: str, name: str) -> tuple[Table, list[Refusal], list[Note]]:
    """Read row by row with the csv module: blank lines, ragged rows, NUL and unclosed quotes each get their due."""
    refusals: list[Refusal] = []
    notes: list[Note] = []
    rows: list[list[str]] = []
    numbers: list[int] = []
    headings: list[str] | None = None
    blank = short = 0
    for number, text, cells in _records(data.decode("utf-8"), delimiter):
        place = Place(file, row=number)
        if cells is None:
            reason = "a quote is not closed where its cell ends: close it, or double it inside a quoted cell"
            refusals.append(Refusal("row", place, text[:SHOWN], reason))
            continue
        cells = [c.strip() for c in cells]  # noqa: PLW2901
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
