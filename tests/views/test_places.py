"""What the page knows of places."""

from __future__ import annotations

import json

import numpy as np
import pytest

from graphalign.views.layout import layout
from graphalign.views.places import layout_content
from graphalign.views.titles import sides, wrapped
from tests.views.alliances import of_partners, said
from tests.views.conftest import report_of
from tests.views.test_layout import plan_of

SAMPLES = ["harbour", "rust-goals", "hostile", "300"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_all_of_it_is_json_and_numbers_fit(sample: str) -> None:
    content = layout_content(plan_of(sample), report_of(sample))
    n, regions = plan_of(sample).facts.n, len(content["map"]["regions"])
    json.dumps(content, allow_nan=False)
    assert {len(content["map"][k]) for k in ("x", "y", "r", "rank", "region")} == {n}
    assert {len(content[k]) for k in ("home", "kind")} == {n}
    assert max(content["map"]["region"]) < regions == len(content["aggregate"]["regions"])
    assert sorted(content["map"]["around"]) == list(range(regions))
    assert [c["partner"] for c in content["cascade"]["columns"]] == content["map"]["around"]


@pytest.mark.parametrize("sample", SAMPLES)
def test_regions_that_are_partners_have_the_numbers_of_these(sample: str) -> None:
    content = layout_content(plan_of(sample), report_of(sample))
    for i, region in enumerate(content["map"]["regions"]):
        assert region["partner"] in (i, -1, -2)
    assert all(
        content["partners"][p]["region"] == p for p, r in enumerate(content["map"]["regions"]) if r["partner"] >= 0
    )


def test_findings_are_counted_where_their_subjects_are() -> None:
    report, plan = report_of("harbour"), plan_of("harbour")
    content = layout_content(plan, report)
    ids = report.graph.ids.to_list()
    for region in range(len(content["map"]["regions"])):
        mine = {
            ids[i]
            for i in range(plan.facts.n)
            for partners in [[content["home"][i]] if content["home"][i] >= 0 else content["more"][i] or [-1]]
            if any(
                (content["partners"][p]["region"] if p >= 0 else content["map"]["region"][i]) == region
                for p in partners
            )
        }
        high = [f for f in report.findings if f.severity == "high" and not f.noted and mine & set(flat(f.subjects))]
        assert content["map"]["regions"][region]["findings"]["high"] == len(high)


def flat(subjects: object) -> list[str]:
    assert hasattr(subjects, "values")
    return [s for value in subjects.values() for s in (value if isinstance(value, tuple) else (value,))]


def test_everything_shown_is_within_the_bounds() -> None:
    for sample in SAMPLES:
        content = layout_content(plan_of(sample))
        for part in ("map", "cascade"):
            left, top, right, bottom = content[part]["bounds"]
            x, y = (np.array([v for v in content[part][k] if v is not None]) for k in ("x", "y"))
            assert left < x.min() < x.max() < right
            assert top < y.min() < y.max() < bottom


def test_silent_dependencies_are_told_by_pair_of_regions() -> None:
    content = layout_content(plan_of("harbour"), report_of("harbour"))
    found = report_of("harbour").tables["COO403"]
    assert 0 < sum(pair["n"] for pair in content["map"]["silent"]) <= found.height


def test_shared_goals_of_the_same_partners_are_one_hexagon() -> None:
    graph = said(
        "Partner a\nPartner b\nPartner c\nGoal g\nGoal h\nGoal i\na COMMITS_TO g\nb COMMITS_TO g\na COMMITS_TO h\n"
        "b COMMITS_TO h\nb COMMITS_TO i\nc COMMITS_TO i"
    )
    hexagons = layout_content(layout(graph))["aggregate"]["shared"]
    assert sorted(len(h["nodes"]) for h in hexagons) == [1, 2]


@pytest.mark.parametrize("count", [1, 2, 3, 12, 40])
def test_discs_and_hexagons_of_the_aggregate_keep_apart(count: int) -> None:
    content = layout_content(layout(of_partners(count)))["aggregate"]
    discs = [(r["x"], r["y"], r["r"]) for r in content["regions"]] + [(h["x"], h["y"], 26) for h in content["shared"]]
    x, y, r = np.array(discs).T
    apart = np.hypot(x[:, None] - x, y[:, None] - y) - r[:, None] - r
    assert len(x) == 1 or apart[np.triu_indices(len(x), 1)].min() > 0


def test_no_two_marks_of_the_cascade_share_a_place() -> None:
    for sample in SAMPLES:
        ladder = layout_content(plan_of(sample))["cascade"]
        places = [p for p in zip(ladder["x"], ladder["y"], strict=True) if p[0] is not None]
        assert len(set(places)) == len(places)


def test_every_mark_of_the_cascade_is_in_its_row_and_column() -> None:
    content = layout_content(plan_of("harbour"))
    ladder, region = content["cascade"], content["map"]["region"]
    by_region = {c["partner"]: c for c in ladder["columns"]}
    for i, (x, y) in enumerate(zip(ladder["x"], ladder["y"], strict=True)):
        if x is not None:
            assert any(abs(y - row["y"]) < row["height"] / 2 for row in ladder["rows"])
            if region[i] >= 0:
                assert abs(x - by_region[region[i]]["x"]) < by_region[region[i]]["width"] / 2


def test_goals_on_a_circle_are_at_the_top_of_the_cascade() -> None:
    content = layout_content(
        layout(said("Partner p\nGoal a\nGoal b\np COMMITS_TO a\na CONTRIBUTES_TO b\nb CONTRIBUTES_TO a"))
    )
    assert [row["label"] for row in content["cascade"]["rows"]] == ["Goals"]


def test_a_long_title_has_two_lines_and_is_cut_off() -> None:
    assert wrapped("Association of Northern Municipalities and Harbours") == ["Association of", "Northern Municipal…"]
    assert wrapped("x" * 10_000) == ["x" * 18 + "…"]
    assert wrapped("  ") == [""]


def test_titles_keep_off_other_discs() -> None:
    discs = np.array([0.0, 0.0]), np.array([0.0, 230.0]), np.array([100.0, 100.0])
    assert sides(discs, [["One"], ["Two"]]) == ["top", "bottom"]


def test_what_is_left_out_is_said() -> None:
    assert layout_content(plan_of("rust-goals"))["left_out"] == [
        "69 of 81 partners are drawn inside the partner they are part of."
    ]
    assert layout_content(plan_of("harbour"))["left_out"] == []


def test_colours_are_different_up_to_eight_partners_and_never_alike_side_by_side() -> None:
    for count in (3, 8, 9, 12, 17, 40):
        colours = [r["colour"] for r in layout_content(layout(of_partners(count, 1, 1)))["map"]["regions"]]
        assert len(set(colours)) == min(count, 8)
        assert all(a != b for a, b in zip(colours, [*colours[1:], colours[0]], strict=True))
