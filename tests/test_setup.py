"""What an installed graphalign says of itself, held against the checkout."""

from __future__ import annotations

from configparser import ConfigParser
from importlib import metadata, resources
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


def setup() -> ConfigParser:
    parser = ConfigParser()
    parser.read(ROOT / "setup.cfg", "utf-8")
    return parser


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def test_every_requirement_says_a_lower_bound_or_is_pinned() -> None:
    wanted = lines(setup()["options"]["install_requires"])
    for extra in ("neo4j", "html", "test"):
        wanted += lines(setup()["options.extras_require"][extra])
    assert [text for text in wanted if not str(Requirement(text).specifier).startswith((">=", "=="))] == []


def test_extras_keep_the_core_small() -> None:
    core = {Requirement(text).name.lower() for text in lines(setup()["options"]["install_requires"])}
    extras = {
        Requirement(text).name.lower()
        for name, table in setup()["options.extras_require"].items()
        for text in lines(table)
        if name
    }
    assert core & extras == set()
    assert {"neo4j", "pyvis", "pytest"} <= extras


def test_the_installed_version_is_the_one_in_setup_cfg_and_the_changelog_tells_of_it() -> None:
    version = setup()["metadata"]["version"]
    assert metadata.version("graphalign") == version
    assert f"\n## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_licence_goes_with_the_package() -> None:
    licences = [file for file in metadata.files("graphalign") or () if file.name == "LICENSE"]
    assert [file.read_text() for file in licences] == [(ROOT / "LICENSE").read_text("utf-8")]


def test_every_folder_of_the_package_is_listed_in_setup_cfg() -> None:
    found = {".".join(file.parent.relative_to(ROOT).parts) for file in (ROOT / "graphalign").rglob("__init__.py")}
    assert set(lines(setup()["options"]["packages"])) == found | {"graphalign.queries"}


def test_no_folder_with_code_lacks_an_init() -> None:
    assert {
        file.parent for file in (ROOT / "graphalign").rglob("*.py") if not (file.parent / "__init__.py").exists()
    } == set()


def test_the_queries_are_installed_as_a_package() -> None:
    assert (resources.files("graphalign.queries") / "__init__.py").is_file()


def test_the_package_says_that_it_is_typed() -> None:
    assert (resources.files("graphalign") / "py.typed").is_file()


def test_the_command_is_installed() -> None:
    names = {point.name: point.value for point in metadata.entry_points(group="console_scripts")}
    assert names["graphalign"] == "graphalign.cli:main"
