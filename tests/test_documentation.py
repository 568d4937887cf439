"""The documentation is current, whole, and its links lead somewhere."""

from __future__ import annotations

import importlib.util
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import pytest

import graphalign
from graphalign.rules import catalogue
from graphalign.settings import GENERAL

ROOT = Path(__file__).parents[1]
WRITTEN = ("*.md", "docs/**/*.md", "samples/**/*.md", "queries/*.md")
PAGES = sorted(path for pattern in WRITTEN for path in ROOT.glob(pattern))


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "tools" / "generate_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def modules() -> Iterator[ModuleType]:
    yield graphalign
    for found in walk_packages(graphalign.__path__, "graphalign."):
        if not found.name.endswith("__main__"):
            yield import_module(found.name)


def is_public(name: str, thing: object, module: ModuleType) -> bool:
    ours = getattr(thing, "__module__", None) == module.__name__
    return ours and not name.startswith("_") and (inspect.isfunction(thing) or inspect.isclass(thing))


def public_things() -> Iterator[tuple[str, object]]:
    """Every module, public function and class of the package, and the public methods of the classes."""
    for module in modules():
        yield module.__name__, module
        for name, thing in vars(module).items():
            if not is_public(name, thing, module):
                continue
            yield f"{module.__name__}.{name}", thing
            for part, inner in vars(thing).items() if inspect.isclass(thing) else ():
                if not part.startswith("_") and (inspect.isfunction(inner) or isinstance(inner, property)):
                    yield f"{module.__name__}.{name}.{part}", inner


@pytest.fixture(scope="module")
def pages() -> dict[Path, str]:
    result: dict[Path, str] = generator().pages()
    return result


def test_what_is_generated_is_current(pages: dict[Path, str]) -> None:
    stale = [path.name for path, text in pages.items() if path.read_text("utf-8") != text]
    assert stale == [], "run make docs"


def test_every_rule_has_a_definition_a_reason_and_a_remedy() -> None:
    bare = [r.code for r in catalogue().values() if not (r.definition and r.why and all(r.remedy.values()))]
    assert bare == []


def test_every_rule_has_a_section_with_an_example_and_every_setting_is_documented(pages: dict[Path, str]) -> None:
    rules, settings = pages[ROOT / "docs" / "rules.md"], pages[ROOT / "docs" / "settings.md"]
    for rule in catalogue().values():
        section = rules.split(f'### <a id="{rule.code}"></a>')[1].split("\n### ")[0]
        assert "An example that fires" in section
        assert all(f"| `{name}` |" in section and f"| `{name}` |" in settings for name in rule.options)
    assert all(f"| `{key}` |" in settings for options in GENERAL.values() for key in options)


def test_the_settings_that_the_page_shows_are_accepted(pages: dict[Path, str], tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", pages[ROOT / "docs" / "settings.md"], re.DOTALL)
    (tmp_path / "graphalign.toml").write_text("\n".join(blocks), "utf-8")
    settings = graphalign.load_settings(tmp_path / "graphalign.toml")
    assert settings.rules["OWN107"]["limit"] == 7
    assert settings.words["status"] == {"parked": "dropped"}
    assert len(settings.waivers) == 1


def test_every_command_is_in_the_readme() -> None:
    from graphalign.cli import COMMANDS

    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"`graphalign {name}" not in readme] == []


def test_every_public_name_has_a_docstring() -> None:
    assert [name for name, thing in public_things() if not inspect.getdoc(thing)] == []


def test_every_name_the_package_offers_is_there_and_documented() -> None:
    offered = [getattr(graphalign, name) for name in graphalign.__all__]
    assert all(inspect.getdoc(thing) for thing in offered)


def test_what_readme_and_docs_link_to_is_there() -> None:
    broken = []
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
            address, _, anchor = target.partition("#")
            if "://" in address:
                continue
            path = (page.parent / address).resolve() if address else page
            lost = anchor and path.suffix == ".md" and anchor not in anchors(path)
            if lost or not path.exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []


def anchors(page: Path) -> set[str]:
    """The names of a page that a link can point at; none where there is no page."""
    if not page.exists():
        return set()
    text = page.read_text("utf-8")
    heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}
    return slugs | set(re.findall(r'id="([^"]+)"', text))


def test_the_readme_shows_python_that_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert blocks
    for block in blocks:
        space: dict[str, object] = {}
        exec(compile(block.replace('"samples/', f'"{ROOT}/samples/'), "README.md", "exec"), space)  # noqa: S102


def readme_blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)


def readme_tables() -> dict[str, list[str]]:
    """The README's tables by their first heading, as lines of CSV with semicolons kept in quotes."""
    result: dict[str, list[str]] = {}
    for block in re.findall(r"(?:^\|.*\n)+", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()]
        lines = [",".join(f'"{cell}"' for cell in row) for row in rows if not row[0].startswith("---")]
        result[lines[0]] = lines
    return result


def owners(graph: graphalign.AlignmentGraph) -> set[tuple[str, str]]:
    ties = graph.of_type("ACCOUNTABLE_FOR")
    return {(graph.names[a], graph.names[g]) for a, g in zip(ties["source"], ties["target"], strict=True)}


@pytest.mark.parametrize("shape", ['"Goal","Responsible"', '"Goal","Ana Ruiz"'])
def test_the_tables_that_the_readme_shows_are_read_whole(shape: str, tmp_path: Path) -> None:
    tables = readme_tables()
    for file, start in (("stakeholders", '"Name","Organisation"'), ("goals", '"Goal","Priority"'), ("raci", shape)):
        found = next(lines for head, lines in tables.items() if head.startswith(start))
        (tmp_path / f"{file}.csv").write_text("\n".join(found) + "\n", "utf-8")
    graph = graphalign.read(tmp_path)
    assert graph.data.refusals == ()
    assert owners(graph) == {("Ana Ruiz", "Shore power at every berth")}
    assert graph.of_type("RESPONSIBLE_FOR").height == 2
    assert graph.of_type("CONTRIBUTES_TO").height == 1


def test_the_yaml_that_the_readme_shows_is_read_whole(tmp_path: Path) -> None:
    (block,) = readme_blocks("yaml")
    (tmp_path / "alliance.yaml").write_text(block, "utf-8")
    graph = graphalign.read(tmp_path / "alliance.yaml")
    assert graph.data.refusals == ()
    assert owners(graph) == {("Ana Ruiz", "Shore power at every berth")}


def test_the_two_tables_that_the_readme_shows_are_read_whole(tmp_path: Path) -> None:
    nodes, relationships = readme_blocks("csv")
    (tmp_path / "nodes.csv").write_text(nodes, "utf-8")
    (tmp_path / "relationships.csv").write_text(relationships, "utf-8")
    graph = graphalign.read(tmp_path)
    assert graph.data.refusals == ()
    assert owners(graph) == {("Ana Ruiz", "Shore power at every berth")}
