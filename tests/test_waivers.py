"""Waivers: what is set aside, what folds beneath it, and what is said of those that are of no use."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import graphalign as ga
from graphalign.errors import SettingsError
from graphalign.reports import Shown, render
from graphalign.rules import catalogue
from graphalign.waivers import Waiver, glob_of, read_waivers, with_waiver

ROOT = Path(__file__).parents[1]
HARBOUR = ROOT / "samples/harbour-alliance.yaml"
DAY = "2026-06-30"
GOOD = '[[waivers]]\nrule = "OWN102"\nsubjects = { goal = "quay-*" }\nreason = "agreed"\nuntil = 2026-12-31\n'


@pytest.fixture(scope="module")
def harbour() -> ga.AlignmentGraph:
    return ga.read(HARBOUR)


def waived(harbour: ga.AlignmentGraph, *said: str) -> ga.Report:
    document = tomllib.loads("\n".join(f"[[waivers]]\n{one}" for one in said))
    waivers = read_waivers(document.get("waivers", []), catalogue(), "x.toml")
    return ga.check(harbour, as_of=DAY, settings=ga.Settings(waivers=waivers))


def entry(rule: str, subjects: str, until: str = "2026-12-31", reason: str = "agreed") -> str:
    return f'rule = "{rule}"\nsubjects = {subjects}\nreason = "{reason}"\nuntil = {until}\n'


def all_of(report: ga.Report) -> set[str]:
    return set(report.ids["id"])


def verdict(report: ga.Report, code: str) -> ga.RuleResult:
    return next(r for r in report.results if r.rule.code == code)


def test_a_waived_finding_leaves_the_findings_and_is_told_with_its_waiver(harbour: ga.AlignmentGraph) -> None:
    before, after = waived(harbour), waived(harbour, entry("OWN102", '{ goal = "truck-*" }'))
    ((finding, waiver),) = after.waived
    assert finding in before.findings
    assert finding not in after.findings
    assert [f.id for f in after.findings] == [f.id for f in before.findings if f.id != finding.id]
    assert (finding.rule, finding.subjects, waiver.reason) == ("OWN102", {"goal": "truck-route"}, "agreed")
    assert after.worst("high") == before.worst("high") - 1
    assert (verdict(after, "OWN102").verdict, verdict(after, "OWN102").found) == ("waived", 0)
    assert after.counts()["OWN102"] == {"waived": 1}
    assert all_of(after) == all_of(before)


def test_what_folds_beneath_a_waived_finding_is_waived_with_it(harbour: ga.AlignmentGraph) -> None:
    before, after = waived(harbour), waived(harbour, entry("departed-owner", '{ goal = "inland-depot" }'))
    ((finding, _),) = after.waived
    assert [f.rule for f in finding.folded] == ["OWN101"]
    assert verdict(after, "OWN101").waived == 1
    assert after.counts()["OWN101"].get("folded", 0) == before.counts()["OWN101"]["folded"] - 1
    folds = {f.id: [g.id for g in f.folded] for f in before.findings if f.id != finding.id}
    assert {f.id: [g.id for g in f.folded] for f in after.findings} == folds


def test_a_folded_finding_can_be_waived_alone(harbour: ga.AlignmentGraph) -> None:
    report = waived(harbour, entry("OWN101", '{ goal = "inland-depot" }'))
    assert [(f.rule, f.subjects["goal"]) for f, _ in report.waived] == [("OWN101", "inland-depot")]
    (above,) = [f for f in report.findings if f.rule == "OWN104"]
    assert above.folded == ()


def test_every_id_of_a_list_must_be_matched(harbour: ga.AlignmentGraph) -> None:
    assert waived(harbour, entry("DAT902", '{ members = "m-*" }')).waived == ()
    assert len(waived(harbour, entry("DAT902", '{ members = ["m-*", "marit-solheim"] }')).waived) == 1


def test_a_symmetric_pair_may_be_named_either_way_round(harbour: ga.AlignmentGraph) -> None:
    one, two = '"emissions-of-calls"', '"emissions-of-ships"'
    for first, second in ((one, two), (two, one)):
        report = waived(harbour, entry("OWN106", f"{{ responsibility = {first}, other = {second} }}"))
        assert len(report.waived) == 1


def test_a_subject_left_out_may_be_any(harbour: ga.AlignmentGraph) -> None:
    assert len(waived(harbour, entry("OWN111", '{ partner = "customs" }')).waived) == 1
    assert waived(harbour, entry("OWN111", '{ partner = "customs", goal = "x" }')).waived == ()


def test_globs_tell_upper_from_lower_case(harbour: ga.AlignmentGraph) -> None:
    assert waived(harbour, entry("OWN102", '{ goal = "Truck-*" }')).waived == ()


def test_the_last_day_counts_and_the_day_after_does_not(harbour: ga.AlignmentGraph) -> None:
    assert len(waived(harbour, entry("OWN102", '{ goal = "*" }', until=DAY)).waived) == 1
    report = waived(harbour, entry("OWN102", '{ goal = "*" }', until="2026-06-29"))
    assert report.waived == ()
    (note,) = report.notes
    assert note.text == "the waiver of OWN102 goal = * expired on 2026-06-29: what it waived counts again (1)"
    assert (str(note.place), note.way_out) == ("x.toml, [[waivers]] 1", "delete it, or give it a later `until`")


def test_a_waiver_that_matches_nothing_is_told(harbour: ga.AlignmentGraph) -> None:
    (note,) = waived(harbour, entry("OWN102", '{ goal = "nothing" }')).notes
    assert note.text == "the waiver of OWN102 goal = nothing matches no finding"


def test_a_waiver_of_a_rule_that_was_not_run_is_not_called_useless(harbour: ga.AlignmentGraph) -> None:
    waivers = read_waivers(tomllib.loads(GOOD)["waivers"], catalogue(), "x.toml")
    report = ga.check(harbour, as_of=DAY, settings=ga.Settings(waivers=waivers), only=["OWN101"])
    assert report.notes == ()


def test_the_first_waiver_that_matches_is_the_one_named(harbour: ga.AlignmentGraph) -> None:
    both = [entry("OWN102", '{ goal = "*" }', reason=r) for r in ("first", "second")]
    assert [w.reason for _, w in waived(harbour, *both).waived] == ["first"]
    expired = entry("OWN102", '{ goal = "*" }', "2026-01-01", "old")
    assert [w.reason for _, w in waived(harbour, expired, *both).waived] == ["first"]


INVALID = {
    "no table": ("waivers = 3", "waivers must be tables"),
    "unknown key": (GOOD + "til = 3", "unknown key 'til'; did you mean 'until'?"),
    "no rule": (GOOD.replace('rule = "OWN102"\n', ""), "has no 'rule'"),
    "no reason": (GOOD.replace('reason = "agreed"\n', ""), "has no 'reason'"),
    "an empty reason": (GOOD.replace('"agreed"', '" "'), "'reason' is no text"),
    "no end": (GOOD.replace("until = 2026-12-31\n", ""), "has no 'until'; give the last day without quotes"),
    "an end that is text": (GOOD.replace("2026-12-31", '"2026-12-31"'), "is no date; give the last day without quotes"),
    "an end with a time": (GOOD.replace("2026-12-31", "2026-12-31T10:00:00"), "is no date"),
    "unknown rule": (GOOD.replace("OWN102", "OWN199"), "there is no rule 'OWN199'; did you mean 'OWN1"),
    "a rule that is a number": (GOOD.replace('"OWN102"', "102"), "rule = 102 is no text"),
    "unknown subject": (GOOD.replace("goal =", "goals ="), "unknown subject 'goals'; of OWN102 it is goal"),
    "subjects that are a list": (GOOD.replace('{ goal = "quay-*" }', '["quay-*"]'), "'subjects' is no table of globs"),
    "no subjects": (GOOD.replace('{ goal = "quay-*" }', "{}"), "'subjects' is no table of globs"),
    "a number for a glob": (GOOD.replace('"quay-*"', "3"), "'goal' is no glob"),
    "by that is a number": (GOOD + "by = 3", "'by' is no text"),
}


@pytest.mark.parametrize("case", INVALID)
def test_an_invalid_waiver_ends_the_run_and_is_named(case: str, tmp_path: Path) -> None:
    text, said = INVALID[case]
    path = tmp_path / "graphalign.toml"
    path.write_text(text if text.startswith("waivers") else f"{GOOD}{text}", "utf-8")
    with pytest.raises(SettingsError) as caught:
        ga.load_settings(path)
    assert said in str(caught.value)
    assert "graphalign.toml" in caught.value.where
    assert text.startswith("waivers") or caught.value.where.endswith("[[waivers]] 2")


@pytest.mark.parametrize("form", ["terminal", "md", "json"])
def test_reports_list_what_is_waived_at_the_end(harbour: ga.AlignmentGraph, form: str) -> None:
    said = (
        entry("OWN104", '{ goal = "*" }', reason="she is <b>back</b> soon"),
        entry("OWN102", '{ goal = "*" }', "2026-01-01"),
    )
    text = "".join(render(waived(harbour, *said), form, Shown()))
    if form == "json":
        document = json.loads(text)
        schema = json.loads((ROOT / "docs/report.schema.json").read_text("utf-8"))
        jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())
        (held,) = document["waived"]
        assert (held["waiver"]["until"], held["waiver"]["key"]) == ("2026-12-31", "[[waivers]] 1")
        assert held["finding"]["folded"][0]["rule"] == "OWN101"
        assert document["notes"][0]["way_out"] == "delete it, or give it a later `until`"
    else:
        assert "2 waived" in text
        assert text.rindex("until 2026-12-31") > text.upper().rindex("VERDICTS")
        assert "expired on 2026-01-01" in text
        assert ("she is <b>back</b> soon" in text) == (form == "terminal")


def test_a_waiver_is_added_and_the_file_stays_as_it_is() -> None:
    text = (
        "# ours\n[contact]   # hm\nwindow_days = 80 # less\n\n[[waivers]] # the first\n"
        + GOOD.split("\n", 1)[1]
        + "[levels]\nhigh = 8"
    )
    more = Waiver(
        "OWN106", {"responsibility": ("a",), "other": ("b", "c")}, 'a "reason"\twith \\', date(2027, 1, 2), "Ana"
    )
    result = with_waiver(text, more)
    assert result.startswith(text + "\n")
    document = tomllib.loads(result)
    first, second = read_waivers(document["waivers"], catalogue(), "x.toml")
    assert first.rule == "OWN102"
    assert (second.rule, second.subjects, second.reason, second.until, second.by) == (
        more.rule,
        more.subjects,
        more.reason,
        more.until,
        more.by,
    )
    assert document["levels"] == {"high": 8}


def test_a_waiver_is_added_to_an_inline_array_and_to_other_line_ends() -> None:
    more = Waiver("OWN102", {"goal": ("a",)}, "agreed", date(2027, 1, 2))
    one = '{ rule = "OWN101", subjects = { goal = "b" }, reason = "r", until = 2026-12-31 }'
    inline = f"waivers = [{one}] # two\n[levels]\nhigh = 8\n"
    result = with_waiver(inline, more)
    assert [w["rule"] for w in tomllib.loads(result)["waivers"]] == ["OWN101", "OWN102"]
    assert "# two" in result
    other = with_waiver("[levels]\r\nhigh = 8\r\n", more)
    assert "\n" not in other.replace("\r\n", "")
    assert tomllib.loads(other)["waivers"][0]["rule"] == "OWN102"


@pytest.mark.parametrize("text", ["a*b", "[x]", "a?", "]", "[!a]", "plain", "\\"])
def test_the_glob_of_an_id_matches_it_and_no_other(text: str) -> None:
    from fnmatch import fnmatchcase

    assert fnmatchcase(text, glob_of(text))
    assert not fnmatchcase(f"{text}x", glob_of(text))
    assert not fnmatchcase("aXb", glob_of(text))
