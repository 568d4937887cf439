"""graphalign.toml: every threshold, word and switch, its default, its bounds and what it means."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from graphalign.errors import SettingsError
from graphalign.model import SEVERITIES, Option, Value

if TYPE_CHECKING:
    from graphalign.model import Rule

FILE_NAME = "graphalign.toml"

GENERAL: Mapping[str, Mapping[str, Option]] = {
    "contact": {
        "window_days": Option(90, "contact is recent when dated 0 to this many days before the as-of date", 1, 3660),
        "coverage": Option(0.30, "the share of the persons judged who need a contact before rules on contact judge", 0, 1),
    },
    "levels": {
        "high": Option(7, "power or interest is high from here", 0, 10),
        "low": Option(3, "power is low up to here", 0, 10),
    },
    "custom": {
        "share": Option(0.5, "a rule that fires on more than this share of its subjects is noted in one line", 0, 1),
        "least": Option(10, "the custom clause needs at least this many judged subjects", 1, 10**9),
    },
}
# Tables of words that readers take: [words.status] parked = "dropped"; [scales] power = "1-5".
FREE = ("words", "scales")
ENABLED = Option(True, "whether the rule is run")


@dataclass(frozen=True)
class RuleSettings:
    """What a rule is run with: whether, how severe its findings are (None: as the rule says), its own options."""

    enabled: bool = True
    severity: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 (a bool, number or text, as the option's default)
        return self.options[name]


@dataclass(frozen=True)
class Settings:
    """The effective settings: what a file says over the defaults.

    `general` holds the values that differ from the default by section and key, `rules` likewise by code, `words`
    and `scales` what readers take; `path` is the file they came from.
    """

    general: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    scales: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[Mapping[str, Any], ...] = ()
    path: Path | None = None

    def get(self, section: str, key: str) -> Any:  # noqa: ANN401
        """Return a general setting: the file's value, else the default.

        >>> Settings().get("contact", "window_days")
        90
        """
        return self.general.get(section, {}).get(key, GENERAL[section][key].default)

    def rule(self, rule: Rule) -> RuleSettings:
        """Return what a rule is to be run with."""
        said = self.rules.get(rule.code, {})
        options = {name: said.get(name, option.default) for name, option in rule.options.items()}
        severity = said.get("severity")
        return RuleSettings(bool(said.get("enabled", True)), None if severity is None else str(severity), options)

    def with_rule(self, code: str, **values: Value) -> Settings:
        """Return the same settings but for these of one rule.

        >>> Settings().with_rule("OWN107", limit=7).rules["OWN107"]["limit"]
        7
        """
        return replace(self, rules=MappingProxyType({**self.rules, code: {**self.rules.get(code, {}), **values}}))


def load_settings(path: Path, catalogue: Mapping[str, Rule]) -> Settings:
    """Read a settings file and check each key and value.

    Parameters
    ----------
    path
        A TOML file.
    catalogue
        The rules by code, whose options the file may set.

    Raises
    ------
    graphalign.errors.SettingsError
        If the file cannot be read, a key is unknown (the nearest right one is named), or a value is out of range.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"cannot be read ({error.strerror})", where=str(path), way_out="name another with --config") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"is not TOML: {error}", where=str(path), way_out="mend that line") from None
    where = path.name
    _known(document, [*GENERAL, *FREE, "rules", "waivers"], where)
    general = {s: _section(document[s], GENERAL[s], f"{where}, [{s}]") for s in GENERAL if s in document}
    rules: dict[str, Mapping[str, Value]] = {}
    _known(document.get("rules", {}), list(catalogue), f"{where}, [rules]")
    for code, table in document.get("rules", {}).items():
        severity = Option("", "the severity of all its findings", choices=SEVERITIES)
        options = {**catalogue[code].options, "enabled": ENABLED, "severity": severity}
        rules[code] = _section(table, options, f"{where}, [rules.{code}]")
    words = {str(k): {str(a).lower(): str(b) for a, b in v.items()} for k, v in document.get("words", {}).items()}
    scales = {str(k): str(v) for k, v in document.get("scales", {}).items()}
    return Settings(general, rules, words, scales, tuple(document.get("waivers", ())), path)


def _section(table: object, options: Mapping[str, Option], where: str) -> dict[str, Value]:
    if not isinstance(table, dict):
        raise SettingsError("must be a table", where=where, way_out="write it as [section] with key = value lines")
    _known(table, list(options), where)
    return {key: _checked(value, options[key], f"{where} {key}") for key, value in table.items()}


def _known(table: Mapping[str, object], allowed: list[str], where: str) -> None:
    from difflib import get_close_matches

    for key in table:
        if key not in allowed:
            near = get_close_matches(key, allowed, 1, 0.5) or get_close_matches(key.upper(), allowed, 1, 0.5)
            way_out = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(allowed[:8])}"
            raise SettingsError(f"unknown key {key!r}", where=where, way_out=way_out)


def _checked(value: object, option: Option, where: str) -> Value:
    default = option.default
    fits = (
        isinstance(value, bool)
        if isinstance(default, bool)
        else isinstance(value, int | float) and not isinstance(value, bool)
        if isinstance(default, int | float)
        else isinstance(value, str)
    )
    if not fits or not isinstance(value, bool | int | float | str):
        kind = "true or false" if isinstance(default, bool) else "a number" if isinstance(default, int | float) else "a text"
        raise SettingsError(f"{value!r} is not {kind}", where=where, way_out=f"the default is {default!r}")
    if option.choices and value not in option.choices:
        raise SettingsError(f"{value!r} is not allowed", where=where, way_out=f"use {', '.join(option.choices)}")
    if isinstance(value, int | float) and not isinstance(value, bool):
        low, high = option.low, option.high
        if value != value or (low is not None and value < low) or (high is not None and value > high):
            nearest = low if low is not None and not value > low else high
            raise SettingsError(f"{value!r} is out of range {low}..{high}", where=where, way_out=f"the nearest right one is {nearest}")
    return value
