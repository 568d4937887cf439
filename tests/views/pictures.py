"""What the map's canvas shows, for its tests: pixels, places, what is selected."""

from __future__ import annotations

import base64
from typing import Any

from playwright.sync_api import Page, expect

MAP = "#tab-map"
CANVAS = f"{MAP} canvas"
# What the tests ask of the page: the map's own account, the data, and a copy of the canvas, which is read at leisure.
ASK = """
  const map = document.querySelector('#tab-map'), picture = map && map.picture;
  const canvas = map && map.querySelector('canvas');
  const data = () => JSON.parse(document.getElementById('data').textContent);
  const copy = () => {
    const to = document.createElement('canvas');
    [to.width, to.height] = [canvas.width, canvas.height];
    const ctx = to.getContext('2d', {willReadFrequently: true});
    ctx.drawImage(canvas, 0, 0);
    return ctx;
  };
"""
FREE = """
  const box = canvas.getBoundingClientRect(), names = picture.names().map(one => one.box), {marks, nodes} = data();
  const all = nodes.kind.map((kind, i) => ({i, kind: marks[kind].kind, at: picture.whereIs(i)}))
    .filter(one => one.at && one.kind !== 'partner').map(({i, kind, at}) => ({i, kind, x: at.x, y: at.y, r: at.r}));
  const {left, top, right, bottom} = box, far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) > Math.max(9, a.r);
  const inside = one => one.y > top + 60 && one.y < bottom - 20 && one.x > left + 20 && one.x < right - 20;
  const alone = one => all.every(other => other.i === one.i || far(one, other));
  const off = (at, from, wide) => Math.abs(at - from - wide / 2) > wide / 2;
  const unnamed = one => names.every(([x, y, w, h]) => off(one.x - left, x, w) || off(one.y - top, y, h));
  const free = all.filter(one => kinds.includes(one.kind) && inside(one) && alone(one) && unnamed(one));
  const each = Math.max(1, Math.floor(free.length / count));
  return free.filter((one, at) => at % each === 0).slice(0, count).map(one => one.i);
"""


def ask(page: Page, script: str, **given: object) -> Any:
    """Return what a script says, which may use `map`, `canvas`, `picture`, `data`, `copy` and what is given."""
    return page.evaluate(f"given => {{ const {{{', '.join(given)}}} = given; {ASK} {script} }}", given)


def drawn(page: Page) -> Page:
    """Wait until the map stands there."""
    page.wait_for_function(f"() => {{ {ASK} return !!picture && canvas.width > 50; }}")
    settled(page)
    return page


def settled(page: Page) -> None:
    """Wait until what was asked for has been drawn: two frames later."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def go(page: Page, fragment: str) -> None:
    """Follow a link within the page."""
    page.evaluate("fragment => { location.hash = fragment; }", fragment)
    page.wait_for_function("fragment => location.hash === fragment", arg=fragment)
    settled(page)
    settled(page)


def link(page: Page, node: int) -> str:
    """Return the link that selects a node on the map."""
    return "#tab=map&node=" + str(ask(page, "return encodeURIComponent(data().nodes.id[node]);", node=node))


def where(page: Page, node: int) -> dict[str, float] | None:
    """Return where a node stands in the window and its radius, None where it is not drawn."""
    place: dict[str, float] | None = ask(page, "return picture.whereIs(node);", node=node)
    return place


def place(page: Page, node: int) -> tuple[float, float, float]:
    """Return x, y and radius of a node that is drawn."""
    found = where(page, node)
    assert found is not None
    return found["x"], found["y"], found["r"]


def partner(page: Page, at: int) -> int:
    """Return the node of a partner."""
    return int(ask(page, "return data().partners[at].node;", at=at))


def selected(page: Page) -> set[int]:
    """Return the nodes that the picture shows as selected."""
    return set(ask(page, "return picture.selected();"))


def colours(page: Page) -> int:
    """Return how many colours the canvas has, each on more than three pixels."""
    script = """
      const {data: bytes} = copy().getImageData(0, 0, canvas.width, canvas.height), seen = new Map();
      for (let at = 0; at < bytes.length; at += 4) if (bytes[at + 3] > 0) {
        const key = bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2];
        seen.set(key, (seen.get(key) || 0) + 1);
      }
      return [...seen.values()].filter(many => many > 3).length;
    """
    return int(ask(page, script))


def pixel(page: Page, x: float, y: float) -> tuple[int, int, int]:
    """Return the colour of the canvas at a point of the window, where it is transparent that of what lies below."""
    script = """
      const box = canvas.getBoundingClientRect(), ratio = canvas.width / box.width;
      const [red, green, blue, alpha] = copy().getImageData((x - box.left) * ratio, (y - box.top) * ratio, 1, 1).data;
      return alpha ? [red, green, blue] : [255, 255, 255];
    """
    red, green, blue = ask(page, script, x=x, y=y)
    return red, green, blue


def free_nodes(
    page: Page, kinds: tuple[str, ...] = ("goal", "shared goal", "person", "key person"), count: int = 3
) -> list[int]:
    """Return nodes whose middle nothing else covers: far from all others, inside the picture, below its buttons."""
    nodes: list[int] = ask(page, FREE, kinds=kinds, count=count)
    return nodes


def click_node(page: Page, node: int) -> None:
    """Click where a node stands and see that it opens."""
    x, y, _ = place(page, node)
    page.mouse.click(x, y)
    expect(page.locator(f"[data-details-of='{node}']")).to_be_visible()
    assert node in selected(page)
    page.keyboard.press("Escape")
    settled(page)


def picture_of(page: Page, image: bytes) -> tuple[int, int, int]:
    """Return the width and height of a PNG and how many colours it has."""
    blank = page.context.new_page()
    address = "data:image/png;base64," + base64.b64encode(image).decode()
    found: list[int] = blank.evaluate(
        """async address => {
          const image = new Image();
          image.src = address;
          await image.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [image.width, image.height];
          const ctx = canvas.getContext('2d');
          ctx.drawImage(image, 0, 0);
          const data = ctx.getImageData(0, 0, canvas.width, canvas.height).data, seen = new Set();
          for (let at = 0; at < data.length; at += 4) seen.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
          return [image.width, image.height, seen.size];
        }""",
        address,
    )
    blank.close()
    width, height, many = found
    return width, height, many


def state(page: Page) -> dict[str, Any]:
    """Return what the address says, by key."""
    fragment: str = page.evaluate("location.hash.slice(1)")
    return dict(part.split("=", 1) for part in fragment.split("&"))
