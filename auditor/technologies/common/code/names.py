"""Names of settings, from the way code reaches them."""

from collections.abc import Iterable, Mapping, Sequence

from auditor.credentials.keys import names_secret, setting_name, tokens

_CONFIGURATION = frozenset(
    "settings setting config configs configuration conf cfg env environ environment constants secrets process".split()
)
"""Words in the names of objects that hold settings, and not the data of one user, device or request."""
_UNTELLING = frozenset(
    {("secret",), ("secrets",), ("secret", "key"), ("key",), ("keys",), ("password",), ("token",), ("private", "key"),
     ("signing", "key")}
)  # fmt: skip
"""Names that every settings object has one of; whose it is, the object's own name tells."""


def is_configuration(name: str) -> bool:
    """Tell whether an object of this name holds settings."""
    return not _CONFIGURATION.isdisjoint(tokens(name))


def symbol_of(parts: Sequence[str], *, is_trusted: bool = False) -> str | None:
    """Return the setting that a dotted name (`settings.jwt.secret`) stands for, None if it is none or no secret.

    Args:
        parts: the names from the outermost object to the value.
        is_trusted: the outermost name is known to hold settings, so that it need not say so itself.
    """
    *holders, name = parts
    is_constant = name.isupper()
    if holders and not (is_constant or is_trusted or any(is_configuration(holder) for holder in holders)):
        return None
    words = tokens(name)
    if holders and not is_constant and words in _UNTELLING:
        words = (*(word for word in tokens(holders[-1]) if word not in _CONFIGURATION), *words)
    full = "_".join(words)
    return setting_name(full) if names_secret(full) else None


def names_of_one_thing(found: Iterable[tuple[str, tuple[str, ...]]]) -> Mapping[str, tuple[str, ...]]:
    """Return the settings by name, without names that stand for one thing here and another there."""
    settings: dict[str, tuple[str, ...]] = {}
    doubtful: set[str] = set()
    for name, symbols in found:
        if settings.setdefault(name, symbols) != symbols:
            doubtful.add(name)
    return {name: symbols for name, symbols in settings.items() if name not in doubtful}
