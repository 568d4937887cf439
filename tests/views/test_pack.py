"""What is written small is read back whole, by the page's own script."""

from __future__ import annotations

import json
import re

import pytest

from graphalign.views.bundle import HERE
from graphalign.views.content import content
from graphalign.views.pack import packed
from tests.views.conftest import Open, report_of


def place(said: tuple[object, ...] | None) -> str:
    """Return a place as people write it, as `graphalign.model.Place` does."""
    if said is None:
        return ""
    file, sheet, row, key = said
    parts = [file, sheet and f"sheet {sheet}", row is not None and f"row {row}", key]
    return ", ".join(str(p) for p in parts if p)


@pytest.mark.parametrize("sample", ["harbour", "rust-goals", "two-startups", "clean", "hostile", "300"])
def test_the_script_reads_back_what_python_wrote(opened: Open, sample: str) -> None:
    whole = json.loads(json.dumps(content(report_of(sample))))
    source = re.sub(r"^export ", "", (HERE / "script" / "unpack.js").read_text("utf-8"), flags=re.MULTILINE)
    small = json.dumps(packed(content(report_of(sample))))
    page = opened("clean")
    read = json.loads(page.evaluate(f"text => {{ {source}; return JSON.stringify(unpack(JSON.parse(text))); }}", small))
    read.pop("packed")
    for part in ("nodes", "edges"):
        whole[part]["place"] = [place(said) for said in whole[part]["place"]]
    assert read == whole


def test_what_repeats_is_said_once() -> None:
    whole = content(report_of("300"))
    told = {part: len(json.dumps(whole[part])) for part in ("report", "nodes", "edges")}
    small = packed(whole)
    assert sum(len(json.dumps(small[part])) for part in (*told, "packed")) < 0.7 * sum(told.values())
