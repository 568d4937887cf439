"""graphalign.toml: every threshold, word and switch, its default, its bounds and what it means."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from graphalign.errors import SettingsError
from graphalign.model import SEVERITIES, Option, Value
from graphalign.vocabulary import LABELS, Property
from graphalign.waivers import Waiver, read_waivers

if TYPE_CHECKING:
    from graphalign.model import Rule

FILE_NAME = "graphalign.toml"

GENERAL: Mapping[str, Mapping[str, Option]] = {
    "contact": {
        "window_days": Option(90, "contact is recent when dated 0 to this many days before the as-of date", 1, 3660),
        "coverage": Option(
            0.30, "the share of the persons judged who need a contact before rules on contact judge", 0, 1
        ),
    },
    "levels": {
        "high": Option(7, "power or interest is high from here", 0, 10),
        "low": Option(3, "power is low up to here", 0, 10),
    },
    "alignment": {
        "overlap_good": Option(0.5, "overlap of two partners' agendas that is good", 0, 1),
        "overlap_watch": Option(0.2, "overlap of two partners' agendas that is to watch", 0, 1),
        "priorities_good": Option(0.3, "Kendall's tau-b of two partners' weights that is good", -1, 1),
        "priorities_watch": Option(0.0, "Kendall's tau-b of two partners' weights that is to watch", -1, 1),
        "roles_good": Option(0.9, "share of goals in common with one owner that is good", 0, 1),
        "roles_watch": Option(0.7, "share of goals in common with one owner that is to watch", 0, 1),
        "congruence_good": Option(0.7, "share of the people who must coordinate and talk that is good", 0, 1),
        "congruence_watch": Option(0.4, "share of the people who must coordinate and talk that is to watch", 0, 1),
        "contact_good": Option(30, "days since the last contact up to which it is good", 0, 3660),
        "contact_watch": Option(90, "days since the last contact up to which it is to watch", 0, 3660),
        "measurement_good": Option(0.8, "share of goals in common with a fresh KPI that is good", 0, 1),
        "measurement_watch": Option(0.5, "share of goals in common with a fresh KPI that is to watch", 0, 1),
    },
    "custom": {
        "share": Option(0.5, "a rule that fires on more than this share of its subjects is noted in one line", 0, 1),
        "least": Option(10, "the custom clause needs at least this many judged subjects", 1, 10**9),
    },
    "neo4j": {
        "seconds": Option(
            60, "a rule that takes longer than this in a Neo4j database cannot judge; the others go on", 0.001, 86_400
        ),
    },
}
# Tables of words that readers take: [words.status] parked = "dropped"; [scales] power = "1-5".
FREE = ("words", "scales")
# A settings file is written by hand; what is larger is something else.
MOST_BYTES = 1_000_000
# Words in an order, which may stand in the input as numbers on a scale.
ORDINAL = ("priority", "engagement", "desired_engagement")
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
    and `scales` what readers take, `waivers` what is set aside; `path` is the file they came from.
    """

    general: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    rules: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    scales: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
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
    return settings_of(_document(path), path, catalogue)


def settings_of(document: Mapping[str, Any], path: Path, catalogue: Mapping[str, Rule]) -> Settings:
    """Return the settings that a TOML document makes, each key and value checked; see `load_settings`."""
    where = path.name
    _known(document, [*GENERAL, *FREE, "rules", "waivers"], where)
    general = {s: _section(document[s], GENERAL[s], f"{where}, [{s}]") for s in GENERAL if s in document}
    rules: dict[str, Mapping[str, Value]] = {}
    held = _table(document.get("rules", {}), f"{where}, [rules]")
    _known(held, list(catalogue), f"{where}, [rules]")
    for code, table in held.items():
        severity = Option("", "the severity of all its findings", choices=SEVERITIES)
        options = {**catalogue[code].options, "enabled": ENABLED, "severity": severity}
        rules[code] = _section(table, options, f"{where}, [rules.{code}]")
    _levels_in_order(general.get("levels", {}), f"{where}, [levels]")
    words = _words(document.get("words", {}), f"{where}, [words")
    scales = _scales(document.get("scales", {}), f"{where}, [scales]")
    waivers = read_waivers(document.get("waivers", []), catalogue, where)
    return Settings(general, rules, words, scales, waivers, path)


