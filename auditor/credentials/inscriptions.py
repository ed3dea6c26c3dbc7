"""What is a secret by its own shape, wherever it stands in a text: JSON Web Tokens, private keys, providers' tokens."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from auditor.patterns import lazy

from .providers import provider_tokens_in

MAX_CHARACTERS = 1024 * 1024
"""Longer texts are not searched: they are data, not files that people write."""
_TOKEN = lazy(r"(?<![\w.-])eyJ[\w-]{6,}\.(?:e[\w-]{2,}\.[\w-]*|[\w-]*\.[\w-]*\.[\w-]+\.[\w-]*)(?![\w-])")
"""RFC 7515 section 7.1 and RFC 7516 section 7.1: base64url parts, the first the header's JSON object."""
_PRIVATE_KEY = lazy(
    r"-----BEGIN (?P<kind>(?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?)-----"
    r"(?P<body>[^-]{32,16384})-----END (?P=kind)-----"
)
"""RFC 7468. A line of words between the marks (an ellipsis) is no key."""
_FIREBASE = lazy(r"firebase|authDomain|google-services", re.IGNORECASE)
"""Texts in which Google's API keys are those of a browser or a phone, which are public by design."""


class InscriptionKind(StrEnum):
    """What was recognised."""

    WEB_TOKEN = "JSON Web Token"  # noqa: S105  # a kind of secret
    PRIVATE_KEY = "private key"
    PROVIDER_TOKEN = "provider token"  # noqa: S105  # as above


class Inscription(NamedTuple):
    """A secret in a text; `start` and `end` (exclusive) are offsets in it."""

    kind: InscriptionKind
    start: int
    end: int


def inscriptions_in(text: str) -> tuple[Inscription, ...]:
    """Return what is a secret by its shape, in order; nothing for texts of more than 1 MiB."""
    if len(text) > MAX_CHARACTERS:
        return ()
    return tuple(sorted(_found(text), key=lambda inscription: inscription.start))


def _found(text: str) -> Iterator[Inscription]:
    start = text.find("eyJ")
    while start >= 0:
        token = _TOKEN.match(text, start)
        if token is not None:
            yield Inscription(InscriptionKind.WEB_TOKEN, start, token.end())
        start = text.find("eyJ", token.end() if token is not None else start + 3)
    if "PRIVATE KEY" in text:
        for match in _PRIVATE_KEY.finditer(text):
            if not _is_ellipsis(match["body"]):
                yield Inscription(InscriptionKind.PRIVATE_KEY, match.start(), match.end())
    for start, end in provider_tokens_in(text):
        if not (text.startswith("AIza", start) and _FIREBASE.search(text)):
            yield Inscription(InscriptionKind.PROVIDER_TOKEN, start, end)


def _is_ellipsis(body: str) -> bool:
    r"""Tell whether the lines between the marks are words or dots rather than base64 (`\n` may be written out)."""
    letters = re.sub(r"\\[nr]|[\s\"'+,\\]", "", body)
    return "..." in letters or re.fullmatch(r"[A-Za-z0-9+/=:.]{32,}", letters) is None or len(set(letters)) < 12
