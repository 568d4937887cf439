"""What several commands share: reading an input with its settings, writing text out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.settings import Settings

PATH = click.Path(path_type=Path)
Progress = Callable[[str], None] | None


def config_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --config to a command."""
    return click.option(
        "--config", type=PATH, metavar="FILE", help="The settings; default graphalign.toml beside the input."
    )(command)


def output_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add -o to a command."""
    return click.option(
        "-o",
        "--output",
        type=PATH,
        metavar="FILE",
        help="Write to a file, whole or not at all; default standard output.",
    )(command)


def open_graph(path: Path, config: Path | None, progress: Progress) -> tuple[AlignmentGraph, Settings]:
    """Read an input, and the settings named or found beside it."""
    from graphalign.configure import load_settings, settings_beside
    from graphalign.load import read

    settings = load_settings(config) if config else settings_beside(path)
    return read(path, settings=settings, progress=progress), settings


def put(parts: str | Iterable[str], output: Path | None) -> None:
    """Write text to a file, or to standard output."""
    if output is not None:
        from graphalign.reports.output import write

        write(parts, output)
        return
    for part in (parts,) if isinstance(parts, str) else parts:
        click.echo(part, nl=False)
