"""Dataclasses that share their methods until it pays to have their own.

The dataclass of the standard library writes and compiles six functions for every class; with the hundreds of small
types of this program that is a seventh of a scan's time. `dataclass` here gives all classes the same functions, which
read the names of the fields from the class; a class of which many objects are made gets the standard constructor, which
is faster to call than to make. Type checkers take it for the standard one; `dataclasses.fields` and
`replace`, and subclasses made by the standard one, work with it.
"""

import sys
from collections import deque
from dataclasses import MISSING, Field, FrozenInstanceError, field, fields, make_dataclass
from dataclasses import dataclass as standard
from functools import partial
from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, cast, get_origin

if TYPE_CHECKING:
    from collections.abc import Callable


_consume = deque[object](maxlen=0).extend


_MANY = 200
"""Objects of a class from which on a constructor of its own is worth the half millisecond that making it takes."""


class _Shape:
    """What the shared methods know of a class."""

    def __init__(self, owner: type[Any], known: "dict[str, Field[Any]]") -> None:
        self.owner: Any = owner
        self.made = 0
        self.names = frozenset(known)
        self.positional = tuple(name for name, entry in known.items() if entry.init and not entry.kw_only)
        self.internal = frozenset(name for name, entry in known.items() if not entry.init)
        self.defaults = {name: entry.default for name, entry in known.items() if entry.default is not MISSING}
        self.factories = [
            (name, entry.default_factory) for name, entry in known.items() if entry.default_factory is not MISSING
        ]
        self.shown = tuple(name for name, entry in known.items() if entry.repr)
        compared = [name for name, entry in known.items() if entry.compare]
        self.key: Callable[[object], object] = attrgetter(*compared) if compared else lambda _: ()


def _record(cls: type[Any], *, frozen: bool, kw_only: bool, eq: bool) -> type[Any]:
    known: dict[str, Field[Any]] = {}
    for base in reversed(cls.__mro__[1:]):
        known.update(base.__dict__.get("__dataclass_fields__", {}))
    for name, kind in _annotations(cls).items():
        if kind is ClassVar or get_origin(kind) is ClassVar or (isinstance(kind, str) and kind.startswith("ClassVar")):
            continue
        known[name] = _field(cls, name, kind, kw_only=kw_only)
    shape = _Shape(cls, known)
    own = cls.__dict__
    shared: dict[str, object] = {
        "__dataclass_fields__": known,
        "__dataclass_params__": getattr(_Frozen if frozen else _Open, "__dataclass_params__"),  # noqa: B009  # not part of the stubs
        "__match_args__": shape.positional,
        "__init__": _init,
        "__repr__": _repr,
    }
    if frozen:
        shared |= {"__setattr__": _setattr, "__delattr__": _delattr}
    if eq:
        shared["__eq__"] = _eq
    for name, value in shared.items():
        if name not in own:
            setattr(cls, name, value)
    if eq and own.get("__hash__") is None:
        setattr(cls, "__hash__", _hash if frozen else None)  # noqa: B010  # to the type checkers it is a method of `object`
    cls._record_shape = shape
    return cls


def _annotations(cls: type[Any]) -> dict[str, object]:
    if sys.version_info >= (3, 14):
        from annotationlib import Format, get_annotations  # noqa: PLC0415  # Python 3.14 and later

        return get_annotations(cls, format=Format.FORWARDREF)
    own: dict[str, object] = cls.__dict__.get("__annotations__", {})  # noqa: RUF063  # `inspect` is slow to load
    return own


def _field(cls: type[Any], name: str, kind: object, *, kw_only: bool) -> "Field[Any]":
    written: Any = cls.__dict__.get(name, MISSING)
    is_field = isinstance(written, Field)
    entry = cast("Field[Any]", written if is_field else field(default=written))
    if is_field and entry.default is MISSING:
        delattr(cls, name)
    elif is_field:
        setattr(cls, name, entry.default)
    if entry.default is not MISSING and type(entry.default).__hash__ is None:
        raise ValueError(f"{cls.__name__}.{name}: a mutable default; use default_factory")
    if entry.kw_only is MISSING:
        entry.kw_only = kw_only
    entry.name = name
    marks: dict[str, Any] = {"type": kind, "_field_type": _ORDINARY}  # what `dataclasses.fields` looks at
    for mark, value in marks.items():
        setattr(entry, mark, value)
    return entry


