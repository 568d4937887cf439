"""Folders, zips and paths: what is taken, what is passed over and said, what is refused."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from graphalign.errors import InputError
from graphalign.readers import read_tables

GOALS = "id,name\ng1,Dig\n"


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def test_a_folder_gives_a_table_for_each_csv_and_says_what_it_passes_over(tmp_path: Path) -> None:
    for name in ("goals.csv", "raci.tsv", "README.md", "notes.txt", "graphalign.toml", ".hidden.csv"):
        (tmp_path / name).write_text(GOALS)
    (tmp_path / "older").mkdir()
    stages: list[str] = []
    tables = read_tables(tmp_path, progress=stages.append)
    assert [(t.name, t.file) for t in tables.tables] == [("goals", "goals.csv"), ("raci", "raci.tsv")]
    assert [n.place.file for n in tables.notes if n.place] == ["README.md", "notes.txt", "older"]
    assert stages == ["reading goals.csv", "reading raci.tsv"]


def test_inputs_carry_the_path_as_given_and_the_hash_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "goals.csv").write_text(GOALS)
    expected = hashlib.sha256(GOALS.encode()).hexdigest()
    for path in (tmp_path, tmp_path / "goals.csv"):
        (source,) = (file.result() for file in read_tables(path).inputs)
        assert (source.path, source.sha256) == (str(tmp_path / "goals.csv"), expected)


def test_a_link_that_leads_out_of_the_folder_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "alliance"
    folder.mkdir()
    (folder / "goals.csv").write_text(GOALS)
    (tmp_path / "secret.csv").write_text(GOALS)
    (folder / "partners.csv").symlink_to(tmp_path / "secret.csv")
    tables = read_tables(folder)
    assert [t.name for t in tables.tables] == ["goals"]
    assert ["leads out" in n.text for n in tables.notes] == [True]


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no tables.*nodes\.csv"):
        read_tables(tmp_path)


def test_a_missing_path_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "alliance.csv").write_text(GOALS)
    with pytest.raises(InputError, match=r"did you mean .*alliance\.csv\?"):
        read_tables(tmp_path / "aliance.csv")


@pytest.mark.parametrize("name", ["no\0thing", "x" * 5_000, "goals.csv/inside"])
def test_an_impossible_path_is_an_input_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "goals.csv").write_text(GOALS)
    with pytest.raises(InputError):
        read_tables(tmp_path / name)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "goals.csv")
    with pytest.raises(InputError, match="neither a file nor a folder"):
        read_tables(tmp_path / "goals.csv")


def test_an_unknown_ending_names_those_that_are_read(tmp_path: Path) -> None:
    (tmp_path / "goals.docx").write_text(GOALS)
    with pytest.raises(InputError, match=r"no known format \(\.docx\).*\.xlsx"):
        read_tables(tmp_path / "goals.docx")


@pytest.mark.parametrize(
    ("start", "what"),
    [(b"PK\x03\x04", "workbook"), (b"%PDF", "PDF"), (b"PAR1", "Parquet"), (b"\xd0\xcf\x11\xe0", "Excel")],
)
def test_a_csv_that_is_something_else_is_told_what_it_seems(tmp_path: Path, start: bytes, what: str) -> None:
    (tmp_path / "goals.csv").write_bytes(start + b"\x00\x01")
    with pytest.raises(InputError, match=what):
        read_tables(tmp_path / "goals.csv")


def test_a_file_that_may_not_be_read_is_an_input_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "goals.csv").write_text(GOALS)
    (tmp_path / "goals.csv").chmod(0)
    if os.access(tmp_path / "goals.csv", os.R_OK):  # the superuser may read everything: the system's answer stands in

        def refuse(_: Path, *_how: object, **_further: object) -> bytes:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        read_tables(tmp_path / "goals.csv")


def test_a_zip_is_read_like_the_folder_it_wraps(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip", {"alliance/goals.csv": GOALS, "alliance/README.md": "x", "__MACOSX/._goals.csv": "x"}
    )
    tables = read_tables(path)
    assert [(t.name, t.file, t.frame.rows()) for t in tables.tables] == [("goals", "goals.csv", [("g1", "Dig", 2)])]
    assert [n.place.file for n in tables.notes if n.place] == ["alliance/README.md"]
    assert [file.result().path for file in tables.inputs] == [str(path)]


def test_tables_of_one_name_in_two_folders_of_a_zip_stay_apart(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"north/goals.csv": GOALS, "south/goals.csv": GOALS})
    assert [t.file for t in read_tables(path).tables] == ["north/goals.csv", "south/goals.csv"]


@pytest.mark.parametrize(
    "name", ["../goals.csv", "/etc/goals.csv", "a/../../goals.csv", "..\\goals.csv", "C:\\goals.csv"]
)
def test_a_zip_with_names_that_climb_out_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="climbs out"):
        read_tables(zipped(tmp_path / "a.zip", {name: GOALS}))


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="would unpack to"):
        read_tables(zipped(tmp_path / "a.zip", {"goals.csv": "id\n" + "a" * (60 << 20)}))


def test_a_zip_of_too_many_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds 201 files"):
        read_tables(zipped(tmp_path / "a.zip", {f"t{i}.csv": GOALS for i in range(201)}))


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"goals.csv": GOALS})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="is encrypted"):
        read_tables(path)


@pytest.mark.parametrize("data", [b"", b"id,name\n", b"PK\x03\x04 cut off"])
def test_what_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(InputError, match="not a zip file"):
        read_tables(tmp_path / "a.zip")


def test_a_zip_whose_contents_are_damaged_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"goals.csv": GOALS * 50})
    data = bytearray(path.read_bytes())
    data[45:60] = b"\0" * 15
    path.write_bytes(data)
    with pytest.raises(InputError, match="cannot unpack"):
        read_tables(path)
