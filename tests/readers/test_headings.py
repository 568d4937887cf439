"""What words mean: tables, headings, labels, types."""

from __future__ import annotations

import pytest

from graphalign.readers.headings import LABEL_OF, TYPE_OF, bare, find, property_of, slug, table_kind
from graphalign.vocabulary import LABELS, TYPES


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("partners", "Partner"),
        ("Organisations", "Partner"),
        ("Companies", "Partner"),
        ("Departments", "Partner"),
        ("Contacts", "Stakeholder"),
        ("People", "Stakeholder"),
        ("Stakeholder Register 2026", "Stakeholder"),
        ("Objectives", "Goal"),
        ("Outcomes", "Goal"),
        ("Tasks", "Responsibility"),
        ("Deliverables", "Responsibility"),
        ("Indicators", "Kpi"),
        ("RACI Matrix", "raci"),
        ("Responsibility Matrix", "raci"),
        ("Contacts log", "communications"),
        ("Engagement log", "communications"),
        ("Meetings", "communications"),
        ("Goal dependencies", "dependencies"),
        ("commitments", "commitments"),
        ("contributions", "contributions"),
        ("conflicts", "conflicts"),
        ("reporting", "reporting"),
        ("nodes", "nodes"),
        ("Edges", "relationships"),
        ("links", "relationships"),
        ("Sheet1", None),
        ("", None),
    ],
)
def test_a_table_is_known_by_its_name(name: str, kind: str | None) -> None:
    assert table_kind(name) == kind


@pytest.mark.parametrize(
    ("heading", "kind", "meant"),
    [
        ("Influence", "Stakeholder", "power"),
        ("POWER (0-10)", "Stakeholder", "power"),
        ("Current Attitude", "Stakeholder", "engagement"),
        ("Current  Engagement", "Stakeholder", "engagement"),
        ("Support level", "Stakeholder", "engagement"),
        ("Desired engagement", "Stakeholder", "desired_engagement"),
        ("target-engagement", "Stakeholder", "desired_engagement"),
        ("Deadline", "Goal", "due"),
        ("Due date", "Goal", "due"),
        ("co-owned", "Goal", "co_owned"),
        ("Current value", "Kpi", "actual"),
        ("influence", "nodes", "power"),
        ("target", "nodes", "target"),
        ("theme", "nodes", None),
        ("level", "nodes", None),
        ("Shoe size", "Stakeholder", None),
    ],
)
def test_a_heading_is_known_by_synonym_whatever_its_case_spacing_and_punctuation(
    heading: str, kind: str, meant: str | None
) -> None:
    assert property_of(heading, kind) == meant


def test_every_property_label_and_type_of_the_vocabulary_means_itself() -> None:
    for label, properties in LABELS.items():
        assert LABEL_OF[bare(label)] == label
        for name in properties:
            assert property_of(name, label) == name
            assert property_of(name, "nodes") == name
    for type_ in TYPES:
        assert TYPE_OF[bare(type_)] == type_


@pytest.mark.parametrize(
    ("word", "type_"),
    [
        ("accountable", "ACCOUNTABLE_FOR"),
        ("responsible", "RESPONSIBLE_FOR"),
        ("member_of", "MEMBER_OF"),
        ("leads", "MEMBER_OF"),
        ("lead of", "MEMBER_OF"),
        ("chair of", "MEMBER_OF"),
        ("champion", "SPONSORS"),
        ("part_of", "PART_OF"),
    ],
)
def test_the_type_words_of_real_data_are_known(word: str, type_: str) -> None:
    assert TYPE_OF[bare(word)] == type_


def test_the_first_word_decides_which_heading_is_taken() -> None:
    assert find(["Objective", "Name"], ("name", "objective")) == "Name"
    assert find(["Objective", "Name"], ("name", "objective"), taken=["Name"]) == "Objective"
    assert find(["Other"], ("name",)) is None


def test_a_heading_becomes_a_property_in_lower_case_letters_and_digits() -> None:
    assert slug("Budget (k€) / 2026") == "budget_k_2026"
    assert slug("_file") == "file"
    assert slug("???") == "column"
