"""The page of a pyvis Network: what a user made of the map, drawn as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graphalign.views import filled
from graphalign.views.bundle import HERE

if TYPE_CHECKING:
    from pyvis.network import Network

# What vis-network would load from elsewhere, or write into the page as HTML.
NOT_HERE = ("image", "brokenImage", "icon")


def network_page(network: Network, *, title: str = "") -> str:
    """Return a network as a page.

    Parameters
    ----------
    network
        Nodes, relationships and options as they are; pictures are left out, as a page loads nothing from elsewhere.
    title
        What the page is called; default the network's heading.
    """
    from importlib.metadata import version

    own, sheet = ((HERE / "plain" / f"network.{kind}").read_text(encoding="utf-8") for kind in ("js", "css"))
    nodes = [_plain(node) for node in network.nodes]
    data = {"nodes": nodes, "edges": [_plain(edge) for edge in network.edges], "options": _options(network)}
    words = {"title": title or str(getattr(network, "heading", "")) or "Network", "version": version("graphalign")}
    return filled("plain/network.html", own, sheet, data, nodes=len(nodes), edges=len(network.edges), **words)


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    """Return a node or relationship as JSON holds it, without pictures."""
    shown = {key: value for key, value in item.items() if key not in NOT_HERE}
    if str(shown.get("shape", "")).endswith(("mage", "icon")):
        shown["shape"] = "dot"
    text: dict[str, Any] = json.loads(json.dumps(shown, default=str, allow_nan=False))
    return text


def _options(network: Network) -> dict[str, Any]:
    options = network.options
    held = options if isinstance(options, dict) else json.loads(options.to_json())
    return {key: value for key, value in held.items() if key != "configure"}
