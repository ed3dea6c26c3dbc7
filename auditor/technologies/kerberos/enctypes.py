"""Lists of encryption types (tried with libkrb5 1.20.1: `krb5_get_permitted_enctypes`)."""

import re
from typing import Final

RC4: Final = frozenset({"arcfour-hmac", "rc4-hmac", "arcfour-hmac-md5"})
DES3: Final = frozenset({"des3-cbc-sha1", "des3-hmac-sha1", "des3-cbc-sha1-kd"})
EXPORT: Final = frozenset({"arcfour-hmac-exp", "rc4-hmac-exp", "arcfour-hmac-md5-exp", "des3-cbc-raw"})
"""Taken only where weak ones are allowed."""


def weak_in(text: str, *, weak_allowed: bool = False) -> tuple[str, ...]:
    """Return the weak types that a list names itself, with what it takes out again taken out.

    A family (`rc4`) stands for its types, `DEFAULT` for those built in, which are not counted. Single DES is gone since
    1.18 and its names are passed over.
    """
    found: dict[str, str] = {}
    for word in re.split(r"[\s,]+", text.lower()):
        name = word.lstrip("+-")
        kind = _kind(name, weak_allowed=weak_allowed)
        if kind is None:
            continue
        if word.startswith("-"):
            found.pop(kind, None)
        else:
            found.setdefault(kind, name)
    return tuple(found.values())


def stands_alone(text: str) -> bool:
    """Tell whether a list names all its types, without the built-in ones."""
    words = re.split(r"[\s,]+", text.lower())
    return "default" not in words and "+default" not in words


def weak_keys_in(text: str) -> tuple[str, ...]:
    """Return the weak types of a list of `type:salt`."""
    names = [word.partition(":")[0] for word in re.split(r"[\s,]+", text.lower())]
    return tuple(dict.fromkeys(name for name in names if name in RC4 | DES3 | EXPORT))


def _kind(name: str, *, weak_allowed: bool) -> str | None:
    if name == "rc4" or name in RC4:
        return "rc4"
    if name == "des3" or name in DES3:
        return "des3"
    return name if weak_allowed and name in EXPORT else None
