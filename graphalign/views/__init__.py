"""The strategist's view: one HTML file to explore, which loads nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphalign.errors import UsageError
from graphalign.views.bundle import HERE, MISSING, digest, script, style, vis_file, vis_network

if TYPE_CHECKING:
    from pyvis.network import Network

    from graphalign.report import Report

# Nothing is allowed but what the page itself holds.
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)


def page(
    report: Report,
    *,
    title: str = "",
    document: Mapping[str, Any] | None = None,
    made: Mapping[str, Any] | None = None,
    only: str | None = None,
) -> str:
    """Return the view of a report as one HTML page, which loads nothing from elsewhere.

    Parameters
    ----------
    report
        What a check found.
    title
        What the page is called; default the name of the file that was read.
    document
        The report as JSON holds it, where it was read from there (`graphalign.views.held.read_held`).
    made
        What else the page is to say of how it was made.
    only
        The id or name of the partner to which it is confined.

    Raises
    ------
    graphalign.errors.UsageError
        If pyvis or jinja2 is not installed.

    Examples
    --------
    >>> import graphalign as ga
    >>> text = page(ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30"), title="Harbour")
    >>> text.splitlines()[0], "<title>Harbour</title>" in text
    ('<!DOCTYPE html>', True)
    """
    require()
    from graphalign.views.content import content

    return html(content(report, title=title, document=document, made=made, only=only))


def write_html(shown: Report | Network, path: str | Path, *, title: str = "") -> None:
    """Write a view to a file, whole or not at all: one HTML page, which loads nothing from elsewhere.

    Parameters
    ----------
    shown
        What a check found: the strategist's view. Or a pyvis `Network`, such as `to_pyvis` makes and a user changes:
        that network, each text in it harmless.
    path
        Where to; a file that exists is replaced.
    title
        What the page is called; default the name of the file that was read.

    Raises
    ------
    graphalign.errors.OutputError
        If it cannot be written.
    graphalign.errors.UsageError
        If pyvis or jinja2 is not installed, or `shown` is neither.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import graphalign as ga
    >>> report = ga.check(ga.from_networkx(ga.example()), as_of="2026-06-30")
    >>> with TemporaryDirectory() as folder:
    ...     ga.write_html(report, folder + "/harbour.html")
    """
    from graphalign.output import write
    from graphalign.report import Report

    if isinstance(shown, Report):
        text = page(shown, title=title)
    elif hasattr(shown, "nodes") and hasattr(shown, "edges") and hasattr(shown, "options"):
        from graphalign.views.network_page import network_page

        text = network_page(shown, title=title)
    else:
        raise UsageError(
            f"a {type(shown).__name__} has no view", way_out="give a Report, or a Network that to_pyvis made"
        )
    write(text, Path(path))


def require() -> None:
    """Refuse where what a page is made of is not installed.

    Raises
    ------
    graphalign.errors.UsageError
        If pyvis or jinja2 is missing.
    """
    vis_file()
    if find_spec("jinja2") is None:
        raise UsageError("the view needs jinja2, which is not installed", way_out=MISSING)


def html(data: Mapping[str, Any]) -> str:
    """Return the page that shows what `graphalign.views.content.content` returns."""
    from graphalign.views.pack import packed

    return filled("page.html", script(), style(), packed(data), title=data["title"], version=data["made"]["version"])


def filled(template: str, own: str, sheet: str, data: object, **words: object) -> str:
    """Return a page: a template with a script, a style sheet, data, and words, which are escaped."""
    require()
    import jinja2
    from markupsafe import Markup

    vis = vis_network()
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    text: str = environment.from_string((HERE / template).read_text(encoding="utf-8")).render(
        policy=POLICY.format(scripts=f"{digest(vis)} {digest(own)}", styles=digest(sheet)),
        # What the package itself holds, and data in which no character means anything to HTML.
        style=Markup(sheet),  # noqa: S704
        data=Markup(embedded(data)),  # noqa: S704
        vis=Markup(vis),  # noqa: S704
        script=Markup(own),  # noqa: S704
        **words,
    )
    return text


def embedded(data: object) -> str:
    r"""Return JSON that can stand in a script element: no character in it means anything to HTML.

    >>> embedded({"a": "</script>&\u2028"})
    '{"a":"\\u003c/script\\u003e\\u0026\\u2028"}'
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode("utf-8", "replace").decode("utf-8")
