"""Words, numbers and dates as people write them."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest

from graphalign.errors import SettingsError
from graphalign.graph.extras import as_extra
from graphalign.graph.words import understand, understand_status
from graphalign.settings import Settings
from graphalign.vocabulary import LABELS, TYPES, Property

LEVEL = LABELS["Stakeholder"]["power"]
NUMBER = Property("number", "any")
DATE = LABELS["Goal"]["due"]
BOOLEAN = LABELS["Goal"]["shared"]


def values(prop: Property, *texts: str | None, name: str = "x", settings: Settings | None = None) -> list[object]:
    return understand(pl.Series(texts, dtype=pl.String), name, prop, settings or Settings()).values.to_list()


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("0", 0),
        ("10", 10),
        ("7.5", 7.5),
        ("7,5", 7.5),
        ("low", 2),
        ("L", 2),
        ("Medium", 5),
        ("m", 5),
        ("HIGH", 8),
        ("h", 8),
        ("85%", 8.5),
        ("85 %", 8.5),
        ("8/10", 8),
        ("100%", 10),
    ],
)
def test_a_level_is_a_number_a_word_a_letter_or_a_percentage(text: str, level: float) -> None:
    assert values(LEVEL, text, None) == [level, None]


@pytest.mark.parametrize("text", ["11", "-1", "101%", "nan", "inf", "-inf", "hgih", "1e400", "ten", "=1+1"])
def test_what_is_no_level_is_refused_as_a_value(text: str) -> None:
    found = understand(pl.Series([text, "3"]), "power", LEVEL, Settings())
    assert found.values.to_list() == [None, 3.0]
    assert list(found.refused) == [text]


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["1.234,5", "0,25"], [1234.5, 0.25]),
        (["1,234.5", "0.25"], [1234.5, 0.25]),
        (["1,234"], [1234]),
        (["1,234", "0,5"], [1.234, 0.5]),
        (["1.234"], [1.234]),
        (["1.234", "0,5"], [1234, 0.5]),
        (["1.234.567"], [1234567]),
        (["1 234 567"], [1234567]),
        (["-3", "+4", "1e3"], [-3, 4, 1000]),
        (["−3"], [-3]),
    ],
)
def test_decimal_commas_and_thousands_are_told_apart_by_the_column(texts: list[str], numbers: list[float]) -> None:
    assert values(NUMBER, *texts) == numbers


def test_a_separator_that_could_be_either_is_said() -> None:
    assert "1234" in understand(pl.Series(["1,234"]), "actual", NUMBER, Settings()).said[0][0]


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-01",
        "1.9.2026",
        "01.09.2026",
        "2026/09/01",
        "1 Sep 2026",
        "Sep 1, 2026",
        "1. September 2026",
        "1st Sept 2026",
        "2026-09-01T10:00:00Z",
        "2026-09-01 10:00",
        "46266",
        "46266.5",
        "2026-9-1",
    ],
)
def test_a_day_is_read_in_the_forms_people_write(text: str) -> None:
    assert values(DATE, text) == [date(2026, 9, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "31.2.2026",
        "2026-02-30",
        "2026-13-01",
        "0000-01-01",
        "12026-01-01",
        "soon",
        "1.9.26",
        "19999",
        "80001",
        "99/99/2026",
    ],
)
def test_an_impossible_day_is_refused_as_a_value(text: str) -> None:
    found = understand(pl.Series([text]), "due", DATE, Settings())
    assert found.values.to_list() == [None]
    assert list(found.refused) == [text]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["1/9/2026", "13/9/2026"], date(2026, 9, 1)),
        (["1/9/2026", "9/13/2026"], date(2026, 1, 9)),
        (["1/9/2026"], date(2026, 9, 1)),
        (["1-9-2026"], date(2026, 9, 1)),
    ],
)
def test_day_or_month_first_is_decided_by_the_other_values_of_the_column(texts: list[str], first: date) -> None:
    found = understand(pl.Series(texts), "due", DATE, Settings())
    assert found.values.to_list()[0] == first
    assert bool(found.said) == (len(texts) == 1), "what nothing decides is said"


@pytest.mark.parametrize(
    ("text", "truth"),
    [("yes", True), ("X", True), ("1", True), ("TRUE", True), ("no", False), ("0", False), ("False", False)],
)
def test_yes_and_no_are_read(*, text: str, truth: bool) -> None:
    assert values(BOOLEAN, text) == [truth]


def test_a_champion_in_a_column_of_levels_is_leading() -> None:
    assert values(LABELS["Stakeholder"]["engagement"], "Champion", "SUPPORTIVE", "not aware", name="engagement") == [
        "leading",
        "supportive",
        "unaware",
    ]


def test_an_unknown_word_is_refused_with_the_nearest_known_one() -> None:
    found = understand(pl.Series(["suportive"]), "engagement", LABELS["Stakeholder"]["engagement"], Settings())
    assert found.values.to_list() == [None]
    assert "did you mean 'supportive'?" in found.refused["suportive"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Not accepted", "dropped"),
        ("cancelled", "dropped"),
        ("Completed", "done"),
        ("achieved", "done"),
        ("Draft", "proposed"),
        ("Proposed", "proposed"),
        ("In progress", "active"),
        ("parked", "active"),
    ],
)
def test_the_status_of_a_goal_goes_by_the_map(word: str, status: str) -> None:
    assert understand_status(pl.Series([word]), "Goal", Settings()).values.to_list() == [status]


@pytest.mark.parametrize(
    ("word", "status"),
    [("left", "left"), ("Retired", "left"), ("former", "left"), ("active", "active"), ("busy", "active")],
)
def test_the_status_of_a_person_goes_by_the_map(word: str, status: str) -> None:
    assert understand_status(pl.Series([word]), "Stakeholder", Settings()).values.to_list() == [status]


def test_an_unknown_status_is_active_and_said_with_the_setting_that_changes_it() -> None:
    found = understand_status(pl.Series(["parked"]), "Goal", Settings())
    assert "'parked'" in found.said[0][0]
    assert found.said[0][1] == '[words.status] "parked" = "dropped"'
    mended = understand_status(pl.Series(["parked"]), "Goal", Settings(words={"status": {"parked": "dropped"}}))
    assert mended.values.to_list() == ["dropped"]
    assert not mended.said


def test_a_setting_that_gives_a_word_no_meaning_is_an_error() -> None:
    with pytest.raises(SettingsError, match="no meaning"):
        understand_status(pl.Series(["parked"]), "Goal", Settings(words={"status": {"parked": "gone"}}))


def test_a_column_of_one_to_five_is_asked_about() -> None:
    found = understand(pl.Series(["1", "3", "5"]), "power", LEVEL, Settings())
    assert found.values.to_list() == [1, 3, 5]
    assert found.said[0][1] == '[scales] power = "1-5"'
    assert not understand(pl.Series(["1", "6"]), "power", LEVEL, Settings()).said


def test_a_scale_maps_its_ends_to_0_and_10() -> None:
    found = understand(pl.Series(["1", "3", "5", "6", "high"]), "power", LEVEL, Settings(scales={"power": "1-5"}))
    assert found.values.to_list() == [0, 5, 10, None, 8]
    assert list(found.refused) == ["6"]
    assert not found.said
    with pytest.raises(SettingsError, match="no scale"):
        understand(pl.Series(["1"]), "power", LEVEL, Settings(scales={"power": "5 stars"}))


def test_a_capacity_is_whole() -> None:
    found = understand(pl.Series(["3", "2.5", "4.0"]), "capacity", LABELS["Stakeholder"]["capacity"], Settings())
    assert found.values.to_list() == [3, None, 4]
    assert found.values.dtype == pl.Int64


def test_a_cadence_may_be_a_word() -> None:
    assert values(LABELS["Stakeholder"]["cadence_days"], "weekly", "30 days", "14", name="cadence_days") == [7, 30, 14]


def test_typed_values_are_only_checked() -> None:
    assert understand(pl.Series([8, 11, None]), "power", LEVEL, Settings()).values.to_list() == [8, None, None]
    assert understand(pl.Series([float("nan"), 3.5]), "power", LEVEL, Settings()).values.to_list() == [None, 3.5]
    assert understand(pl.Series([date(2026, 1, 1)]), "due", DATE, Settings()).values.to_list() == [date(2026, 1, 1)]
    assert understand(pl.Series([datetime(2026, 1, 1, 9, 30)]), "due", DATE, Settings()).values.to_list() == [  # noqa: DTZ001
        date(2026, 1, 1)
    ]
    assert understand(pl.Series([True]), "shared", BOOLEAN, Settings()).values.to_list() == [True]


@pytest.mark.parametrize(
    ("texts", "typed"),
    [
        (["1", "2.5"], [1.0, 2.5]),
        (["1", "x"], ["1", "x"]),
        (["01", "2"], ["01", "2"]),
        (["12345678901234567890"], ["12345678901234567890"]),
        (["2026-01-01"], [date(2026, 1, 1)]),
        (["2026-01-01", "2026-02-30"], ["2026-01-01", "2026-02-30"]),
        (["true", "false"], [True, False]),
        (["True"], ["True"]),
    ],
)
def test_a_column_outside_the_vocabulary_has_a_type_only_when_every_value_is_canonical(
    texts: list[str], typed: list[object]
) -> None:
    assert as_extra(pl.Series(texts)).to_list() == typed


def test_every_property_of_the_vocabulary_reads_its_own_canonical_values() -> None:
    for name, prop in [
        (n, p) for held in (*LABELS.values(), *(t.properties for t in TYPES.values())) for n, p in held.items()
    ]:
        for word in prop.words:
            assert understand(pl.Series([word]), name, prop, Settings()).values.to_list() == [word]
