"""Regular expressions that are compiled when they are first used.

Compiling is slow next to matching: the patterns of all recognisers together take a third of a small scan, which needs
few of them.
"""

import re
from typing import cast

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split", "pattern", "groupindex")


class _Lazy:
    """Stands in for a compiled pattern; the first use of a method compiles it and takes over its methods."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern `text`, compiled at its first use.

    Raises:
        re.error: at the first use, if `text` is no regular expression.
    """
    return cast("re.Pattern[str]", _Lazy(text, flags))
