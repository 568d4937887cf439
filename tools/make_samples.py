"""Derive the workbook, the CSV files and the JSON of the harbour alliance from its YAML, which is hand-written.

python tools/make_samples.py           writes what is out of date
python tools/make_samples.py --check   writes nothing, names it and ends with 1
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

SAMPLES = Path(__file__).parents[1] / "samples"
STORY = "harbour-alliance"
ROLES = ("responsible", "accountable", "consulted", "informed")
# The day of the report, written into the workbook so that the same story gives the same bytes.
DAY = datetime(2026, 6, 30)  # noqa: DTZ001 (a workbook knows no time zone)

Cell = str | int | float | bool | date | None
Rows = list[dict[str, Cell]]

PARTNERS = {"id": "ID", "name": "Organisation", "part_of": "Part of"}
STAKEHOLDERS = {
    "id": "ID",
    "name": "Name",
    "organisation": "Organisation",
    "title": "Job title",
    "kind": "Kind",
    "status": "Status",
    "power": "Influence",
    "interest": "Interest",
    "engagement": "Current Engagement",
    "desired_engagement": "Desired Engagement",
    "cadence_days": "Contact every (days)",
    "capacity": "Capacity",
    "reports_to": "Reports to",
    "member_of": "Member of",
}
GOALS = {
    "id": "ID",
    "name": "Goal",
    "status": "Status",
    "priority": "Priority",
    "shared": "Shared outcome",
    "co_owned": "Co-owned",
    "start": "Start",
    "due": "Due date",
    "sponsors": "Sponsor",
}
RESPONSIBILITIES = {"id": "ID", "name": "Responsibility", "goal": "Goal", "status": "Status"}
KPIS = {
    "id": "ID",
    "name": "KPI",
    "goal": "Goal",
    "unit": "Unit",
    "baseline": "Baseline",
    "target": "Target",
    "actual": "Actual",
    "measured_on": "Measured on",
    "cadence_days": "Cadence (days)",
    "direction": "Direction",
    "tolerance": "Tolerance",
    "dimension": "Dimension",
}
RACI = {"item": "Item", **{role: role.capitalize() for role in ROLES}}
# Which tables there are, by the CSV file's stem: the sheet, and the headings of both.
TABLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "partners": ("Partners", PARTNERS),
    "stakeholders": ("Stakeholders", STAKEHOLDERS),
    "goals": ("Goals", GOALS),
    "responsibilities": ("Responsibilities", RESPONSIBILITIES),
    "kpis": ("KPIs", KPIS),
    "raci": ("RACI", RACI),
    "contributions": ("Contributions", {"goal": "Goal", "contributes_to": "Contributes to", "weight": "Weight"}),
    "dependencies": ("Dependencies", {"goal": "Goal", "depends_on": "Depends on"}),
    "conflicts": ("Conflicts", {"goal": "Goal", "conflicts_with": "Conflicts with"}),
    "commitments": ("Commitments", {"partner": "Partner", "goal": "Goal", "weight": "Weight"}),
    "communications": ("Communications", {"from": "From", "to": "To", "date": "Date", "channel": "Channel"}),
}
LINKS = {"contributes_to": "contributions", "depends_on": "dependencies", "conflicts_with": "conflicts"}
# What the document nests or lists, and the tables say apart.
NESTED = {"stakeholders", "raci", "commitments", "responsibilities", "kpis", "between", "member_of", "sponsors", *LINKS}
# The columns of words, which the workbook writes as people do.
WORDS = {"kind", "status", "engagement", "desired_engagement", "priority", "direction", "dimension"}
TITLE_ABOVE = {"Stakeholders": "Hollesund Harbour Alliance: stakeholder register, 30 June 2026"}


def tables(story: Mapping[str, Any]) -> dict[str, Rows]:
    """Return the rows of each table of `TABLES`, by the keys of its headings; parties and goals by name."""
    named = _names(story)
    rows: dict[str, Rows] = {stem: [] for stem in TABLES}
    for partner in story["partners"]:
        rows["partners"].append({**_known("partners", partner), "part_of": named.get(partner.get("part_of"))})
        for said in partner.get("stakeholders", ()):
            rows["stakeholders"].append(_stakeholder(said, partner["name"], named))
    rows["stakeholders"] += [_stakeholder(said, None, named) for said in story.get("stakeholders", ())]
    for goal in story["goals"]:
        _goal(goal, rows, named)
    for said in story.get("communications", ()):
        one, other = (named.get(who, who) for who in said["between"])
        rows["communications"].append({"from": one, "to": other, **_known("communications", said)})
    return rows


def _stakeholder(said: Mapping[str, Any], organisation: str | None, named: Mapping[str, str]) -> dict[str, Cell]:
    belongs = _people(said.get("member_of"), named)
    return {**_known("stakeholders", said), "organisation": organisation, "member_of": belongs}


def _goal(goal: Mapping[str, Any], rows: Mapping[str, Rows], named: Mapping[str, str]) -> None:
    name = goal["name"]
    rows["goals"].append({**_known("goals", goal), "sponsors": _people(goal.get("sponsors"), named)})
    raci = [(name, goal.get("raci"))]
    for said in goal.get("responsibilities", ()):
        rows["responsibilities"].append({**_known("responsibilities", said), "goal": name})
        raci.append((said["name"], said.get("raci")))
    for item, roles in raci:
        if roles:
            rows["raci"].append({"item": item, **{role: _people(roles.get(role), named) for role in ROLES}})
    for said in goal.get("kpis", ()):
        rows["kpis"].append({**_known("kpis", said), "goal": name})
    for key, stem in LINKS.items():
        for said in _list(goal.get(key)):
            to = said if isinstance(said, dict) else {"to": said}
            weight = {"weight": to["weight"]} if "weight" in to else {}
            rows[stem].append({"goal": name, key: named[to["to"]], **weight})
    for said in goal.get("commitments", ()):
        rows["commitments"].append({"partner": named[said["partner"]], "goal": name, "weight": said["weight"]})


def _known(stem: str, said: Mapping[str, Any]) -> dict[str, Cell]:
    """Return what is said of a thing that fits in cells; a key that no table has a column for ends the run."""
    left = set(said) - set(TABLES[stem][1]) - NESTED
    if left:
        raise SystemExit(f"{STORY}.yaml: {stem} has no column for {', '.join(sorted(left))}")
    return {key: _cell(value) for key, value in said.items() if key not in NESTED}


def _people(value: object, named: Mapping[str, str]) -> str | None:
    return "; ".join(named.get(who, who) for who in _list(value)) or None


def _names(story: Mapping[str, Any]) -> dict[str, str]:
    """Return the name of each id; two things of one name could not be told apart by it."""
    things = [*story["partners"], *story.get("stakeholders", ()), *story["goals"]]
    things += [s for p in story["partners"] for s in p.get("stakeholders", ())]
    things += [r for g in story["goals"] for r in g.get("responsibilities", ())]
    names = [thing["name"] for thing in things]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise SystemExit(f"{STORY}.yaml: two things are named {twice[0]!r}; the tables refer to them by name")
    return {thing["id"]: thing["name"] for thing in things}


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | date):
        return "yes" if value is True else "no" if value is False else value
    raise SystemExit(f"{STORY}.yaml: {value!r} fits in no cell")


def as_csv(rows: Rows, headings: Mapping[str, str]) -> bytes:
    """Return a table as UTF-8 CSV, its headings the words of the vocabulary."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([row.get(key) for key in headings] for row in rows)
    return out.getvalue().encode("utf-8")


