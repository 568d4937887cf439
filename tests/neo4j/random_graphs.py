"""Small dense alliances full of what trips a query: loops, parallels, circles, dual members, nulls, people who left."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from graphalign.graph import AlignmentGraph
from graphalign.graph.build import build
from tests.test_cases import statements

AS_OF = date(2026, 6, 30)
WORDS = ("Berth", "quay", "crane", "Tide", "rail", "1", "2", "plan")
ENGAGEMENT = ("unaware", "resistant", "neutral", "supportive", "leading")
STATUS = ("", "", "", "active", "proposed", "done", "dropped", "frobbed")
PRIORITY = ("", "low", "medium", "high", "critical")
WEIGHTS = ("", "", "100", "50", "10", "0", "-10", "-40", "-100")
# Each type with the kinds of nodes at its ends, as the letter that their ids begin with, and how often it is drawn.
TYPES = (
    ("MEMBER_OF", "s", "ps", 10),
    ("PART_OF", "p", "p", 2),
    ("REPORTS_TO", "s", "s", 5),
    ("ACCOUNTABLE_FOR", "sp", "gr", 14),
    ("RESPONSIBLE_FOR", "sp", "gr", 12),
    ("CONSULTED_ON", "sp", "gr", 4),
    ("INFORMED_OF", "sp", "gr", 4),
    ("SPONSORS", "s", "g", 2),
    ("COMMITS_TO", "p", "g", 12),
    ("SERVES", "r", "g", 8),
    ("CONTRIBUTES_TO", "g", "g", 13),
    ("DEPENDS_ON", "g", "g", 10),
    ("CONFLICTS_WITH", "g", "g", 5),
    ("MEASURES", "k", "g", 5),
    ("COMMUNICATES_WITH", "s", "s", 12),
    ("ENDORSES", "sp", "gk", 1),
)
# What hardly ever comes about by chance, by the last digit of the seed: one who carries all, a bloc that resists, two
# partners that hang by a thread.
THEMES = {7: "alone", 8: "bloc", 9: "bridge"}
COUNTS = {"p": (1, 4), "s": (2, 9), "g": (2, 9), "r": (0, 5), "k": (0, 4), "x": (0, 1)}


def random_graph(seed: int) -> AlignmentGraph:
    """Return the alliance of a seed; a fifth of them lack a type of relationship, a fifth have few relationships."""
    draw = random.Random(seed)
    theme = THEMES.get(seed % 10, "")
    ids = {kind: [f"{kind}{n}" for n in range(draw.randint(*bounds))] for kind, bounds in COUNTS.items()}
    if theme == "alone":
        ids["s"], ids["g"] = ["s0"], [f"g{n}" for n in range(7)]
    if theme == "bridge":
        ids["p"], ids["s"] = ["p0", "p1"], [f"s{n}" for n in range(5)]
    lines = [_node(draw, kind, node) for kind, nodes in ids.items() for node in nodes]
    if theme == "bloc":
        lines = [line for line in lines if not line.startswith("Stakeholder")]
        lines += [f"Stakeholder {node} power={draw.choice('789')} engagement=resistant" for node in ids["s"]]
    absent = draw.choice([t[0] for t in TYPES]) if draw.random() < 0.2 else ""
    share = 0.3 if draw.random() < 0.2 else 1.0
    for kind, sources, targets, often in TYPES:
        there = [i for k in sources for i in ids[k]], [i for k in targets for i in ids[k]]
        if kind == absent or not all(there):
            continue
        if theme == "alone" and kind != "COMMITS_TO":
            there = [i for i in there[0] if i[0] != "p"] or there[0], there[1]
        if theme == "bridge" and kind in ("MEMBER_OF", "COMMUNICATES_WITH", "PART_OF"):
            lines += _bridge(draw) if kind == "MEMBER_OF" else []
            continue
        for _ in range(int(draw.randint(0, 2 * often) * share)):
            lines += [_edge(draw, kind, draw.choice(there[0]), draw.choice(there[1]))] * draw.choice((1, 1, 1, 2))
    return build(statements("\n".join(lines)))


def _bridge(draw: random.Random) -> list[str]:
    """Return who belongs to which of two partners, and talk across that touches one person, or two."""
    lines = [f"s{n} MEMBER_OF p{min(n // 2, 1)}" for n in range(5)]
    middle = f"s{draw.randint(0, 1)}"
    others = [f"s{n}" for n in draw.sample((2, 3, 4), draw.randint(1, 3))]
    lines += [_edge(draw, "COMMUNICATES_WITH", middle, other) for other in others]
    return [*lines, *([f"s0 COMMUNICATES_WITH s3 date={_day(draw, 30, 0)}"] if draw.random() < 0.3 else [])]


def _day(draw: random.Random, before: int, after: int) -> str:
    return (AS_OF + timedelta(days=draw.randint(-before, after))).isoformat()


def _name(draw: random.Random, most: int = 4) -> str:
    words = [draw.choice(WORDS) for _ in range(draw.randint(1, most))]
    return f' name="{" ".join(words)}"' if draw.random() < 0.7 else ""


def _some(draw: random.Random, often: float, **values: Sequence[str]) -> str:
    """Return some of these properties, each drawn with this chance."""
    said = {name: draw.choice(of) for name, of in values.items() if draw.random() < often}
    return "".join(f" {name}={value}" for name, value in said.items() if value)


def _node(draw: random.Random, kind: str, node: str) -> str:
    levels = [str(n) for n in range(11)]
    if kind == "p":
        return f"Partner {node}{_name(draw)}"
    if kind == "s":
        known = _some(draw, 0.5, power=levels, interest=levels, engagement=ENGAGEMENT, desired_engagement=ENGAGEMENT)
        more = _some(draw, 0.25, cadence_days=("7", "30", "90"), capacity=("0", "1", "2", "3"))
        who = _some(draw, 0.3, kind=("person", "group", "group"), status=("active", "left", "left"))
        return f"Stakeholder {node}{_name(draw)}{known}{more}{who}"
    if kind == "g":
        facts = _some(draw, 0.5, status=STATUS, priority=PRIORITY, shared=("true", "false"), co_owned=("true", "false"))
        days = _some(draw, 0.5, start=[_day(draw, 400, 0)], due=[_day(draw, 100, 300)])
        return f"Goal {node}{_name(draw)}{facts}{days}"
    if kind == "r":
        return f"Responsibility {node}{_name(draw)}{_some(draw, 0.3, status=STATUS)}"
    if kind == "k":
        values = [str(n) for n in (0, 1, 10, 20, 50, 80, 99, 100, 101, 120)]
        read = _some(draw, 0.7, baseline=values, target=values, actual=values, measured_on=[_day(draw, 300, 30)])
        more = _some(
            draw, 0.3, direction=("up", "down", "keep"), tolerance=("0", "1", "10"), cadence_days=("30", "200")
        )
        return f"Kpi {node}{_name(draw)}{read}{more}"
    return f"Milestone {node}"


def _edge(draw: random.Random, kind: str, source: str, target: str) -> str:
    more = ""
    if kind == "COMMUNICATES_WITH" and draw.random() < 0.8:
        more = f" date={_day(draw, draw.choice((60, 400)), 20)}"
    if kind == "CONTRIBUTES_TO":
        more = _some(draw, 0.6, weight=WEIGHTS)
    if kind == "COMMITS_TO":
        more = _some(draw, 0.8, weight=("1", "2", "3", "10"))
    return f"{source} {kind} {target}{more}"


@st.composite
def graphs(draw: st.DrawFn) -> AlignmentGraph:
    """Draw an alliance that hypothesis can make smaller: few nodes, any relationships among them."""
    ids = {kind: [f"{kind}{n}" for n in range(3)] for kind in "psgrk"}
    chosen = draw(st.integers(0, 2**32 - 1))
    properties = random.Random(chosen)
    lines = [_node(properties, kind, node) for kind, nodes in ids.items() for node in nodes]
    kinds = st.sampled_from(TYPES)
    for kind, sources, targets, _ in draw(st.lists(kinds, max_size=40)):
        there = [i for k in sources for i in ids[k]], [i for k in targets for i in ids[k]]
        ends = draw(st.sampled_from(there[0])), draw(st.sampled_from(there[1]))
        lines.append(_edge(properties, kind, *ends))
    return build(statements("\n".join(lines)))
