"""What Python knows of a sample, for the tests of the page to compare with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import networkx as nx
from playwright.sync_api import Page

from graphalign import document
from tests.views.conftest import report_of

DATA = "JSON.parse(document.getElementById('data').textContent)"
SEVERITIES = ("high", "medium", "low", "info")


@cache
def document_of(sample: str) -> dict[str, Any]:
    """Return the sample's report as JSON holds it."""
    read: dict[str, Any] = json.loads(document.render(report_of(sample)))
    return read


@cache
def network_of(sample: str) -> nx.Graph[str]:
    """Return the sample as an undirected simple graph of ids: who is beside whom."""
    return nx.Graph(report_of(sample).graph.to_networkx())


def loud(sample: str) -> list[dict[str, Any]]:
    """Return the findings that stand in the list: those not noted as custom."""
    return [f for f in document_of(sample)["findings"] if not f["noted"]]


def count(some: list[dict[str, Any]], key: Callable[[dict[str, Any]], str]) -> dict[str, int]:
    """Count by a key, in order of the keys."""
    keys = [key(one) for one in some]
    return {one: keys.count(one) for one in sorted(set(keys))}


def subjects(finding: dict[str, Any]) -> Iterator[str]:
    """Yield the ids a finding is about."""
    for value in finding["subjects"].values():
        yield from [value] if isinstance(value, str) else value


def node(page: Page, name: str) -> int:
    """Return the index in the page of the node with this id."""
    index: int = page.evaluate(
        "id => JSON.parse(document.getElementById('data').textContent).nodes.id.indexOf(id)", name
    )
    assert index >= 0
    return index


def ids(page: Page, selector: str) -> list[str]:
    """Return the ids of the nodes that elements of the page stand for, by their data-node."""
    found: list[str] = page.evaluate(
        f"s => {{ const all = {DATA}.nodes.id;"
        " return [...document.querySelectorAll(s)].map(e => all[Number(e.dataset.node)]); }",
        selector,
    )
    return found


def listed(page: Page) -> list[str]:
    """Return the ids of the findings in the list, in its order, those not drawn yet left out."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('#findings-list .finding')].map(e => e.dataset.finding)"
    )
    return found
