"""The strategist's view: one HTML file to explore, which loads nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graphalign.errors import UsageError
from graphalign.views.bundle import HERE, MISSING, digest, script, style, vis_network

if TYPE_CHECKING:
    from graphalign.report import Report

# Nothing is allowed but what the page itself holds.
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src {styles}; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)


def page(report: Report, document: Mapping[str, Any], *, title: str, pseudonymised: bool = False) -> str:
    """Return the view of a report as one HTML page."""
    from graphalign.views.content import content

    return html(content(report, document, title=title, pseudonymised=pseudonymised))


def html(data: Mapping[str, Any]) -> str:
    """Return the page that shows this content."""
    try:
        import jinja2
        from markupsafe import Markup
    except ImportError:
        raise UsageError("the view needs jinja2, which is not installed", way_out=MISSING) from None
    vis, own, sheet = vis_network(), script(), style()
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    return template.from_string((HERE / "page.html").read_text(encoding="utf-8")).render(
        policy=POLICY.format(scripts=f"{digest(vis)} {digest(own)}", styles=digest(sheet)),
        title=data["title"],
        version=data["made"]["version"],
        # What the package itself holds, and data in which no character means anything to HTML.
        style=Markup(sheet),  # noqa: S704
        data=Markup(embedded(data)),  # noqa: S704
        vis=Markup(vis),  # noqa: S704
        script=Markup(own),  # noqa: S704
    )


def embedded(data: object) -> str:
    r"""Return JSON that can stand in a script element: no character in it means anything to HTML.

    >>> embedded({"a": "</script>&\u2028"})
    '{"a":"\\u003c/script\\u003e\\u0026\\u2028"}'
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode("utf-8", "replace").decode("utf-8")
