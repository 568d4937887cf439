"""The map: nothing overlaps, everything is in its place, and little changes where little changed."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
import pytest

import graphalign as ga
from graphalign.graph import AlignmentGraph
from graphalign.views import marks
from graphalign.views.layout import MOST_MAPPED, Layout, layout
from graphalign.views.places import layout_content
from tests.views.alliances import of_partners, said
from tests.views.conftest import report_of

COUNTS = (0, 1, 2, 3, 12, 40)


@cache
def plan_of(sample: str) -> Layout:
    report = report_of(sample)
    return layout(report.graph, report)


def all_plans() -> list[Layout]:
    return [plan_of(s) for s in ("harbour", "two-startups", "clean", "hostile", "rust-goals", "300", "1000")]


def overlaps(plan: Layout) -> int:
    """Return how many pairs of marks overlap by more than a hundredth of a unit."""
    drawn = ~np.isnan(plan.x)
    x, y, r = plan.x[drawn], plan.y[drawn], plan.r[drawn]
    apart = np.hypot(x[:, None] - x, y[:, None] - y) - r[:, None] - r
    return int((np.triu(apart, 1) < -0.01).sum())


def outside(plan: Layout) -> int:
    """Return how many marks of a region are not wholly inside its disc."""
    inside = (plan.where.region >= 0) & ~np.isnan(plan.x)
    region = plan.where.region[inside]
    far = np.hypot(plan.x[inside] - plan.cx[region], plan.y[inside] - plan.cy[region])
    return int((far + plan.r[inside] > plan.size[region] + 0.01).sum())


def nearest_to_a_disc(plan: Layout) -> float:
    """Return how far from the rim of any disc the nearest mark between the discs is."""
    between = (plan.where.region < 0) & ~np.isnan(plan.x)
    x, y, r = plan.x[between], plan.y[between], plan.r[between]
    far = np.hypot(x[:, None] - plan.cx, y[:, None] - plan.cy) - plan.size - r[:, None]
    return float(far.min(initial=np.inf))


def discs_touch(plan: Layout) -> bool:
    apart = np.hypot(plan.cx[:, None] - plan.cx, plan.cy[:, None] - plan.cy) - plan.size[:, None] - plan.size
    return bool((apart[np.triu_indices(len(plan.size), 1)] < 0).any())


def moved(before: Layout, after: Layout) -> float:
    """Return how far the median node moved, as a share of the width of the map."""
    return float(np.nanmedian(np.hypot(before.x - after.x, before.y - after.y)) / np.ptp(before.x[~np.isnan(before.x)]))


def without(graph: AlignmentGraph, share: float, seed: int) -> AlignmentGraph:
    """Return the graph without a share of its relationships."""
    kept = np.random.default_rng(seed).random(graph.edges.height) >= share
    return AlignmentGraph(graph.nodes, graph.edges.filter(pl.Series(kept)))


@pytest.mark.parametrize("sample", ["harbour", "two-startups", "clean", "hostile", "rust-goals", "300", "1000"])
def test_no_two_marks_overlap(sample: str) -> None:
    assert overlaps(plan_of(sample)) == 0


@pytest.mark.parametrize("sample", ["harbour", "two-startups", "clean", "hostile", "rust-goals", "300", "1000"])
def test_every_mark_is_inside_its_disc_and_what_is_shared_outside_of_all(sample: str) -> None:
    plan = plan_of(sample)
    assert outside(plan) == 0
    assert nearest_to_a_disc(plan) > 0
    assert not discs_touch(plan)


@pytest.mark.parametrize("count", COUNTS)
def test_any_number_of_partners_is_laid_out(count: int) -> None:
    plan = layout(of_partners(count) if count else said("Goal g\nStakeholder s\nKpi k\nk MEASURES g"))
    assert overlaps(plan) == outside(plan) == 0
    assert nearest_to_a_disc(plan) > 0
    assert not discs_touch(plan)
    assert len(plan.size) == max(count, 1)


def test_a_partner_of_a_thousand_members_is_laid_out() -> None:
    plan = layout(of_partners(1, people=1000, goals=30))
    assert overlaps(plan) == outside(plan) == 0


def test_a_goal_of_a_hundred_responsibilities_has_them_all_around_it() -> None:
    lines = [f"Responsibility r{i}\nr{i} SERVES g" for i in range(100)]
    plan = layout(said("Partner p\nGoal g\np COMMITS_TO g\n" + "\n".join(lines)))
    assert overlaps(plan) == outside(plan) == 0


def test_an_empty_graph_has_an_empty_map() -> None:
    plan = layout(ga.from_networkx(ga.example().__class__()))
    content = layout_content(plan)
    assert content["map"]["x"] == content["map"]["regions"] == content["cascade"]["rows"] == []


def test_only_partners_that_are_regions_have_no_mark_of_their_own() -> None:
    for plan in all_plans():
        regions = plan.where.partners[plan.where.regions[plan.where.regions >= 0]]
        assert np.flatnonzero(np.isnan(plan.x)).tolist() == sorted(regions.tolist())


def test_goals_face_the_alliance_and_people_stand_behind_them() -> None:
    plan = plan_of("rust-goals")
    largest = int(np.argmax(plan.size))
    far = np.hypot(plan.x, plan.y)
    goals, people = (
        np.median(far[(plan.where.region == largest) & (plan.kind == k)]) for k in (marks.GOAL, marks.PERSON)
    )
    assert goals < people


def test_a_goal_of_two_partners_stands_between_them() -> None:
    plan = layout(of_partners(2))
    ours = int(plan.where.shared[0])
    assert min(plan.cx) < plan.x[ours] < max(plan.cx)


def test_what_has_no_partner_stands_outside_the_ring() -> None:
    plan = plan_of("harbour")
    at = int(plan.off_ring[0])
    others = np.delete(np.arange(len(plan.size)), at)
    assert np.hypot(plan.cx[at], plan.cy[at]) > np.hypot(plan.cx[others], plan.cy[others]).mean()


@pytest.mark.parametrize("sample", ["harbour", "300", "1000"])
def test_a_few_relationships_less_leave_the_picture_as_it_is(sample: str) -> None:
    before = plan_of(sample)
    moves = [moved(before, layout(without(before.facts.graph, 0.03, seed), report_of(sample))) for seed in range(5)]
    assert np.median(moves) < 0.05


def test_the_order_of_the_rows_of_the_input_plays_no_part() -> None:
    graph = report_of("harbour").graph
    turned = graph.to_networkx().__class__()
    source = graph.to_networkx()
    turned.add_nodes_from(reversed(list(source.nodes(data=True))))
    turned.add_edges_from(reversed(list(source.edges(data=True))))
    one, other = (layout_content(layout(ga.from_networkx(g))) for g in (source, turned))
    assert one == other


def test_the_same_graph_has_the_same_places_to_the_last_bit() -> None:
    report = report_of("300")
    one, other = (layout(report.graph, report) for _ in range(2))
    assert all(getattr(one, v).tobytes() == getattr(other, v).tobytes() for v in ("x", "y", "r", "cx", "cy", "size"))


def test_of_too_large_a_graph_only_the_partners_are_laid_out() -> None:
    graph = ga.generate(MOST_MAPPED + 1000)
    plan = layout(graph)
    content = layout_content(plan)
    assert not plan.drawn
    assert content["map"]["x"] == content["cascade"]["x"] == []
    assert len(content["aggregate"]["regions"]) == len(content["map"]["regions"]) > 1
    assert "are not drawn" in content["left_out"][0]