def _init(self: object, *args: object, **kwargs: object) -> None:
    cls: Any = type(self)
    shape: _Shape = cls._record_shape
    if not shape.internal.isdisjoint(kwargs):
        raise TypeError(f"{cls.__name__} sets {', '.join(kwargs.keys() & shape.internal)} itself")
    values = shape.defaults | kwargs
    if args:
        if len(args) > len(shape.positional):
            raise TypeError(f"{cls.__name__} takes {len(shape.positional)} positional arguments, {len(args)} given")
        named = shape.positional[: len(args)]
        if not kwargs.keys().isdisjoint(named):
            raise TypeError(f"{cls.__name__} got several values for {', '.join(kwargs.keys() & named)}")
        values.update(zip(named, args, strict=True))
    if values.keys() != shape.names:
        for name, factory in shape.factories:
            if name not in values:
                values[name] = factory()
        if values.keys() != shape.names:
            wrong = ", ".join(sorted(values.keys() ^ shape.names))
            raise TypeError(f"{cls.__name__}: missing or unexpected arguments: {wrong}")
    # Not by `__dict__`: an object whose dictionary nobody asks for takes half the memory.
    _consume(map(object.__setattr__, repeat(self), values, values.values()))
    if hasattr(cls, "__post_init__"):
        cls.__post_init__(self)
    shape.made += 1
    if shape.made == _MANY:
        shape.owner.__init__ = _constructor(shape.owner)


def _constructor(cls: type[Any]) -> "Callable[..., None]":
    """Return the constructor that the standard library makes for such a class."""
    alike = [
        (
            entry.name,
            object,
            field(default=entry.default, init=entry.init, kw_only=bool(entry.kw_only))
            if entry.default_factory is MISSING
            else field(default_factory=entry.default_factory, init=entry.init, kw_only=bool(entry.kw_only)),
        )
        for entry in fields(cls)
    ]
    hook = {"__post_init__": cls.__post_init__} if hasattr(cls, "__post_init__") else {}
    frozen = cls.__dataclass_params__.frozen
    made: Any = make_dataclass(cls.__name__, alike, frozen=frozen, eq=False, repr=False, namespace=hook)
    constructor: Callable[..., None] = made.__init__
    return constructor


def _repr(self: object) -> str:
    cls: Any = type(self)
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in cls._record_shape.shown)
    return f"{cls.__qualname__}({shown})"


def _eq(self: object, other: object) -> object:
    if type(other) is not type(self):
        return NotImplemented
    cls: Any = type(self)
    key = cls._record_shape.key
    return key(self) == key(other)


def _hash(self: object) -> int:
    cls: Any = type(self)
    return hash(cls._record_shape.key(self))


def _setattr(self: object, name: str, value: object) -> None:
    del self, value
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: object, name: str) -> None:
    del self
    raise FrozenInstanceError(f"cannot delete field {name!r}")


@standard(frozen=True)
class _Frozen:
    """A standard dataclass; from it come the marks that make records be taken for one."""

    field: int


@standard
class _Open:
    """The same, not frozen."""


_ORDINARY: object = getattr(fields(_Frozen)[0], "_field_type")  # noqa: B009  # not part of the stubs


def _dataclass(
    cls: type[Any] | None = None, /, *, frozen: bool = False, kw_only: bool = False, eq: bool = True
) -> "type[Any] | Callable[[type[Any]], type[Any]]":
    """Make `cls` a dataclass.

    Fields may use `field` with `default`, `default_factory`, `init`, `repr`, `compare` and `kw_only`.

    Raises:
        ValueError: a default is mutable.
    """
    if cls is None:
        return partial(_record, frozen=frozen, kw_only=kw_only, eq=eq)
    return _record(cls, frozen=frozen, kw_only=kw_only, eq=eq)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  # offered to others
else:
    dataclass = _dataclass
