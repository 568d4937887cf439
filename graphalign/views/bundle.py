"""One script and one style sheet out of many files, and the hashes by which the page allows them, no others."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from importlib.util import find_spec
from pathlib import Path

from graphalign.errors import GraphalignError, UsageError

HERE = Path(__file__).resolve().parent
VIS = "lib/vis-9.1.2/vis-network.min.js"
MISSING = "pip install 'graphalign[html]'"
# What a module may say of others: one line, names in braces, a path.
_IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"(\.{1,2}/[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const) (\w+))", re.MULTILINE)
# Types and remarks are for those who work on it; the page need not carry them.
_CAST = re.compile(r"/\*\* @\w+ [^*\n]*\*/ ?")
_REMARK = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_CSS_REMARK = re.compile(r"^[ \t]*/\*[^*]*(?:\*(?!/)[^*]*)*\*/[ \t]*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_JSDOC = re.compile(r"^[ \t]*/\*\*[^*]*(?:\*(?!/)[^*]*)*\*/[ \t]*\n", re.MULTILINE)


def script() -> str:
    """Return the page's own script: every module under script/, each a function of its own, in the order of imports.

    `main.js`, which starts the page, comes last.
    """
    modules = {path: path.read_text(encoding="utf-8") for path in sorted((HERE / "script").rglob("*.js"))}
    parts = [_wrapped(path, modules[path]) for path in ordered(modules)]
    return '(() => {\n"use strict";\n' + "".join(parts) + "})();\n"


def _wrapped(path: Path, text: str) -> str:
    """Return a module as a function that is called at once and returns what the module exports."""
    plain = text
    for left_out in (_JSDOC, _CAST, _REMARK, _INDENT):
        plain = left_out.sub("", plain)
    exported = ", ".join(_EXPORT.findall(plain))
    body = _EXPORT.sub("", _IMPORT.sub(lambda m: _bound(path, m[1], m[2]), plain))
    return f"const {_name(path)} = (() => {{\n{body}return {{{exported}}};\n}})();\n"


def _bound(path: Path, names: str | None, source: str) -> str:
    renamed = (names or "").replace(" as ", ": ")
    return f"const {renamed} = {_name(_beside(path, source))};\n" if names else ""


def _beside(path: Path, source: str) -> Path:
    """Return the module that another names, without asking the disk: there are hundreds of these."""
    return Path(os.path.normpath(path.parent / source))


def _name(path: Path) -> str:
    return "$" + "_".join(path.relative_to(HERE / "script").with_suffix("").parts).replace("-", "_")


def ordered(modules: Mapping[Path, str]) -> list[Path]:
    """Return the modules in an order in which each comes after those it imports, ties by path."""
    last = HERE / "script" / "main.js"
    needs = {path: [_beside(path, m[2]) for m in _IMPORT.finditer(text)] for path, text in modules.items()}
    if last in needs:
        needs[last] = [path for path in modules if path != last]
    try:
        return [path for path in TopologicalSorter(needs).static_order() if path in modules]
    except CycleError as error:
        circle = " -> ".join(path.name for path in error.args[1])
        raise GraphalignError(f"the modules of the page import each other in a circle: {circle}") from None


def style() -> str:
    """Return the page's style sheet: `base.css` first, `print.css` last, the others by name."""
    order = {"base.css": 0, "print.css": 2}
    files = sorted((HERE / "style").glob("*.css"), key=lambda path: (order.get(path.name, 1), path.name))
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    return _INDENT.sub("", _CSS_REMARK.sub("", text))


def vis_network() -> str:
    """Return the drawing library that pyvis brings along, as it is but for the address of its source map.

    Raises
    ------
    graphalign.errors.UsageError
        If pyvis is not installed.
    """
    found = find_spec("pyvis")
    folder = Path(next(iter(found.submodule_search_locations or ()))) if found else None
    if folder is None or not (folder / VIS).is_file():
        raise UsageError("the view needs pyvis, which is not installed", way_out=MISSING)
    return re.sub(r"\n//# sourceMappingURL=.*\s*\Z", "\n", (folder / VIS).read_text(encoding="utf-8"))


def digest(text: str) -> str:
    """Return the hash by which a policy names an inline script or style.

    >>> digest("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
