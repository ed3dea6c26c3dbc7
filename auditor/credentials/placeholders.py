"""Texts that stand where somebody is to write a secret."""

import re

from auditor.patterns import lazy

_DOCUMENTED = frozenset({"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"})
"""Secret keys that stand in AWS's own documentation ("Managing access keys for IAM users")."""
_PLACEHOLDER = lazy(
    r"""<[^<>]*>|\[[^\[\]]*\]|\*{3,}|\.{3,}|x{3,}|x[x_-]{4,}x|-+|_+|\?+|change[-_ ]?(?:me|this|it|password)\w*|[0-]{8,}
    |.*change[-_ ]?in[-_ ]?prod.*|.*(?:change|replace)[-_ ]?(?:me|this|it|with)\b.*
    |to[-_ ]?(?:be[-_ ])?(?:changed|replaced|do|defined).*|todo|tbd|fixme|if[-_ ]you[-_ ]see[-_ ]this.*
    |(?:your|my|some|insert|enter|put|set|add|paste)[-_ ].*|example.*|dummy.*|fake.*|placeholder.*|redacted|.*[-_ ]here
    |your(?:own)?(?:password|secret|key|token).*|sample.*
    |not[-_]?(?:set|real|used|a[-_]secret).*|replace.*|foo|bar|baz|foobar|qwerty|notasecret|n/a""",
    re.VERBOSE | re.IGNORECASE,
)


_NONE = lazy(r"(?:.*[-_ ])?(?:not[-_ ]?(?:needed|required|used|applicable)|unused)", re.IGNORECASE)


def says_none(text: str) -> bool:
    """Tell whether the value says that there is no secret (`not-needed`)."""
    return _NONE.fullmatch(text) is not None


def is_placeholder(text: str) -> bool:
    """Tell whether the whole value asks to be replaced (`changeme`, `<your password>`, `xxxx`)."""
    return text in _DOCUMENTED or _PLACEHOLDER.fullmatch(text) is not None
