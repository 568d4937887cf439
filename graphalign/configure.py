"""The settings that go with an input: those named, or graphalign.toml beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graphalign import settings as files
from graphalign.settings import ENABLED, FILE_NAME, GENERAL, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphalign.model import Value


class Effective(NamedTuple):
    """A setting as it is in force: its section and key, its value, the default, and whether a file says it.

    The default is None where there is none: a rule's severity (its findings have their own), words and scales.
    """

    section: str
    key: str
    value: Value | None
    default: Value | None
    said: bool


def effective(settings: Settings) -> Iterator[Effective]:
    """Yield every setting in force: the general ones, each rule's, then the words and scales that a file adds.

    >>> next(effective(Settings()))
    Effective(section='contact', key='window_days', value=90, default=90, said=False)
    """
    from graphalign.rules import catalogue

    for section, options in GENERAL.items():
        for key, option in options.items():
            said = key in settings.general.get(section, {})
            yield Effective(section, key, settings.get(section, key), option.default, said)
    for code, rule in catalogue().items():
        defaults = {"enabled": ENABLED.default, "severity": None, **{k: o.default for k, o in rule.options.items()}}
        said_of_it = settings.rules.get(code, {})
        for key, default in defaults.items():
            yield Effective(f"rules.{code}", key, said_of_it.get(key, default), default, key in said_of_it)
    for table, words in sorted(settings.words.items()):
        for word, meaning in sorted(words.items()):
            yield Effective(f"words.{table}", word, meaning, None, said=True)
    for column, scale in sorted(settings.scales.items()):
        yield Effective("scales", column, scale, None, said=True)


def load_settings(path: str | Path) -> Settings:
    """Read a settings file and check each key and value against the rules' settings.

    Parameters
    ----------
    path
        A TOML file.

    Returns
    -------
    Settings
        What the file says over the defaults.

    Raises
    ------
    graphalign.errors.SettingsError
        If it cannot be read, a key is unknown, or a value is out of range.
    """
    from graphalign.rules import catalogue

    return files.load_settings(Path(path), catalogue())


def settings_of_text(text: str, path: Path) -> Settings:
    """Check the text of a settings file before it is written.

    Parameters
    ----------
    text
        TOML.
    path
        Where it is to stand.

    Raises
    ------
    graphalign.errors.SettingsError
        As `load_settings`.
    """
    from graphalign.rules import catalogue

    return files.settings_of(files.parsed(text, path), path, catalogue())


def beside(path: str | Path) -> Path:
    """Return where the settings of an input stand, or would.

    >>> beside("alliance.xlsx").as_posix()
    'graphalign.toml'
    """
    given = Path(path)
    return (given if given.is_dir() else given.parent) / FILE_NAME


def settings_beside(path: str | Path) -> Settings:
    """Read the graphalign.toml in the folder that is read, or beside the file that is.

    Parameters
    ----------
    path
        The input.

    Returns
    -------
    Settings
        The defaults where there is no such file.
    """
    found = beside(path)
    return load_settings(found) if found.is_file() else Settings()
