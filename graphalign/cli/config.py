"""graphalign config: the settings in force, and where each came from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphalign.cli.options import PATH, config_option, output_option, put

if TYPE_CHECKING:
    from graphalign.configure import Effective
    from graphalign.settings import Settings

VALUE = 28


@click.command()
@click.argument("input", type=PATH, required=False)
@click.option("--show", is_flag=True, help="Show every setting, those at their defaults included.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="The form."
)
@output_option
@config_option
def config(
    input: Path | None,  # noqa: A002 (its name in the help)
    show: bool,  # noqa: FBT001
    form: str,
    output: Path | None,
    config: Path | None,
) -> None:
    """Show the settings in force and where each came from.

    They are read from --config, else from graphalign.toml beside INPUT (without one: in this folder), and checked.
    Without --show only what the file says is listed.
    """
    from graphalign.configure import effective, load_settings, settings_beside

    if input is not None and not input.exists():
        raise click.BadParameter(f"there is no {input}", param_hint="INPUT")
    settings = load_settings(config) if config else settings_beside(input or Path("graphalign.toml"))
    held = [setting for setting in effective(settings) if show or setting.said]
    if form == "json":
        put(_json(settings, held), output)
    else:
        put("".join(f"{line}\n" for line in _lines(settings, held, show=show)), output)


def _json(settings: Settings, held: list[Effective]) -> str:
    document = {
        "file": None if settings.path is None else str(settings.path),
        "settings": [
            {
                "section": s.section,
                "key": s.key,
                "value": s.value,
                "default": s.default,
                "from": _origin(settings, s) if s.said else "default",
            }
            for s in held
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _origin(settings: Settings, setting: Effective) -> str:
    file = settings.path.name if settings.path else "settings"
    return f"{file}, [{setting.section}] {setting.key}"


def _lines(settings: Settings, held: list[Effective], *, show: bool) -> Iterator[str]:
    from graphalign.reports.wording import visible

    if settings.path is None:
        yield "No settings file: everything is at its default." + ("" if show else " --show lists it.")
    else:
        yield f"Settings of {visible(str(settings.path))}"
        if not held:
            yield "It says nothing: everything is at its default. --show lists it."
    section = ""
    for setting in held:
        if setting.section != section:
            section = setting.section
            yield ""
            yield f"[{section}]"
        said = f"{_key(visible(setting.key))} = {_value(setting.value)}"
        if not setting.said:
            origin = "default"
        elif setting.default is None:
            origin = _file(settings)
        else:
            origin = f"{_file(settings)} (default {_value(setting.default)})"
        yield f"  {said:<{VALUE}}  # {origin}"


def _file(settings: Settings) -> str:
    from graphalign.reports.wording import visible

    return visible(settings.path.name) if settings.path else "set"


def _key(key: str) -> str:
    bare = key.replace("_", "").replace("-", "")
    return key if bare.isascii() and bare.isalnum() else json.dumps(key, ensure_ascii=False)


def _value(value: object) -> str:
    from graphalign.reports.wording import visible

    # A rule's severity without a setting: each finding has its own.
    return "(as the rule says)" if value is None else visible(json.dumps(value, ensure_ascii=False))