def as_workbook(story: Mapping[str, Rows]) -> bytes:
    """Return the workbook as a strategist would have it, the same bytes for the same story."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = book.properties.lastModifiedBy = "Hollesund Harbour Alliance"
    book.properties.created = book.properties.modified = DAY
    bold = Font(bold=True)
    for stem, (title, headings) in TABLES.items():
        sheet = book.create_sheet(title)
        if title in TITLE_ABOVE:
            sheet.append([TITLE_ABOVE[title]])
            sheet.cell(1, 1).font = Font(bold=True, size=14)
            sheet.append([])
        sheet.append(list(headings.values()))
        top = sheet.max_row
        for row in story[stem]:
            sheet.append([_spoken(key, row.get(key)) for key in headings])
        for number, key in enumerate(headings, 1):
            sheet.cell(top, number).font = bold
            widest = max([len(headings[key]), *(len(str(row.get(key) or "")) for row in story[stem])])
            sheet.column_dimensions[get_column_letter(number)].width = min(60, widest + 2)
        for cells in sheet.iter_rows(min_row=top + 1):
            for cell in cells:
                if isinstance(cell.value, date):
                    cell.number_format = "yyyy-mm-dd"
        sheet.freeze_panes = sheet.cell(top + 1, 3)
    raw = io.BytesIO()
    book.save(raw)
    return _repacked(raw.getvalue())


def _spoken(key: str, value: Cell) -> Cell:
    """Return a value as people would write it in a workbook: Champion for leading, Customer satisfaction."""
    if key not in WORDS or not isinstance(value, str):
        return value
    return "Champion" if value == "leading" else value.replace("_", " ").capitalize()


def _repacked(raw: bytes) -> bytes:
    """Write a workbook's parts again with one fixed time, where openpyxl stamps the clock's."""
    stamp = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = stamp.sub(rb"\g<1>" + DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", part)
            info = zipfile.ZipInfo(name, DAY.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            new.writestr(info, part)
    return out.getvalue()


def as_json(story: Mapping[str, Any]) -> bytes:
    """Return the story as JSON, the same document as the YAML with days as text."""
    return (json.dumps(story, indent=2, ensure_ascii=False, default=lambda day: day.isoformat()) + "\n").encode("utf-8")


def derived() -> dict[Path, bytes]:
    """Return the bytes of every derived file of the story."""
    story = yaml.safe_load((SAMPLES / f"{STORY}.yaml").read_text("utf-8"))
    rows = tables(story)
    files = {SAMPLES / STORY / f"{stem}.csv": as_csv(rows[stem], headings) for stem, (_, headings) in TABLES.items()}
    files[SAMPLES / f"{STORY}.json"] = as_json(story)
    files[SAMPLES / f"{STORY}.xlsx"] = as_workbook(rows)
    return files


def main(arguments: Iterable[str] | None = None) -> int:
    """Write the derived files, or say with --check which are out of date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, end with 1 when a file is out of date")
    check = parser.parse_args(None if arguments is None else list(arguments)).check
    files = derived()
    stale = [path for path, data in files.items() if not path.exists() or path.read_bytes() != data]
    for path in stale:
        name = path.relative_to(SAMPLES.parent)
        if check:
            print(f"{name} is out of date: python tools/make_samples.py")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(files[path])
            print(f"{name} written")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
