"""The settings that go with an input: those named, or graphalign.toml beside it."""

from __future__ import annotations

from pathlib import Path

from graphalign import settings as files
from graphalign.settings import FILE_NAME, Settings


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
    given = Path(path)
    beside = (given if given.is_dir() else given.parent) / FILE_NAME
    return load_settings(beside) if beside.is_file() else Settings()
