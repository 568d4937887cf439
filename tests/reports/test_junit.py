"""The report as JUnit XML."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from graphalign.report import Report
from graphalign.reports.junit import render


def parsed(report: Report) -> Element:
    root: Element = fromstring(render(report).encode("utf-8"))
    return root


@pytest.mark.parametrize("name", ["story", "noted", "hostile"])
def test_the_counts_are_those_of_the_cases(name: str, request: pytest.FixtureRequest) -> None:
    root = parsed(request.getfixturevalue(name))
    for node in (root, *root.findall("testsuite")):
        assert int(node.get("tests", "")) == len(list(node.iter("testcase")))
        assert int(node.get("failures", "")) == len(list(node.iter("failure")))
        assert int(node.get("skipped", "")) == len(list(node.iter("skipped")))


def test_every_finding_that_is_not_noted_is_a_failure(story: Report) -> None:
    root = parsed(story)
    assert [f.get("message") for f in root.iter("failure")] == [
        f.message for result in story.results for f in story.of_rule(result.rule.code)
    ]
    assert {f.get("type") for f in root.iter("failure")} == {"high", "medium", "low", "info"}


def test_what_is_noted_is_skipped(noted: Report) -> None:
    root = parsed(noted)
    assert root.get("failures") == "0"
    assert len(list(root.find("testsuite[@name='ENG305 isolated-stakeholder']").iter("skipped"))) == 12  # type: ignore[union-attr]


def test_a_rule_without_findings_passes_or_says_why_it_did_not_judge(story: Report) -> None:
    root = parsed(story)
    clean = root.find("testsuite[@name='OWN104 departed-owner']/testcase")
    unjudged = root.find("testsuite[@name='ENG304 neglected-key-player']/testcase/skipped")
    assert clean is not None
    assert list(clean) == []
    assert clean.get("name") == "nothing found, 7 subjects judged"
    assert unjudged is not None
    assert unjudged.get("message") == "cannot judge: no contact between people is recorded: add communications"


def test_hostile_text_stays_text(hostile: Report) -> None:
    root = parsed(hostile)
    assert {e.tag for e in root.iter()} == {"testsuites", "testsuite", "testcase", "failure", "skipped"}
    assert any("<script>" in (f.text or "") for f in root.iter("failure"))
    assert "\x1b" not in render(hostile)
    assert "\x00" not in render(hostile)


def test_two_renders_are_equal(hostile: Report) -> None:
    assert render(hostile) == render(hostile)
