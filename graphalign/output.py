"""Writing a result to a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from graphalign.errors import OutputError

NEW_FILE = 0o666
_SURROGATE = re.compile("[\ud800-\udfff]")


def write(text: str | Iterable[str], path: Path) -> None:
    """Write text to a file in UTF-8, whole or not at all; what was there stays until all is written.

    Parameters
    ----------
    text
        The text, or its parts in order.
    path
        Where to. A file that exists is replaced and keeps its permissions; a device or pipe is written to as it is.

    Raises
    ------
    graphalign.errors.OutputError
        If the path is a folder, its folder is not there, or it cannot be written.
    """
    parts = (text,) if isinstance(text, str) else text
    with replacing(path) as made, told(path), made.open("w", encoding="utf-8", newline="\n") as file:
        for part in parts:
            file.write(part)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to that takes the place of `path` when the block ends well, and is removed when it does not.

    Parameters
    ----------
    path
        Where the result is wanted.

    Yields
    ------
    pathlib.Path
        An empty file in the same folder with the same ending; a device or pipe itself.

    Raises
    ------
    graphalign.errors.OutputError
        If the path is a folder, its folder is not there, or it cannot be written.
    """
    with told(path):
        mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        yield path
        return
    # Through a link: the file it names is replaced, the link stays.
    target = Path(os.path.realpath(path))
    made = target.with_name(f".{target.stem[:40]}-{secrets.token_hex(6)}{target.suffix}")
    with told(path):
        os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, NEW_FILE))
    try:
        yield made
        with told(path):
            if mode is not None:
                made.chmod(stat.S_IMODE(mode))
            _settle(made)
            made.replace(target)
    finally:
        with contextlib.suppress(OSError):
            made.unlink(missing_ok=True)


def _mode(path: Path) -> int | None:
    """Return the mode of what is at a path, None where there is nothing."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise OutputError("there is no such folder", where=str(path.parent), way_out="make it first") from None
        return None
    except ValueError:
        raise OutputError("is no path (it holds a NUL)", where=repr(str(path)), way_out="name another file") from None
    if stat.S_ISDIR(mode):
        raise OutputError("is a folder", where=str(path), way_out="name a file in it")
    if not os.access(path, os.W_OK):
        raise OutputError(
            "cannot be written (read-only)", where=str(path), way_out="name another file or change its permissions"
        )
    return mode


def _settle(made: Path) -> None:
    """Wait until the bytes are on the disk, so that a crash leaves the old file or the new one."""
    descriptor = os.open(made, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Say of what the system refuses where it happened."""
    try:
        yield
    except (OSError, UnicodeEncodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(
            f"cannot be written ({reason})", where=str(path), way_out="name another file or folder"
        ) from None


def encodable(text: str) -> str:
    """Return text that UTF-8 can hold: a lone surrogate, which no valid input makes, becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)
