"""Make the pictures in docs/pictures: the view of the harbour alliance, a sample, as a browser shows it.

make screenshots
"""

from __future__ import annotations

import os
import struct
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser, sync_playwright

import graphalign as ga
from graphalign.baseline import compare, snapshot

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SAMPLE, DAY = ROOT / "samples" / "harbour-alliance.xlsx", "2026-06-30"
COLOURS = 256
PIXELS = """async png => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const {data} = context.getImageData(0, 0, image.width, image.height);
  let text = "";
  for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
  return btoa(text);
}"""
LATER, LATER_DAY = ROOT / "samples" / "harbour-alliance-2026h2.yaml", "2026-12-31"


class Picture(NamedTuple):
    """A picture: its name, the address within the page, and how it is looked at."""

    name: str
    address: str
    theme: str = "light"
    width: int = 1360
    height: int = 850
    page: str = "harbour"


def main() -> None:
    """Make all pictures, the same on every machine that has the same browser and fonts."""
    PICTURES.mkdir(exist_ok=True)
    report = ga.check(ga.read(SAMPLE), as_of=DAY)
    later = compare(ga.check(ga.read(LATER), as_of=LATER_DAY), snapshot(report))
    silent = next(f for f in report.findings if f.rule == "COO403")
    pictures = [
        Picture("overview", "tab=overview"),
        Picture("map", "tab=map&mode=map"),
        Picture("finding", f"tab=map&mode=map&finding={silent.id}"),
        Picture("node", "tab=map&mode=map&node=shore-power"),
        Picture("partners", "tab=map&mode=partners&open=port"),
        Picture("cascade", "tab=map&mode=cascade"),
        Picture("alignment", "tab=matrices&sub.matrices=alignment&pair=city~rail"),
        Picture("raci", "tab=matrices&sub.matrices=raci"),
        Picture("engagement", "tab=matrices&sub.matrices=engagement"),
        Picture("power", "tab=people&sub.people=grid"),
        Picture("contact", "tab=people&sub.people=contact"),
        Picture("goals", "tab=goals"),
        Picture("since", "tab=overview&status=new", page="later"),
        Picture("dark", "tab=map&mode=map", theme="dark"),
        Picture("narrow", "tab=overview", width=390, height=844),
    ]
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = {"harbour": Path(folder, "harbour.html"), "later": Path(folder, "later.html")}
        ga.write_html(report, pages["harbour"], title="Harbour alliance")
        ga.write_html(later, pages["later"], title="Harbour alliance")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for picture in pictures:
            take(browser, picture, pages[picture.page])
        browser.close()


def take(browser: Browser, picture: Picture, page: Path) -> None:
    """Take one picture."""
    context = browser.new_context(
        offline=True,
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.theme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    shown = context.new_page()
    shown.goto(f"{page.as_uri()}#{picture.address}")
    # The canvas is drawn a frame or two after the page is there.
    shown.wait_for_timeout(1500)
    out = PICTURES / f"{picture.name}.png"
    pixels = shown.context.new_page().evaluate(PIXELS, b64encode(shown.screenshot()).decode())
    context.close()
    rgb = np.frombuffer(b64decode(pixels), dtype=np.uint8).reshape(picture.height, picture.width, 4)[:, :, :3]
    out.write_bytes(png(rgb))
    print(f"{out.relative_to(ROOT)}: {out.stat().st_size // 1024} kB")


def png(rgb: NDArray[np.uint8]) -> bytes:
    """Return pixels as a PNG of the 256 colours that occur most, others as the nearest of these: a third the size."""
    height, width, _ = rgb.shape
    packed = (rgb.astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)).reshape(-1)
    colours, where, often = np.unique(packed, return_inverse=True, return_counts=True)
    each = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.int64)
    # Among shades that are all but alike only one is wanted.
    coarse, group = np.unique(each >> 3, axis=0, return_inverse=True)
    total = np.bincount(group.reshape(-1), weights=often, minlength=len(coarse))
    first = np.full(len(coarse), -1)
    for at in np.argsort(often, kind="stable").tolist():
        first[group.reshape(-1)[at]] = at
    palette = each[first[np.argsort(-total, kind="stable")[:COLOURS]]]
    nearest = ((each[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    rows = np.zeros((height, width + 1), dtype=np.uint8)
    rows[:, 1:] = nearest[where.reshape(-1)].reshape(height, width)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", palette.astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
    )
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (*chunks, (b"IEND", b""))
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


if __name__ == "__main__":
    main()
