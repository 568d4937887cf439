"""graphalign.toml: what is right is taken, what is wrong ends in one sentence with the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphalign import load_settings
from graphalign.configure import effective, settings_beside
from graphalign.errors import SettingsError
from graphalign.rules import catalogue
from graphalign.settings import MOST_BYTES


def settings_of(folder: Path, text: str | bytes) -> Path:
    path = folder / "graphalign.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


WRONG: dict[str, tuple[str | bytes, str]] = {
    "unknown section": ("[contacts]\nwindow_days = 3", "unknown key 'contacts'; did you mean 'contact'?"),
    "unknown key": ("[contact]\nwindow = 3", "[contact]: unknown key 'window'; did you mean 'window_days'?"),
    "unknown rule": ("[rules.OWN120]\nlimit = 3", "[rules]: unknown key 'OWN120'; did you mean 'OWN1"),
    "rule in lower case": ("[rules.own107]\nlimit = 3", "unknown key 'own107'; did you mean 'OWN107'?"),
    "unknown option": ("[rules.OWN107]\nlimits = 3", "[rules.OWN107]: unknown key 'limits'; did you mean 'limit'?"),
    "far from all": ("[zzz]\na = 1", "unknown key 'zzz'; known are contact, "),
    "a text for a number": ('[contact]\nwindow_days = "90"', "'90' is not a number; the default is 90"),
    "true for a number": ("[contact]\nwindow_days = true", "True is not a number; the default is 90"),
    "a number for true": ("[rules.OWN107]\nenabled = 1", "1 is not true or false; the default is True"),
    "a list": ("[rules.OWN107]\nlimit = [1]", "[1] is not a number; the default is 5"),
    "too low": ("[contact]\nwindow_days = 0", "0 is out of range 1..3660; the nearest right one is 1"),
    "too high": ("[contact]\ncoverage = 30", "30 is out of range 0..1; the nearest right one is 1"),
    "no number at all": ("[contact]\ncoverage = nan", "nan is out of range 0..1"),
    "endless": ("[contact]\nwindow_days = inf", "inf is out of range 1..3660; the nearest right one is 3660"),
    "bad choice": (
        '[rules.OWN107]\nseverity = "hihg"',
        "[rules.OWN107] severity: 'hihg' is not allowed; did you mean 'high'?",
    ),
    "a value for a section": ("contact = 3", "[contact]: must be a table"),
    "a value for all rules": ("rules = 3", "[rules]: must be a table"),
    "a value for a rule": ("rules.OWN107 = 3", "[rules.OWN107]: must be a table"),
    "levels the wrong way round": ("[levels]\nlow = 8", "[levels]: low 8 is not below high 7; set both"),
    "unknown column of words": ('[words.stauts]\na = "done"', "[words]: unknown key 'stauts'; did you mean 'status'?"),
    "a word that means nothing": (
        '[words.status]\nparked = "droped"',
        "[words.status]: 'parked' cannot mean 'droped'; did you mean 'dropped'?",
    ),
    "a word that means a number": ("[words.status]\nparked = 3", "'parked' cannot mean 3; use active, left, "),
    "words that are no table": ("words = 3", "[words]: must be a table"),
    "a column of words that is no table": ("words.status = 3", "[words.status]: must be a table"),
    "unknown column of a scale": ('[scales]\npowr = "1-5"', "[scales]: unknown key 'powr'; did you mean 'power'?"),
    "no scale": ('[scales]\npower = "five"', "[scales] power: 'five' is no scale; write it as \"1-5\""),
    "a scale downwards": ('[scales]\npower = "5-1"', "'5-1' is no scale"),
    "a number for a scale": ("[scales]\npower = 5", "5 is no scale"),
    "a scale of other levels": (
        '[scales]\npriority = "1-5"',
        '4 levels are needed, as in "1-4" (low, medium, high, critical)',
    ),
    "not TOML": ("[contact\n", "is not TOML: "),
    "not UTF-8": (b"# \xff\n", "is not TOML: "),
    "a key twice": ("[contact]\ncoverage = 0.1\ncoverage = 0.2\n", "is not TOML: "),
    "an endless number": ("[contact]\nwindow_days = " + "9" * 5000, "graphalign.toml"),
    "too deep": ("a = " + "[" * 100_000, "is not TOML: "),
    "too large": ("#" * (MOST_BYTES + 1), "is larger than 1,000,000 bytes"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_one_sentence_with_its_place_and_the_way_out(case: str, tmp_path: Path) -> None:
    text, said = WRONG[case]
    with pytest.raises(SettingsError) as caught:
        load_settings(settings_of(tmp_path, text))
    message = str(caught.value)
    assert said in message
    assert "graphalign.toml" in message
    assert caught.value.way_out
    assert "\n" not in message.rstrip()[:-1] or "TOML" in message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path / "none.toml")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path)


def test_what_is_right_is_in_force(tmp_path: Path) -> None:
    text = (
        '\ufeff[contact]\nwindow_days = 60\n[rules.OWN107]\nlimit = 7\nseverity = "low"\n'
        '[words.status]\nParked = "dropped"\nGone = "left"\n[scales]\npower = "1 to 5"\npriority = "1-4"\n'
    )
    settings = load_settings(settings_of(tmp_path, text))
    own = settings.rule(catalogue()["OWN107"])
    assert settings.get("contact", "window_days") == 60
    assert settings.get("contact", "coverage") == 0.3
    assert (own.enabled, own.severity, own["limit"]) == (True, "low", 7)
    assert settings.words["status"] == {"parked": "dropped", "gone": "left"}
    assert settings.scales == {"power": "1 to 5", "priority": "1-4"}


def test_every_setting_in_force_is_listed_with_whether_the_file_says_it(tmp_path: Path) -> None:
    settings = load_settings(settings_of(tmp_path, "[contact]\nwindow_days = 90\n[rules.OWN107]\nlimit = 7\n"))
    held = {(e.section, e.key): e for e in effective(settings)}
    assert {key for key, e in held.items() if e.said} == {("contact", "window_days"), ("rules.OWN107", "limit")}
    assert (held["rules.OWN107", "limit"].value, held["rules.OWN107", "limit"].default) == (7, 5)
    for code, rule in catalogue().items():
        assert {key for section, key in held if section == f"rules.{code}"} == {"enabled", "severity", *rule.options}


def test_the_settings_beside_an_input_are_found(tmp_path: Path) -> None:
    path = settings_of(tmp_path, "[contact]\nwindow_days = 60\n")
    assert settings_beside(tmp_path).path == path
    assert settings_beside(tmp_path / "alliance.xlsx").get("contact", "window_days") == 60
    (tmp_path / "other").mkdir()
    assert settings_beside(tmp_path / "other").path is None