def _document(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SettingsError(
            f"cannot be read ({reason})", where=str(path), way_out="name another with --config"
        ) from None
    if len(content) > MOST_BYTES:
        raise SettingsError(
            f"is larger than {MOST_BYTES:,} bytes", where=str(path), way_out="name another with --config"
        )
    try:
        return parsed(content.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise SettingsError(f"is not TOML: {error}", where=str(path), way_out="save it as UTF-8") from None


def parsed(text: str, path: Path) -> dict[str, Any]:
    """Return the TOML document in a text.

    Raises
    ------
    graphalign.errors.SettingsError
        If it is none.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: not TOML, an endless number
        raise SettingsError(f"is not TOML: {error}", where=str(path), way_out="mend that line") from None


def _levels_in_order(levels: Mapping[str, Value], where: str) -> None:
    low, high = (levels.get(key, GENERAL["levels"][key].default) for key in ("low", "high"))
    if not float(low) < float(high):
        raise SettingsError(f"low {low} is not below high {high}", where=where, way_out="set both")


def _properties(*kinds: str) -> dict[str, list[Property]]:
    """Return the properties of nodes of these kinds, by name."""
    found: dict[str, list[Property]] = {}
    for properties in LABELS.values():
        for name, prop in properties.items():
            if prop.kind in kinds:
                found.setdefault(name, []).append(prop)
    return found


def _words(tables: object, where: str) -> dict[str, Mapping[str, str]]:
    """Return the words that readers shall know, each with what it means."""
    known = _properties("word")
    result: dict[str, Mapping[str, str]] = {}
    held = _table(tables, f"{where}]")
    _known(held, sorted(known), f"{where}]")
    for column, table in held.items():
        here = f"{where}.{column}]"
        allowed = list(dict.fromkeys(word for prop in known[column] for word in prop.words))
        for word, meaning in _table(table, here).items():
            if not isinstance(meaning, str) or meaning not in allowed:
                near = _nearest(str(meaning), allowed)
                way_out = f"did you mean {near!r}?" if near else f"use {', '.join(allowed)}"
                raise SettingsError(f"{word!r} cannot mean {meaning!r}", where=here, way_out=way_out)
        result[column] = {word.lower(): str(meaning) for word, meaning in _table(table, here).items()}
    return result


def _scales(table: object, where: str) -> dict[str, str]:
    """Return the scales that columns are written on."""
    words = {name: props for name, props in _properties("word").items() if name in ORDINAL}
    held = _table(table, where)
    _known(held, sorted([*_properties("level"), *words]), where)
    for column, scale in held.items():
        said = re.fullmatch(r"\s*(\d{1,6})\s*(?:-|\.\.|to)\s*(\d{1,6})\s*", scale) if isinstance(scale, str) else None
        if said is None or int(said[1]) >= int(said[2]):
            raise SettingsError(f"{scale!r} is no scale", where=f"{where} {column}", way_out='write it as "1-5"')
        steps = len(words[column][0].words) if column in words else 0
        if steps and int(said[2]) - int(said[1]) + 1 != steps:
            right = f'{steps} levels are needed, as in "1-{steps}" ({", ".join(words[column][0].words)})'
            raise SettingsError(f"{scale!r} is no scale of it", where=f"{where} {column}", way_out=right)
    return {column: str(scale) for column, scale in held.items()}


def _table(table: object, where: str) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise SettingsError("must be a table", where=where, way_out="write it as [section] with key = value lines")
    return table


def _section(table: object, options: Mapping[str, Option], where: str) -> dict[str, Value]:
    held = _table(table, where)
    _known(held, list(options), where)
    return {key: _checked(value, options[key], f"{where} {key}") for key, value in held.items()}


def _nearest(word: str, allowed: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    known = list(allowed)
    near = get_close_matches(word[:80], known, 1, 0.5) or get_close_matches(word[:80].upper(), known, 1, 0.5)
    return near[0] if near else None


def _known(table: Mapping[str, object], allowed: list[str], where: str) -> None:
    for key in table:
        if key not in allowed:
            near = _nearest(key, allowed)
            way_out = f"did you mean {near!r}?" if near else f"known are {', '.join(allowed[:8])}"
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
        kind = (
            "true or false"
            if isinstance(default, bool)
            else "a number"
            if isinstance(default, int | float)
            else "a text"
        )
        raise SettingsError(f"{value!r} is not {kind}", where=where, way_out=f"the default is {default!r}")
    if option.choices and value not in option.choices:
        near = _nearest(str(value), option.choices)
        way_out = f"did you mean {near!r}?" if near else f"use {', '.join(option.choices)}"
        raise SettingsError(f"{value!r} is not allowed", where=where, way_out=way_out)
    if isinstance(value, int | float) and not isinstance(value, bool):
        low, high = option.low, option.high
        if math.isnan(value) or (low is not None and value < low) or (high is not None and value > high):
            nearest = low if low is not None and not value > low else high
            raise SettingsError(
                f"{value!r} is out of range {low}..{high}", where=where, way_out=f"the nearest right one is {nearest}"
            )
    return value
