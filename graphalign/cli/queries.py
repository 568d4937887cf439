"""graphalign queries: the library of questions; one of them, to copy."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphalign.cli.options import output_option, put

if TYPE_CHECKING:
    from graphalign.explore import Question

WIDTH = 80


@click.command()
@click.argument("name", required=False)
@click.option("--paths", is_flag=True, help="Print the picture of NAME: returns paths, for Neo4j Browser or Bloom.")
@click.option("--rules", is_flag=True, help="List the rules' queries too.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="The list's form."
)
@output_option
def queries(name: str | None, paths: bool, rules: bool, form: str, output: Path | None) -> None:  # noqa: FBT001
    """List the questions in Cypher; print the one called NAME."""
    from graphalign.errors import UsageError
    from graphalign.explore import find_question, questions
    from graphalign.neo4j.twins import twins

    if name is None:
        if paths:
            raise UsageError("--paths is of one question", way_out="name it: graphalign queries around-a-goal --paths")
        held = dict(questions())
        if rules:
            held |= {t.rule.name: find_question(t.rule.code) for t in twins().values()}
        put("".join(f"{line}\n" for line in (_text if form == "text" else _json)(held)), output)
        return
    question = find_question(name)
    if paths and not question.paths:
        drawn = ", ".join(n for n, q in questions().items() if q.paths)
        raise UsageError(f"{question.name} has no picture", way_out=f"these have: {drawn}")
    put(question.paths if paths else question.text, output)


def _text(held: Mapping[str, Question]) -> Iterator[str]:
    widest = max(map(len, held))
    for name, question in held.items():
        more = [", ".join(question.parameters), "--paths draws it" if question.paths else ""]
        told = question.question + (f" ({'; '.join(filter(None, more))})" if any(more) else "")
        first = f"  {name:<{widest}}  "
        yield textwrap.fill(told, WIDTH, initial_indent=first, subsequent_indent=" " * len(first))
    yield ""
    yield "graphalign query NAME INPUT asks one; graphalign queries NAME prints it."


def _json(held: Mapping[str, Question]) -> Iterator[str]:
    rows = [
        {
            "name": q.name,
            "title": q.title,
            "question": q.question,
            "reading": q.reading,
            "columns": list(q.columns),
            "parameters": dict(q.parameters),
            "paths": bool(q.paths),
            "kglite": q.kglite or None,
        }
        for q in held.values()
    ]
    yield json.dumps(rows, indent=2, ensure_ascii=False)
