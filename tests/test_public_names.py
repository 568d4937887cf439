"""What `import graphalign` offers."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest

import graphalign as ga


@pytest.mark.parametrize("name", [n for n in ga.__all__ if n != "__version__"])
def test_a_public_name_is_documented_and_no_module(name: str) -> None:
    value = getattr(ga, name)
    assert not isinstance(value, ModuleType)
    assert (value.__doc__ or "").strip()


def test_a_function_stays_one_when_the_module_of_its_name_is_imported() -> None:
    for name in ("check", "generate", "example"):
        importlib.import_module(f"graphalign.{name}")
        assert callable(getattr(ga, name))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = ga.nonsense


def test_the_version_is_that_of_the_package() -> None:
    assert str(ga.__version__).count(".") == 2
    assert "check" in dir(ga)
