"""Folders and zips of tables: every CSV or Parquet file in them, nothing that climbs out or explodes."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from graphalign.errors import InputError
from graphalign.model import Note, Place

TABULAR = (".csv", ".tsv", ".parquet")
MOST_FILES = 200
MOST_BYTES = 2 << 30
MOST_RATIO, RATIO_FROM = 200, 50 << 20


def files_of_folder(path: Path, notes: list[Note]) -> Iterator[tuple[str, Path]]:
    """Yield (name, path) of each table in a folder, by name; what is passed over is noted."""
    root = path.resolve()
    try:
        entries = sorted(os.scandir(path), key=lambda e: e.name)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=str(path), way_out="check its permissions"
        ) from None
    for entry in entries:
        place = Place(entry.name)
        if entry.name.startswith(".") or entry.name == "graphalign.toml":
            continue
        if not Path(entry.path).resolve().is_relative_to(root):
            notes.append(Note("a link that leads out of the folder was passed over", place))
        elif not entry.is_file() or not entry.name.lower().endswith(TABULAR) or entry.name.lower().startswith("readme"):
            notes.append(Note("it is no table and was passed over", place))
        else:
            yield entry.name, Path(entry.path)


def files_of_zip(path: Path, notes: list[Note]) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of each table in a zip file, by name; nothing is ever extracted.

    Raises
    ------
    graphalign.errors.InputError
        If it is no zip, is encrypted, has names that climb out, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise InputError("is not a zip file", where=path.name, way_out="zip the folder of CSV files again") from None
    with archive:
        check_zip(archive, path.name)
        # Zip tools wrap everything in one folder: the table's name is what follows it.
        infos = sorted((i for i in archive.infolist() if not i.is_dir()), key=lambda i: i.filename)
        names = [i.filename.replace("\\", "/") for i in infos if not i.filename.startswith("__MACOSX/")]
        tops = {n.split("/", 1)[0] + "/" for n in names}
        folder = tops.pop() if len(tops) == 1 and all("/" in n for n in names) else ""
        for info in infos:
            name = info.filename.replace("\\", "/")
            hidden = name.startswith("__MACOSX/") or Path(name).name.startswith(".")
            if hidden or Path(name).name == "graphalign.toml":
                continue
            if not name.lower().endswith(TABULAR) or Path(name).name.lower().startswith("readme"):
                notes.append(Note("it is no table and was passed over", Place(name)))
                continue
            try:
                yield name.removeprefix(folder), archive.read(info)
            except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
                raise InputError(f"cannot unpack {name!r}", where=path.name, way_out="zip the folder again") from None


def check_zip(archive: zipfile.ZipFile, where: str, most: int = MOST_FILES) -> None:
    """Refuse a zip that is encrypted, climbs out, or would unpack to too much.

    Raises
    ------
    graphalign.errors.InputError
        If it does any of these.
    """
    infos = archive.infolist()
    if len(infos) > most:
        raise InputError(
            f"holds {len(infos)} files, {most} are read at most",
            where=where,
            way_out="keep only the tables in it",
        )
    for info in infos:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or (len(name) > 1 and name[1] == ":"):
            raise InputError(
                f"has a name that climbs out of it ({name[:80]!r})", where=where, way_out="zip the folder again"
            )
        if info.flag_bits & 0x1:
            raise InputError("is encrypted", where=where, way_out="zip the folder without a password")
    size, packed = sum(i.file_size for i in infos), sum(i.compress_size for i in infos)
    if size > MOST_BYTES or (size > RATIO_FROM and size > MOST_RATIO * max(packed, 1)):
        raise InputError(
            f"would unpack to {size >> 20:,} MB",
            where=where,
            way_out="it looks like a zip bomb; give the folder itself",
        )
