"""Write what is generated in docs/ and README.md from the rules, the settings and the command line.

python tools/generate_docs.py           writes what is out of date
python tools/generate_docs.py --check   writes nothing, names it and ends with 1
"""

from __future__ import annotations

import argparse
import importlib.util
import inspect
import itertools
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from graphalign import Finding, Rule, Settings, check
from graphalign.explore import Question, questions
from graphalign.explore.library import PARAMETERS
from graphalign.graph.build import build
from graphalign.model import FAMILIES, SEVERITIES, Option
from graphalign.rules import APPLIES, NEEDS, catalogue
from graphalign.settings import GENERAL

ROOT = Path(__file__).parents[1]
AS_OF = "2026-06-30"
SAMPLE = "samples/harbour-alliance.xlsx"
AS_OF_AFTER = "2026-12-31"
SAMPLE_BEFORE, SAMPLE_AFTER = "samples/harbour-alliance.yaml", "samples/harbour-alliance-2026h2.yaml"
COMMANDS_IN_FULL = ("check",)
BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
HEADER = "<!-- Written by `make docs` from the code; edit that instead. -->\n"

WRITTEN = Path(__file__).parent / "pages"


# --- pieces of Markdown ------------------------------------------------------------------------------------


def written(page: str) -> str:
    """Return what somebody wrote for a generated page: tools/pages/PAGE.md."""
    return (WRITTEN / f"{page}.md").read_text("utf-8")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table; a cell's bars and line breaks are made harmless."""

    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(re.sub(r"\s*\n\s*", " ", c).replace("|", "\\|") for c in cells) + " |"

    names = list(heads)
    return "\n".join([line(names), line(["---"] * len(names)), *[line(row) for row in rows]]) + "\n"


def fenced(text: str, language: str = "text") -> str:
    """Return text as a block of code."""
    return f"```{language}\n{text.strip(chr(10))}\n```\n"


def bounds(option: Option) -> str:
    """Return what values an option takes."""
    if isinstance(option.default, bool):
        return "true, false"
    if option.choices:
        return ", ".join(option.choices)
    if option.low is None and option.high is None:
        return "any"
    if option.high is None or option.high >= 10**9:
        return f"{option.low} or more"
    return f"up to {option.high}" if option.low is None else f"{option.low} to {option.high}"


def shown(value: object) -> str:
    """Return a value as TOML writes it."""
    return f"`{str(value).lower() if isinstance(value, bool) else repr(value)}`".replace("'", '"')


def options_table(options: Mapping[str, Option]) -> str:
    """Return a table of settings."""
    rows = [[f"`{name}`", shown(o.default), bounds(o), o.about] for name, o in options.items()]
    return table(["setting", "default", "values", "meaning"], rows)


# --- cases -------------------------------------------------------------------------------------------------


