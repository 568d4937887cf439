"""graphalign rules: every rule in a table."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click

from graphalign.cli.options import output_option, put
from graphalign.model import FAMILIES, Rule

WIDTH = 80
INDENT = 10


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "md"]),
    default="text",
    show_default=True,
    help="The table's form.",
)
@output_option
def rules(form: str, output: Path | None) -> None:
    """List the rules."""
    from graphalign.rules import catalogue

    held = list(catalogue().values())
    made = {"text": _text, "json": _json, "md": _markdown}[form]
    put("".join(f"{line}\n" for line in made(held)), output)


def _text(held: list[Rule]) -> Iterator[str]:
    family = ""
    for rule in held:
        if rule.family != family:
            if family:
                yield ""
            family = rule.family
            yield family
        yield f"  {rule.code}  {rule.name} ({', '.join(rule.subjects)}), {rule.severity}"
        yield textwrap.fill(rule.definition, WIDTH, initial_indent=" " * INDENT, subsequent_indent=" " * INDENT)
    yield ""
    yield "graphalign explain CODE says more of one."


def _json(held: list[Rule]) -> Iterator[str]:
    rows = [
        {
            "code": rule.code,
            "name": rule.name,
            "family": FAMILIES[rule.code[:3]],
            "severity": rule.severity,
            "subjects": list(rule.subjects),
            "definition": rule.definition,
            "why": rule.why,
            "source": rule.source,
            "supersedes": list(rule.supersedes),
            "settings": {
                name: {
                    "default": option.default,
                    "about": option.about,
                    "low": option.low,
                    "high": option.high,
                    "choices": list(option.choices),
                }
                for name, option in rule.options.items()
            },
        }
        for rule in held
    ]
    yield json.dumps(rows, indent=2, ensure_ascii=False)


def _markdown(held: list[Rule]) -> Iterator[str]:
    yield "| code | name | severity | about | finds |"
    yield "|---|---|---|---|---|"
    for rule in held:
        definition = rule.definition.replace("|", "\\|")
        yield f"| {rule.code} | {rule.name} | {rule.severity} | {', '.join(rule.subjects)} | {definition} |"
