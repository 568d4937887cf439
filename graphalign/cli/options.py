"""What several commands share: reading an input with its settings, writing text out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from graphalign.graph import AlignmentGraph
    from graphalign.settings import Settings

OWNER_ONLY = 0o600
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


def pseudonym_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --pseudonymise and --pseudonym-key to a command."""
    key = click.option(
        "--pseudonym-key",
        type=PATH,
        metavar="FILE",
        help="Write whose pseudonyms they are to a file that only you may read.",
    )
    return click.option("--pseudonymise", is_flag=True, help="Show persons by pseudonyms: no name of one anywhere.")(
        key(command)
    )


def without_names(
    graph: AlignmentGraph,
    settings: Settings,
    *,
    wanted: bool,
    key_file: Path | None,
) -> tuple[AlignmentGraph, Settings]:
    """Return the graph and the settings with pseudonyms where they are wanted; write the key where it is."""
    from graphalign.errors import UsageError

    if not wanted:
        if key_file is not None:
            raise UsageError("there is no key without pseudonyms", way_out="add --pseudonymise")
        return graph, settings
    from graphalign.pseudonyms import pseudonymise, pseudonymise_settings

    made, key = pseudonymise(graph)
    if key_file is not None:
        _write_key({slug: person._asdict() for slug, person in key.items()}, key_file)
    return made, pseudonymise_settings(settings, graph)


def _write_key(key: dict[str, dict[str, str]], path: Path) -> None:
    import json

    from graphalign.output import replacing, told

    text = json.dumps(key, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
    with told(path):
        if path.is_file():
            # What replaces a file has its permissions.
            path.chmod(OWNER_ONLY)
    with replacing(path) as made, told(path):
        if made != path:
            made.chmod(OWNER_ONLY)
        made.write_bytes(text)


def open_graph(path: Path, config: Path | None, progress: Progress) -> tuple[AlignmentGraph, Settings]:
    """Read an input, and the settings named or found beside it."""
    from graphalign.configure import load_settings, settings_beside
    from graphalign.load import read

    settings = load_settings(config) if config else settings_beside(path)
    return read(path, settings=settings, progress=progress), settings


def put(parts: str | Iterable[str], output: Path | None) -> None:
    """Write text to a file, or to standard output."""
    if output is not None:
        from graphalign.output import write

        write(parts, output)
        return
    for part in (parts,) if isinstance(parts, str) else parts:
        click.echo(part, nl=False)
