"""graphalign explain: all there is to say of one rule."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from string import Formatter

import click

from graphalign.model import Option, Rule

WIDTH = 80
# A made-up alliance of this size and seed shows most rules at work.
EXAMPLE_NODES, EXAMPLE_SEED, EXAMPLE_DAY = 2000, 1, "2026-06-30"


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Explain a rule: what it finds, why, what mends it.

    CODE is a rule's code or name, such as OWN101 or unowned-goal.
    """
    from graphalign.rules import find_rule

    rule = find_rule(code)
    click.echo("\n".join(_lines(rule)))


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.name} ({', '.join(rule.subjects)})"
    yield f"{rule.family}; severity {rule.severity} unless the definition or a setting says otherwise"
    yield ""
    yield _filled(rule.definition)
    if rule.why:
        yield from ("", "Why it matters", _filled(rule.why, 2))
    yield from ("", "What it says", *(_filled(f"- {_blank(m)}", 2, 4) for m in rule.message.values()))
    yield from ("", "What mends it", *(_filled(f"- {_blank(m)}", 2, 4) for m in dict.fromkeys(rule.remedy.values())))
    yield from _example(rule)
    needs = _needs(rule)
    if needs:
        yield from ("", "What it needs", *(_filled(f"- {need}", 2, 4) for need in needs))
    if rule.supersedes:
        yield from ("", f"Beneath its findings fold those of {', '.join(rule.supersedes)} on the same subjects.")
    yield from ("", f"Settings, in graphalign.toml under [rules.{rule.code}]")
    for name, option in rule.options.items():
        yield _filled(f"{name} = {_toml(option)}  # {option.about}{_bounds(option)}", 2, 6)
    yield _filled("enabled = true  # whether the rule is run", 2)
    yield _filled('severity = "..."  # high, medium, low or info: the severity of all its findings', 2, 6)
    if rule.source:
        yield from ("", "Source", _filled(rule.source, 2))


def _needs(rule: Rule) -> list[str]:
    from graphalign.rules import APPLIES, NEEDS

    judge = [f"cannot judge when {NEEDS[need]}" for need in rule.needs]
    if rule.covered_on is not None:
        kind = "a recent contact" if rule.recent else "a contact"
        judge.append(f"cannot judge when fewer than 30 % of the persons it judges have {kind} ([contact] coverage)")
    return [*judge, *(f"not applicable when {APPLIES[name]}" for name in rule.applies)]


def _example(rule: Rule) -> Iterator[str]:
    """Run the rule on a made-up alliance: what it prints there is what it does today."""
    from graphalign.check import check
    from graphalign.generate import generate

    report = check(generate(EXAMPLE_NODES, EXAMPLE_SEED), as_of=EXAMPLE_DAY, only=[rule.code])
    for finding in report.of_rule(rule.code, 1):
        yield from ("", "An example, from a made-up alliance")
        yield _filled(f"{finding.severity}: {finding.message}", 2, 4)
        yield _filled(f"-> {finding.remedy}", 4, 7)


def _blank(template: str) -> str:
    """Return a template as people read it, its fields in angle brackets.

    >>> _blank("Nobody owns {goal}.")
    'Nobody owns <goal>.'
    """
    return "".join(text + (f"<{name}>" if name else "") for text, name, _, _ in Formatter().parse(template))


def _toml(option: Option) -> str:
    value = option.default
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _bounds(option: Option) -> str:
    if option.choices:
        return f" ({', '.join(option.choices)})"
    low, high = option.low, option.high
    if low is not None and high is not None:
        return f" ({low} to {high})"
    return f" (at least {low})" if low is not None else f" (at most {high})" if high is not None else ""


def _filled(text: str, indent: int = 0, hanging: int | None = None) -> str:
    after = indent if hanging is None else hanging
    return textwrap.fill(
        text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * after, break_on_hyphens=False
    )
