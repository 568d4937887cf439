"""graphalign: what is out of line in an alliance, on what evidence, and what would mend it.

>>> import graphalign as ga
>>> graph = ga.from_networkx(ga.example())
>>> report = ga.check(graph, as_of="2026-06-30")
>>> sorted({finding.rule for finding in report.findings})[0]
'COO404'
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphalign.alignment import Alignment, alignment
    from graphalign.check import check
    from graphalign.configure import load_settings
    from graphalign.diff import Diff, diff
    from graphalign.errors import GraphalignError, InputError, OutputError, SettingsError, UsageError
    from graphalign.example import example
    from graphalign.generate import generate
    from graphalign.graph import AlignmentGraph
    from graphalign.graph.interchange import from_networkx
    from graphalign.load import read
    from graphalign.model import Evidence, Finding, ImportReport, Note, Place, Refusal, Rule, RuleResult
    from graphalign.pseudonyms import pseudonymise
    from graphalign.report import Report
    from graphalign.rules import catalogue
    from graphalign.settings import Settings
    from graphalign.views import write_html
    from graphalign.views.network import to_pyvis
    from graphalign.writers import write_graph

# Where each public name lives: it is imported when first asked for, so that the command line starts at once.
_HOMES = {
    "Alignment": "alignment",
    "AlignmentGraph": "graph",
    "Diff": "diff",
    "Evidence": "model",
    "Finding": "model",
    "GraphalignError": "errors",
    "ImportReport": "model",
    "InputError": "errors",
    "Note": "model",
    "OutputError": "errors",
    "Place": "model",
    "Refusal": "model",
    "Report": "report",
    "Rule": "model",
    "RuleResult": "model",
    "Settings": "settings",
    "SettingsError": "errors",
    "UsageError": "errors",
    "alignment": "alignment",
    "catalogue": "rules",
    "check": "check",
    "diff": "diff",
    "example": "example",
    "from_networkx": "graph.interchange",
    "generate": "generate",
    "load_settings": "configure",
    "pseudonymise": "pseudonyms",
    "read": "load",
    "to_pyvis": "views.network",
    "write_graph": "writers",
    "write_html": "views",
}

__all__ = [
    "Alignment",
    "AlignmentGraph",
    "Diff",
    "Evidence",
    "Finding",
    "GraphalignError",
    "ImportReport",
    "InputError",
    "Note",
    "OutputError",
    "Place",
    "Refusal",
    "Report",
    "Rule",
    "RuleResult",
    "Settings",
    "SettingsError",
    "UsageError",
    "__version__",
    "alignment",
    "catalogue",
    "check",
    "diff",
    "example",
    "from_networkx",
    "generate",
    "load_settings",
    "pseudonymise",
    "read",
    "to_pyvis",
    "write_graph",
    "write_html",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("graphalign")
    if name not in _HOMES:
        raise AttributeError(f"module 'graphalign' has no attribute {name!r}")
    value: object = getattr(import_module(f"graphalign.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


class _Package(ModuleType):
    def __setattr__(self, name: str, value: object) -> None:
        # Importing the module graphalign.check binds it here as `check`, where the function of that name belongs.
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
