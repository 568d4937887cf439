"""What a table is, what a heading means in it, what a label or type word stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from graphalign.readers.synonyms import LABEL_WORDS, PROPERTIES, TABLES, TYPE_WORDS
from graphalign.vocabulary import LABELS, TYPES


def bare(text: str) -> str:
    """Return a heading or word as it is compared: letters and digits in lower case.

    >>> bare("Current  Engagement:"), bare("co_owned")
    ('currentengagement', 'coowned')
    """
    return _short(text) if len(text) <= LONG else _compared(text)


def _compared(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


# The same headings are compared with many words; texts longer than this are not kept.
LONG = 100
_short = lru_cache(maxsize=4096)(_compared)


def slug(text: str) -> str:
    """Return a heading as the name of a property.

    >>> slug("Budget (kEUR)"), slug("***")
    ('budget_keur', 'column')
    """
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return "_".join(words)[:100] or "column"


def _looked_up(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for meaning, several in words.items():
        for word in several:
            table.setdefault(bare(word), meaning)
    return table


LABEL_OF = {
    **_looked_up(LABEL_WORDS),
    **{bare(w) + "s": k for k, v in LABEL_WORDS.items() for w in v},
    **{bare(x): x for x in LABELS},
}
TYPE_OF = {**_looked_up(TYPE_WORDS), **{bare(x): x for x in TYPES}}
_TABLE_OF = {**_looked_up(TABLES), **{bare(w) + "s": k for k, v in TABLES.items() for w in v}}


def table_kind(name: str) -> str | None:
    """Return what a table is by its name, None when the name says nothing.

    >>> table_kind("Goals 2026"), table_kind("Stakeholder engagement log"), table_kind("Sheet1")
    ('Goal', 'communications', None)
    """
    if bare(name) in _TABLE_OF:
        return _TABLE_OF[bare(name)]
    words = slug(name).split("_")
    # The last word of a name is what the table holds (goal dependencies), two words say more than one.
    phrases = [a + b for a, b in pairwise(words)][::-1] + words[::-1]
    return next((_TABLE_OF[p] for p in phrases if p in _TABLE_OF), None)


def candidates(heading: str) -> tuple[str, ...]:
    """Return a heading as it is compared: whole, and without what stands in brackets.

    >>> candidates("Power (0-10)")
    ('power010', 'power')
    """
    short = heading.partition("(")[0].partition("[")[0]
    return tuple(dict.fromkeys(b for b in (bare(heading), bare(short)) if b))


def find(headings: Iterable[str], words: Iterable[str], taken: Iterable[str] = ()) -> str | None:
    """Return the heading that is one of these words, the earlier words first.

    >>> find(["Owner", "Goal Name"], ("name", "goal name"))
    'Goal Name'
    """
    used = set(taken)
    by_bare: dict[str, str] = {}
    for heading in headings:
        for form in candidates(heading):
            if heading not in used:
                by_bare.setdefault(form, heading)
    return next((by_bare[bare(w)] for w in words if bare(w) in by_bare), None)


def property_of(heading: str, kind: str) -> str | None:
    """Return the property of the vocabulary that a heading means in a table of this kind (`nodes`: of any label).

    >>> property_of("Influence", "Stakeholder"), property_of("Deadline", "nodes"), property_of("Theme", "nodes")
    ('power', 'due', None)
    """
    return next((_PROPERTY_OF[kind][form] for form in candidates(heading) if form in _PROPERTY_OF.get(kind, {})), None)


def _properties(kind: str) -> dict[str, str]:
    own = {p: (p, *PROPERTIES.get(kind, {}).get(p, ())) for p in {**LABELS.get(kind, {}), **PROPERTIES.get(kind, {})}}
    return _looked_up({p: words[:1] for p, words in own.items()}) | {
        form: p for form, p in _looked_up(own).items() if form not in {bare(x) for x in own}
    }


_PROPERTY_OF: dict[str, dict[str, str]] = {kind: _properties(kind) for kind in {*LABELS, *PROPERTIES}}
# In a table of all nodes these words could mean several things; the others mean what they do for the label named last.
NOT_OF_ALL = ("date", "from", "current", "role", "category", "better", "end", "job")
_PROPERTY_OF["nodes"] = {
    **{
        form: p
        for kind in ("Kpi", "Goal", "Stakeholder")
        for form, p in _PROPERTY_OF[kind].items()
        if form not in NOT_OF_ALL
    },
    **{bare(p): p for held in LABELS.values() for p in held},
}
