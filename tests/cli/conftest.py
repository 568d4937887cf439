"""An alliance to run the command line on, and the two ways to run it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graphalign.cli import main

Run = Callable[..., Result]
Shell = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run() -> Run:
    """Run a command in this process."""
    return lambda *args: CliRunner().invoke(main, [str(a) for a in args])


@pytest.fixture
def shell() -> Shell:
    """Run a command as a process of its own."""

    def ran(*args: object, **extra: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "graphalign", *map(str, args)]
        return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8", **extra)  # type: ignore[call-overload,no-any-return]

    return ran


@pytest.fixture
def alliance(tmp_path: Path) -> Path:
    """Two partners, two people, two goals, one of which, of high priority, nobody owns."""
    folder = tmp_path / "alliance"
    folder.mkdir()
    (folder / "nodes.csv").write_text(
        "id,label,name,power,priority\n"
        "port,Partner,Port,,\ncity,Partner,City,,\n"
        "ana,Stakeholder,Ana,8,\nben,Stakeholder,Ben,5,\n"
        "g1,Goal,Shore power,,medium\ng2,Goal,Deepen the quay,,high\n",
        encoding="utf-8",
    )
    (folder / "relationships.csv").write_text(
        "source,type,target\nana,MEMBER_OF,port\nben,MEMBER_OF,city\nana,ACCOUNTABLE_FOR,g1\nben,RESPONSIBLE_FOR,g1\n",
        encoding="utf-8",
    )
    return folder
