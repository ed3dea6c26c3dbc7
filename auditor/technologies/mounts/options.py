"""Options of a mount, and the flags that they come to.

Source: mount(8) of util-linux 2.38, "FILESYSTEM-INDEPENDENT MOUNT OPTIONS", and the same tried: the last of two that
contradict each other counts, `defaults` resets nothing, `user` and `users` bring noexec, nosuid and nodev, `owner` and
`group` bring nosuid and nodev; `nouser` takes nothing of that back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import Final

from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

FLAGS: Final = ("noexec", "nosuid", "nodev")
_IMPLIED: Final = {
    "user": FLAGS,
    "users": FLAGS,
    "owner": ("nosuid", "nodev"),
    "group": ("nosuid", "nodev"),
}
_LIFTED_BY: Final = {"exec": "noexec", "suid": "nosuid", "dev": "nodev"}
RESTRICTS: Final = frozenset(
    {*FLAGS, *_IMPLIED, "ro", "noatime", "nodiratime", "relatime", "strictatime", "nosymfollow"}
)
"""Options that set a flag of the mount itself, so that a bind mount is mounted again with just these flags."""
_PIECE = lazy(r"(?:[^,\"]|\"[^\"]*\"?)+")
_TEMPLATE = "a template supplies options"


@dataclass(frozen=True)
class Option:
    """One option; `value` is what follows its first `=`, None without one."""

    name: str
    value: str | None = field(repr=False)
    at: Location
    start: int = 0
    """Where it begins in the text of all options."""


def pieces(text: str) -> Iterable[tuple[str, int]]:
    """Yield the options of a text and where each begins; a comma inside double quotes belongs to the option."""
    return ((match[0], match.start()) for match in _PIECE.finditer(text))


@dataclass(frozen=True)
class Flags:
    """Restrictions in force; Unknown where a template may set them."""

    values: dict[str, bool | Unknown]

    def __getitem__(self, name: str) -> bool | Unknown:
        return self.values[name]


def flags_of(options: Sequence[Option]) -> Flags:
    """Return which of noexec, nosuid and nodev a list of options sets."""
    values: dict[str, bool | Unknown] = dict.fromkeys(FLAGS, False)
    for option in options:
        if HOLE in option.name:
            values = dict.fromkeys(FLAGS, Unknown(_TEMPLATE))
        elif option.value is not None:
            continue
        elif option.name in FLAGS:
            values[option.name] = True
        elif option.name in _LIFTED_BY:
            values[_LIFTED_BY[option.name]] = False
        for name in _IMPLIED.get(option.name, ()):
            values[name] = True
    return Flags(values)


def lifted(options: Sequence[Option]) -> list[tuple[Option, str]]:
    """Return the options that lift a restriction which is written before them, with the restriction."""
    found: list[tuple[Option, str]] = []
    written: set[str] = set()
    for option in options:
        if option.value is None and option.name in FLAGS:
            written.add(option.name)
            found = [(other, flag) for other, flag in found if flag != option.name]
        elif option.value is None and (flag := _LIFTED_BY.get(option.name, "")) in written:
            found.append((option, flag))
        for name in _IMPLIED.get(option.name, ()):
            found = [(other, flag) for other, flag in found if flag != name]
    return found
