"""Readers: a path in, tables out; one file a format, chosen by what the path ends with."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from graphalign.errors import InputError
from graphalign.model import Note, Refusal, Source
from graphalign.readers.archive import files_of_folder, files_of_zip
from graphalign.readers.columnar import read_parquet
from graphalign.readers.delimited import read_delimited
from graphalign.readers.documents import read_document
from graphalign.readers.workbook import read_workbook
from graphalign.tables import Table, Tables

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Read = tuple[list[Table], list[Refusal], list[Note]]
MOST_BYTES = 8 << 30
# What a file that is called something else starts with.
STARTS = {
    b"PK\x03\x04": "a workbook or zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF",
}


def _one(data: bytes, file: str) -> Read:
    stem = Path(file).stem
    for start, what in STARTS.items():
        if data.startswith(start):
            raise InputError(
                f"seems to be {what}, not CSV", where=file, way_out="give it its right ending, such as .xlsx"
            )
    table, refusals, notes = read_delimited(data, file, stem)
    return [table], refusals, notes


FORMATS: dict[str, Callable[[bytes, str], Read]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), _one),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), read_workbook),
    **dict.fromkeys((".yaml", ".yml", ".json"), read_document),
    ".parquet": read_parquet,
}


def read_tables(path: Path, *, progress: Callable[[str], None] | None = None) -> Tables:
    """Read every table of an input.

    Parameters
    ----------
    path
        A workbook, a CSV, Parquet, YAML or JSON file, or a folder or zip of CSV or Parquet files.
    progress
        Told the stage.

    Returns
    -------
    Tables
        The tables as their makers wrote them, rows that belong to none, notes, and the files with their hashes.

    Raises
    ------
    graphalign.errors.InputError
        If the path is missing, of no known format, or cannot be read as what it says it is.
    """
    from concurrent.futures import ThreadPoolExecutor

    say = progress or (lambda _: None)
    notes: list[Note] = []
    refusals: list[Refusal] = []
    tables: list[Table] = []
    inputs: list[Future[Source]] = []
    # Files are hashed aside, after they are parsed: that takes what is left of the cores while the graph is built.
    aside = ThreadPoolExecutor(1)
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise InputError("there is no such file or folder", where=str(path), way_out=_near(path)) from None
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read ({error})", where=repr(str(path)), way_out="check the path") from None
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise InputError("is neither a file nor a folder", where=str(path), way_out="give a file or folder")
    if path.is_dir() or path.suffix.lower() == ".zip":
        held = files_of_folder(path, notes) if path.is_dir() else files_of_zip(path, notes)
        if not path.is_dir():
            inputs.append(aside.submit(_source, path, _bytes(path)))
        # Reading and parsing release the lock: two files at a time keep two cores busy.
        pool = ThreadPoolExecutor(2)
        try:
            under_way = [(name, pool.submit(_read, path, name, content, aside)) for name, content in held]
            for name, reading in under_way:
                say(f"reading {name}")
                source, read = reading.result()
                inputs += source
                _take(read, tables, refusals, notes)
        finally:
            pool.shutdown(cancel_futures=True)
        if not tables:
            raise InputError(
                "holds no tables",
                where=str(path),
                way_out="put nodes.csv and relationships.csv in it, or one CSV a kind",
            )
    else:
        reader = FORMATS.get(path.suffix.lower())
        if reader is None:
            raise InputError(
                f"is of no known format ({path.suffix or 'no ending'})",
                where=str(path),
                way_out=f"known are {', '.join(FORMATS)}, folders and .zip",
            )
        say(f"reading {path.name}")
        data = _bytes(path)
        _take(reader(data, path.name), tables, refusals, notes)
        inputs.append(aside.submit(_source, path, data))
    return Tables(tuple(tables), tuple(inputs), tuple(refusals), tuple(notes))


def _read(folder: Path, name: str, content: Path | bytes, aside: Executor) -> tuple[list[Future[Source]], Read]:
    """Return what one file of a folder, or one entry of a zip file, holds; of a file also its hash, to come."""
    data = content if isinstance(content, bytes) else _bytes(content)
    read = FORMATS[Path(name).suffix.lower()](data, name)
    return [] if isinstance(content, bytes) else [aside.submit(_source, folder / name, data)], read


def _take(read: Read, tables: list[Table], refusals: list[Refusal], notes: list[Note]) -> None:
    tables += read[0]
    refusals += read[1]
    notes += read[2]


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(
                f"is larger than {MOST_BYTES >> 30} GB",
                where=str(path),
                way_out="keep such an alliance in Parquet or a database",
            )
        with path.open("rb", buffering=0) as file:  # whole and at once: a buffer would only be in the way
            return file.read()
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=str(path), way_out="check its permissions"
        ) from None


def _source(path: Path, data: bytes) -> Source:
    return Source(str(path), hashlib.sha256(data).hexdigest())


def _near(path: Path) -> str:
    try:
        names = [p.name for p in path.parent.iterdir()]
    except OSError:
        return "check the path"
    near = get_close_matches(path.name, names, 1, 0.6)
    return f"did you mean {path.parent / near[0]}?" if near else "check the path"
