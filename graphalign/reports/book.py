"""What every workbook that is written shares: text that is never a formula, and the same bytes for the same cells."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from graphalign.output import replacing, told
from graphalign.reports.wording import escaped, shortened, visible

if TYPE_CHECKING:
    from openpyxl import Workbook

LONGEST_TEXT = 32_767
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f]"
# What a spreadsheet may take for a formula or an error value when the cell is edited.
SUSPECT = ("=", "+", "-", "@", "\t", "\r", "#")
# The first day zip knows: a date of writing would make every file another one.
EPOCH = (1980, 1, 1, 0, 0, 0)
# What neither a terminal nor UTF-8 minds, and XML does.
_NO_XML = re.compile("[\ufffe\uffff]")
_DATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def entry(name: str) -> ZipInfo:
    """Return the head of a file in a zip, without a date."""
    info = ZipInfo(name, EPOCH)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def cell_text(text: str) -> str:
    r"""Return text from data as a cell can hold it: what XML cannot hold as escapes, two ends where it is too long.

    >>> cell_text("a\x00\ufffe\nb")
    'a\\x00\\ufffe\nb'
    """
    lines = (visible(line) for line in text.split("\n"))
    return shortened(_NO_XML.sub(lambda m: escaped(m[0]), "\n".join(lines)), LONGEST_TEXT)


def text_cell(page: Any, value: str) -> Any:  # noqa: ANN401 (openpyxl's stubs do not know write-only sheets)
    """Return a cell of a write-only sheet that holds this text, whatever a spreadsheet would make of it."""
    from openpyxl.cell import WriteOnlyCell

    cell: Any = WriteOnlyCell(page, "")
    # Setting `value` would make a formula of it.
    cell._value, cell.data_type = value, "s"  # noqa: SLF001
    cell.quotePrefix = value.startswith(SUSPECT)
    return cell


def save(book: Workbook, path: Path, day: str = "2000-01-01T00:00:00Z") -> None:
    """Write a workbook whole or not at all; the same cells give the same bytes.

    Parameters
    ----------
    book
        The workbook.
    path
        Where to.
    day
        When it says it was made.

    Raises
    ------
    graphalign.errors.OutputError
        If it cannot be written there.
    """
    held = io.BytesIO()
    book.save(held)
    dated = rb"\g<1>" + day.encode("ascii")
    with replacing(path) as made, told(path), ZipFile(held) as first, ZipFile(made, "w") as archive:
        for info in first.infolist():
            data = first.read(info)
            if info.filename == "docProps/core.xml":
                data = _DATED.sub(dated, data)
            archive.writestr(entry(info.filename), data)
