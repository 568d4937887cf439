"""graphalign alignment: how well each two partners are aligned, and the story of two of them."""

from __future__ import annotations

from pathlib import Path

import click

from graphalign.cli.options import PATH, config_option, open_graph, output_option, pseudonym_options, put, without_names
from graphalign.cli.progress import progress


@click.command()
@click.argument("input", type=PATH)
@click.option("--pair", nargs=2, metavar="A B", help="Tell the whole story of two partners, by id or name.")
@click.option("--as-of", metavar="DATE", help="The day to judge on, as 2026-06-30; default today.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "md", "csv"]),
    default="text",
    show_default=True,
    help="The form of the matrix; a story is text or json.",
)
@click.option("--all", "show_all", is_flag=True, help="Show every pair.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Pairs to show as text.")
@output_option
@pseudonym_options
@config_option
def alignment(  # noqa: PLR0917 (click passes them by name)
    input: Path,  # noqa: A002 (its name in the help)
    pair: tuple[str, str] | None,
    as_of: str | None,
    form: str,
    show_all: bool,  # noqa: FBT001
    limit: int,
    output: Path | None,
    pseudonymise: bool,  # noqa: FBT001
    pseudonym_key: Path | None,
    config: Path | None,
) -> None:
    """Show how well each two partners are aligned.

    In seven parts that are never added up.

    INPUT is a workbook, a CSV or Parquet folder, a zip of it, YAML or JSON.
    """
    from graphalign.alignment import alignment as run
    from graphalign.alignment.story import tell
    from graphalign.cli.check import width_of
    from graphalign.errors import UsageError
    from graphalign.model import as_day
    from graphalign.reports import matrix as forms

    if pair and form not in ("text", "json"):
        raise UsageError(f"the story of a pair has no form {form}", way_out="use --format text or json")
    day = None if as_of is None else as_day(as_of)
    with progress() as told:
        graph, settings = open_graph(input, config, told)
        graph, settings = without_names(graph, settings, wanted=pseudonymise, key_file=pseudonym_key)
        found = run(graph, as_of=day, settings=settings, progress=told)
    width = width_of(output)
    if pair:
        a, b = found.find(*pair)
        put(
            forms.story_json(found, a, b)
            if form == "json"
            else forms.story_text(tell(found, a, b), as_of=found.facts.as_of, width=width),
            output,
        )
    elif form == "text":
        put(forms.text(found, width=width, limit=None if show_all else limit), output)
    else:
        put({"json": forms.as_json, "md": forms.as_markdown, "csv": forms.as_csv}[form](found), output)
