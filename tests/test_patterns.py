"""A lazy pattern behaves like a compiled one, from its first use on."""

import gc
import pkgutil
import re
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

import auditor
from auditor import patterns
from auditor.packs import load_packs
from auditor.patterns import lazy


@given(st.sampled_from([r"(?P<a>x+)|y", r"\b\w+\b", r"^-?\d*$"]), st.text())
def test_it_finds_what_a_compiled_pattern_finds(pattern: str, text: str) -> None:
    compiled, late = re.compile(pattern, re.M), lazy(pattern, re.M)
    assert [m.span() for m in late.finditer(text)] == [m.span() for m in compiled.finditer(text)]
    assert (late.search(text) is None) == (compiled.search(text) is None)
    assert late.sub("-", text) == compiled.sub("-", text)
    assert late.split(text) == compiled.split(text)


def test_a_wrong_pattern_is_told_when_it_is_used() -> None:
    pattern = lazy("(")
    with pytest.raises(re.error):
        pattern.match("x")


def test_every_pattern_of_the_program_compiles() -> None:
    for module in pkgutil.walk_packages(auditor.__path__, "auditor."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    load_packs()
    late = [found for found in gc.get_objects() if type(found) is patterns._Lazy]  # pyright: ignore[reportPrivateUsage]  # no list of them is kept
    assert len(late) > 500
    for pattern in late:
        assert pattern.pattern