def case_reader() -> Any:  # noqa: ANN401 (a module)
    """Return the module that reads cases, which is the test that runs them: so the examples are tested ones."""
    spec = importlib.util.spec_from_file_location("_cases", ROOT / "tests" / "test_cases.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(ROOT / "tests" / "test_cases.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def example_of(rule: Rule) -> tuple[str, list[Finding]]:
    """Return the graph of a rule's first case that fires, and what is found in it."""
    for path in sorted((ROOT / "tests" / "cases").glob(f"{rule.code}-*.toml")):
        document = tomllib.loads(path.read_text("utf-8"))
        as_of: date = document.get("as_of", date.fromisoformat(AS_OF))
        for case in document["case"]:
            if case.get("finds"):
                settings = Settings().with_rule(rule.code, **case.get("settings", {}))
                graph = build(case_reader().statements(case["graph"]), settings)
                report = check(graph, as_of=case.get("as_of", as_of), settings=settings)
                everything = [f for root in report.findings for f in (root, *root.folded)]
                return case["graph"], [f for f in everything if f.rule == rule.code]
    raise LookupError(f"no case of {rule.code} fires: add one to tests/cases/{rule.code}-{rule.name}.toml")


# --- docs/rules.md -----------------------------------------------------------------------------------------


def stands_on(rule: Rule) -> Iterator[str]:
    """Yield, as list items, when a rule does not judge."""
    for need in rule.needs:
        yield f"- Cannot judge: {NEEDS[need]}."
    if rule.covered_on is not None:
        kind = "a recent contact" if rule.recent else "a contact"
        yield f"- Cannot judge: fewer than the share `[contact] coverage` of the persons it judges have {kind}."
    for condition in rule.applies:
        yield f"- Not applicable: {APPLIES[condition]}."
    yield f"- Not applicable: {rule.nothing}."


def more_of(rule: Rule) -> Iterator[str]:
    """Yield what a rule's docstring says beside definition, reason and source: when it is how severe, and the like."""
    paragraphs = re.split(r"\n\s*\n", inspect.getdoc(rule.run) or "")[1:]
    for paragraph in paragraphs:
        if not paragraph.startswith(("Why:", "Source:")):
            yield re.sub(r"\s+", " ", paragraph).strip() + "\n"


def rule_section(rule: Rule) -> Iterator[str]:
    """Yield the parts of one rule's section."""
    yield f'### <a id="{rule.code}"></a>{rule.code} {rule.name}\n'
    yield f"{rule.definition}\n"
    yield from more_of(rule)
    if rule.why:
        yield f"**Why it matters.** {rule.why[0].upper()}{rule.why[1:]}\n"
    facts = [f"Severity: {rule.severity}", "subjects: " + ", ".join(f"`{s}`" for s in rule.subjects)]
    if rule.supersedes:
        facts.append("supersedes " + ", ".join(f"[{code}](#{code})" for code in rule.supersedes))
    if rule.judges_proposed:
        facts.append("judges proposed goals too")
    yield "; ".join(facts) + ".\n"
    yield "\n".join(stands_on(rule)) + "\n"
    if rule.options:
        yield f"Settings, under `[rules.{rule.code}]`:\n"
        yield options_table(rule.options)
    graph, findings = example_of(rule)
    yield "An example that fires:\n"
    yield fenced(graph)
    yield "\n".join(f"> {f.severity}: {f.message}  \n> {f.remedy}\n" for f in findings[:3])
    if rule.source:
        yield f"Source: {rule.source}\n"


def rules_page() -> str:
    """Return docs/rules.md."""
    rules = catalogue().values()
    parts = [HEADER, written("rules"), rules_table("")]
    for prefix, family in FAMILIES.items():
        members = [rule for rule in rules if rule.code.startswith(prefix)]
        if members:
            parts.append(f"## {family}\n")
            parts += [part for rule in members for part in rule_section(rule)]
    return "\n".join(parts)


# --- docs/settings.md --------------------------------------------------------------------------------------


def settings_page() -> str:
    """Return docs/settings.md."""
    own = [
        [f"[{rule.code}](rules.md#{rule.code})", f"`{name}`", shown(o.default), bounds(o), o.about]
        for rule in catalogue().values()
        for name, o in rule.options.items()
    ]
    parts = [HEADER, written("settings")]
    for section, options in GENERAL.items():
        parts += [f"## [{section}]\n", options_table(options)]
    parts += [
        "## [rules.CODE]\n",
        f"Each rule takes `enabled` (true, false), `severity` ({', '.join(SEVERITIES)}) and its own:\n",
        table(["rule", "setting", "default", "values", "meaning"], own),
        written("settings-end"),
    ]
    return "\n".join(parts)


# --- README.md ---------------------------------------------------------------------------------------------


def rules_table(page: str = "docs/rules.md") -> str:
    """Return all rules in a table that links to their sections."""
    rows = [
        [f"[{r.code}]({page}#{r.code})", r.name, r.severity, first_sentence(r.definition)] for r in catalogue().values()
    ]
    return table(["rule", "name", "severity", "what it finds"], rows)


def first_sentence(text: str) -> str:
    """Return the text up to its first full stop that ends a sentence.

    >>> first_sentence("Owned by 3.5 parties. High when shared.")
    'Owned by 3.5 parties.'
    """
    return re.split(r"(?<=\.)\s+(?=[A-Z])", text, maxsplit=1)[0]


def run(*words: str) -> str:
    """Return what the command line prints, at 80 columns and without colour, as in a pipe."""
    from click.testing import CliRunner

    from graphalign.cli import main

    runner = CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"})
    result = runner.invoke(main, words, prog_name="graphalign", catch_exceptions=False)
    if result.exit_code:
        raise RuntimeError(result.stderr)
    return result.stdout


def commands() -> str:
    """Return the commands in a table, and the whole help of the main one."""
    import click

    from graphalign.cli import main

    rows = []
    with click.Context(main, info_name="graphalign", **main.context_settings) as above:
        for name in main.list_commands(above):
            command = main.get_command(above, name)
            if command is not None:
                pieces = command.collect_usage_pieces(click.Context(command, above, name))
                usage = " ".join(["graphalign", name, *[piece for piece in pieces if piece != "[OPTIONS]"]])
                about = (command.help or "").split("\n\n")[0].strip()
                rows.append([f"`{usage}`", about])
    listing = table(["command", "what it does"], rows)
    return "\n".join([listing, *[fenced(run(name, "--help")) for name in COMMANDS_IN_FULL]])


def excerpt(most: int, *words: str) -> str:
    """Return the beginning of what a command says of a sample, cut at an empty line."""
    import os

    before = Path.cwd()
    os.chdir(ROOT)
    try:
        lines = [line.rstrip() for line in run(*words).splitlines()]
    finally:
        os.chdir(before)
    if len(lines) > most:
        cut = max(at for at in range(most) if not lines[at])
        lines = [*lines[:cut], "", "..."]
    return fenced("\n".join(lines))


BLOCKS: dict[str, Callable[[], str]] = {
    "rules": rules_table,
    "commands": commands,
    "report": lambda: excerpt(60, "check", SAMPLE, "--as-of", AS_OF),
    "pair": lambda: excerpt(80, "alignment", SAMPLE, "--as-of", AS_OF, "--pair", "city", "rail"),
    "diff": lambda: excerpt(
        60, "diff", SAMPLE_BEFORE, SAMPLE_AFTER, "--as-of-old", AS_OF, "--as-of", AS_OF_AFTER, "--limit", "3"
    ),
}


def with_blocks(text: str) -> str:
    """Return a page with its generated blocks written anew."""
    return BLOCK.sub(lambda m: f"{m[1]}{BLOCKS[m[2]]()}{m[3]}", text)


# --- docs/queries.md ---------------------------------------------------------------------------------------


def queries_page() -> str:
    """Return docs/queries.md."""
    held = questions()
    parts = [HEADER + written("queries"), queries_table(), "\n## The parameters\n\n", parameters_table()]
    return "".join([*parts, *(f"\n{part}" for question in held.values() for part in question_section(question))])


def queries_table() -> str:
    """Return the questions in a table."""
    rows = [(f"[{q.name}](#{q.name})", q.question, ", ".join(q.parameters)) for q in questions().values()]
    return table(("query", "asks", "parameters"), rows)


def parameters_table() -> str:
    """Return what the parameters mean."""
    return table(("parameter", "meaning"), PARAMETERS.items())


def question_section(question: Question) -> Iterator[str]:
    """Yield what there is to say of one question."""
    yield f"## {question.name}\n\n**{question.title}.** {question.question}\n\n{question.reading}\n"
    yield fenced(without_header(question.text), "cypher")
    if question.paths:
        yield f"The picture, for Neo4j Browser or Bloom (`graphalign queries {question.name} --paths`):\n"
        yield fenced(without_header(question.paths), "cypher")
    if question.kglite:
        yield f"Needs a server: {question.kglite}.\n"


def without_header(text: str) -> str:
    """Return a query without the remarks at its head."""
    lines = text.strip().splitlines()
    return "\n".join(itertools.dropwhile(lambda line: line.startswith("//"), lines))


# --- the whole ---------------------------------------------------------------------------------------------


def pages() -> dict[Path, str]:
    """Return every page with generated text, as it should be."""
    readme = ROOT / "README.md"
    return {
        ROOT / "docs" / "queries.md": queries_page(),
        ROOT / "docs" / "rules.md": rules_page(),
        ROOT / "docs" / "settings.md": settings_page(),
        readme: with_blocks(readme.read_text("utf-8")),
    }


def main() -> int:
    """Write the pages, or with --check name those that are out of date."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 when a page is out of date")
    only_check = parser.parse_args().check
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        name = path.relative_to(ROOT)
        if only_check:
            print(f"{name} is out of date: run make docs", file=sys.stderr)
        else:
            path.write_text(pages()[path], "utf-8")
            print(f"wrote {name}")
    return int(only_check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
