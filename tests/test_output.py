"""Writing a result whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphalign.errors import OutputError
from graphalign.output import replacing, write


def held(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_the_parts_are_written_in_order_as_utf8(tmp_path: Path) -> None:
    write(iter(["Kai ", "höher\n"]), tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == "Kai höher\n".encode()
    assert held(tmp_path) == ["out.txt"]


def failing() -> Iterator[str]:
    yield "half"
    raise RuntimeError("the report broke off")


def test_a_report_that_breaks_off_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError):
        write(failing(), path)
    assert path.read_text() == "old"
    assert held(tmp_path) == ["out.txt"]


def test_a_report_that_breaks_off_leaves_no_file_where_there_was_none(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        write(failing(), tmp_path / "out.txt")
    assert held(tmp_path) == []


def test_text_that_utf8_cannot_hold_is_an_output_error_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write("\ud800", tmp_path / "out.txt")
    assert held(tmp_path) == []


def test_a_file_that_exists_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("old")
    path.chmod(0o640)
    write("new", path)
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o640)


def test_a_new_file_gets_the_permissions_that_any_new_file_gets(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text("")
    write("new", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").stat().st_mode == (tmp_path / "plain.txt").stat().st_mode


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write("new", tmp_path / "link.txt")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    write("nothing", Path(os.devnull))
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".", "is a folder; name a file in it"),
        ("missing/out.txt", "there is no such folder; make it first"),
        ("file/out.txt", "cannot be written"),
        ("n" * 300, "cannot be written"),
        ("nul\x00.txt", "is no path"),
    ],
)
def test_a_path_that_cannot_be_written_is_told_with_the_way_out(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=reason):
        write("text", tmp_path / name)
    assert held(tmp_path) == ["file"]


def test_a_writer_that_needs_a_path_gets_one_with_the_same_ending(tmp_path: Path) -> None:
    with replacing(tmp_path / "book.xlsx") as made:
        assert (made.suffix, made.parent) == (".xlsx", tmp_path)
        made.write_bytes(b"whole")
    assert (tmp_path / "book.xlsx").read_bytes() == b"whole"
    assert held(tmp_path) == ["book.xlsx"]
