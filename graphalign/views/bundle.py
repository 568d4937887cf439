"""One script and one style sheet out of many files, and the hashes by which the page allows them, no others."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from importlib.util import find_spec
from pathlib import Path
from posixpath import dirname, normpath

from graphalign.errors import GraphalignError, UsageError

HERE = Path(__file__).resolve().parent
VIS = "lib/vis-9.1.2/vis-network.min.js"
LAST = "main.js"
MISSING = "pip install 'graphalign[html]'"
# What a module may say of others: one line, names in braces, a path. Patterns begin with the end of the line before:
# it is found at once, the beginning of a line only by trying at each character.
_IMPORT = re.compile(r'\nimport (?:(\{[^}]*\}) from )?"(\.{1,2}/[^"]+)";(?=\n)')
_EXPORT = re.compile(r"\nexport (?=(?:async )?(?:function\*?|const) (\w+))")
# Types and remarks are for those who work on it; the page need not carry them.
_JSDOC = re.compile(r"\n/\*\*[^*]*(?:\*(?!/)[^*]*)*\*/(?=\n)")
_CAST = re.compile(r"/\*\* @\w+ [^*\n]*\*/ ?")
_CSS_REMARK = re.compile(r"\n/\*[^*]*(?:\*(?!/)[^*]*)*\*/(?=\n)")


def script() -> str:
    """Return the page's own script: every module under script/, each a function of its own, in the order of imports.

    `LAST`, which starts the page, comes last.
    """
    folder = HERE / "script"
    modules = {path.relative_to(folder).as_posix(): _lines(path) for path in sorted(folder.rglob("*.js"))}
    parts = [_wrapped(name, modules[name]) for name in ordered(modules)]
    return '(() => {\n"use strict";\n' + "".join(parts) + "})();\n"


def _lines(path: Path) -> str:
    """Return a file without the white space around its lines, each begun by a line feed, and one at the end."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return "\n" + "\n".join([line.strip(" \t") for line in lines])


def _wrapped(name: str, text: str) -> str:
    """Return a module as a function that is called at once and returns what the module exports."""
    plain = _CAST.sub("", _JSDOC.sub("", text))
    plain = "\n".join([line for line in plain.split("\n") if not line.startswith("//")])
    exported = ", ".join(_EXPORT.findall(plain))
    body = _EXPORT.sub("\n", _IMPORT.sub(lambda m: _bound(name, m[1], m[2]), plain))
    return f"const {_called(name)} = (() => {{{body}return {{{exported}}};\n}})();\n"


def _bound(name: str, exports: str | None, source: str) -> str:
    renamed = (exports or "").replace(" as ", ": ")
    return f"\nconst {renamed} = {_called(_beside(name, source))};" if exports else ""


def _beside(name: str, source: str) -> str:
    """Return the module that another imports."""
    return normpath(f"{dirname(name)}/{source}").lstrip("/")


def _called(name: str) -> str:
    return "$" + name.removesuffix(".js").replace("/", "_").replace("-", "_")


def ordered(modules: Mapping[str, str]) -> list[str]:
    r"""Return the modules in an order in which each comes after those it imports, ties by path.

    >>> ordered({"a.js": '\nimport {x} from "./graph/b.js";\n', "graph/b.js": "\n"})
    ['graph/b.js', 'a.js']
    """
    needs = {name: [_beside(name, m[2]) for m in _IMPORT.finditer(text)] for name, text in modules.items()}
    if LAST in needs:
        needs[LAST] = [name for name in modules if name != LAST]
    try:
        return [name for name in TopologicalSorter(needs).static_order() if name in modules]
    except CycleError as error:
        circle = " -> ".join(error.args[1])
        raise GraphalignError(f"the modules of the page import each other in a circle: {circle}") from None


def style() -> str:
    """Return the page's style sheet: `base.css` first, `print.css` last, the others by name."""
    order = {"base.css": 0, "print.css": 2}
    files = sorted((HERE / "style").glob("*.css"), key=lambda path: (order.get(path.name, 1), path.name))
    return "".join(_CSS_REMARK.sub("", _lines(path))[1:] for path in files)


def vis_network() -> str:
    """Return the drawing library that pyvis brings along, as it is but for the address of its source map.

    Raises
    ------
    graphalign.errors.UsageError
        If pyvis is not installed.
    """
    text = vis_file().read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=.*\s*\Z", "\n", text)


def vis_file() -> Path:
    """Return the file of the drawing library; raises as `vis_network` does."""
    found = find_spec("pyvis")
    folder = Path(next(iter(found.submodule_search_locations or ()))) if found else None
    if folder is None or not (folder / VIS).is_file():
        raise UsageError("the view needs pyvis, which is not installed", way_out=MISSING)
    return folder / VIS


def digest(text: str) -> str:
    """Return the hash by which a policy names an inline script or style.

    >>> digest("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
