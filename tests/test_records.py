"""Records behave as the standard library's dataclasses do."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import records

Make = Callable[..., Any]
Call = tuple[str, list[object], dict[str, object]]


def family(dataclass: Make) -> dict[str, Any]:
    """Return classes of all kinds that the program uses, made by `dataclass`."""

    @dataclass(frozen=True)
    class Point:
        x: int
        y: int = 2
        kinds: ClassVar[tuple[str, ...]] = ("a",)

    @dataclass(frozen=True, kw_only=True)
    class Named(Point):
        name: str
        tags: tuple[str, ...] = field(default=(), repr=False)
        seen: list[int] = field(default_factory=list[int], compare=False)

    @dataclass(frozen=True)
    class Reordered(Named):
        z: int = 0

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Reordered)

        def __hash__(self) -> int:
            return 7

    @dataclass(frozen=True, eq=False)
    class Same:
        x: int

    @dataclass
    class Open:
        x: int
        y: list[int] = field(init=False, default_factory=list[int])

        def __post_init__(self) -> None:
            self.y.append(self.x)

    @dataclass(frozen=True)
    class Empty:
        pass

    class Plain(Point):
        pass

    return {kind.__name__: kind for kind in (Point, Named, Reordered, Same, Open, Empty, Plain)}


OURS = family(records.dataclass)
STANDARD = family(dataclasses.dataclass)

values = st.one_of(st.integers(), st.text(max_size=3), st.none())
names = st.sampled_from(["x", "y", "z", "name", "tags", "seen", "kinds", "other"])
calls = st.tuples(
    st.sampled_from(sorted(OURS)), st.lists(values, max_size=4), st.dictionaries(names, values, max_size=4)
)


def outcome(act: Callable[[], Any]) -> object:
    """Return the result, or the kind of the exception."""
    try:
        return act()
    except Exception as error:  # noqa: BLE001  # the kind is what is compared
        return type(error)


def called(kinds: dict[str, Any], call: Call) -> object:
    name, arguments, keywords = call
    return outcome(lambda: kinds[name](*arguments, **keywords))


def text(value: object) -> str:
    return repr(value).replace("family.<locals>.", "")


@given(calls)
def test_a_call_makes_the_same_object_or_fails_the_same(call: Call) -> None:
    ours, standard = called(OURS, call), called(STANDARD, call)
    assert isinstance(ours, type) == isinstance(standard, type)
    assert ours is standard or (vars(ours), text(ours)) == (vars(standard), text(standard))


@given(calls, calls)
def test_objects_are_equal_and_hashed_when_standard_ones_are(one: Call, other: Call) -> None:
    ours, other_of_ours = called(OURS, one), called(OURS, other)
    standard, other_of_standard = called(STANDARD, one), called(STANDARD, other)
    assert (ours == other_of_ours) == (standard == other_of_standard)
    assert isinstance(outcome(lambda: hash(ours)), int) == isinstance(outcome(lambda: hash(standard)), int)
    copied = called(OURS, one)
    if ours == copied and not isinstance(outcome(lambda: hash(ours)), type):
        assert hash(ours) == hash(copied)


@pytest.mark.parametrize("name", sorted(OURS))
def test_fields_are_those_of_the_standard_one(name: str) -> None:
    def shape(kind: Any) -> list[tuple[object, ...]]:
        return [(f.name, f.init, f.repr, f.compare, f.kw_only, f.default) for f in dataclasses.fields(kind)]

    assert shape(OURS[name]) == shape(STANDARD[name])
    assert OURS[name].__match_args__ == STANDARD[name].__match_args__


def test_a_record_is_replaced_copied_and_matched() -> None:
    named = OURS["Named"](1, name="n")
    assert dataclasses.replace(named, y=5) == OURS["Named"](1, 5, name="n")
    assert copy.copy(named) == named
    match named:
        case object(x=1, y=2):
            pass
        case _:
            pytest.fail("its attributes do not match")


@records.dataclass(frozen=True)
class Sent:
    x: int


def test_a_record_is_pickled() -> None:
    assert pickle.loads(pickle.dumps(Sent(3))) == Sent(3)


def test_a_frozen_record_refuses_to_change_and_an_open_one_does_not() -> None:
    point = OURS["Point"](1)
    with pytest.raises(FrozenInstanceError):
        point.x = 2
    with pytest.raises(FrozenInstanceError):
        del point.x
    opened = OURS["Open"](1)
    opened.x = 2
    assert opened.x == 2


def test_a_standard_dataclass_extends_a_record() -> None:
    extended = dataclasses.make_dataclass("Extended", [("w", int, 4)], bases=(OURS["Point"],), frozen=True)
    assert repr(extended(1, 3)) == "Extended(x=1, y=3, w=4)"


def test_the_constructor_of_many_objects_behaves_as_before() -> None:
    ours = family(records.dataclass)
    for name, kind in ours.items():
        arguments = {"Named": {"name": "n"}, "Reordered": {"name": "n"}}.get(name, {})
        positional = () if name == "Empty" else (1,)
        objects = [kind(*positional, **arguments) for _ in range(1000)]
        assert kind.__init__.__name__ == "__init__"
        assert vars(objects[0]) == vars(objects[-1]) == vars(STANDARD[name](*positional, **arguments))
        assert objects[0] == objects[-1] or name == "Same"
        with pytest.raises(TypeError):
            kind(*positional, **arguments, other=1)


def test_a_mutable_default_is_refused() -> None:
    with pytest.raises(ValueError, match="default_factory"):

        @records.dataclass(frozen=True)
        class _Wrong:
            x: list[int] = []  # noqa: RUF012  # the mistake
