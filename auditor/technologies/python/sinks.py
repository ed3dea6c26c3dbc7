"""Calls and settings that take a key, and what they use it for.

PyJWT 2 (API reference), python-jose 3, Authlib 1 (JWT), itsdangerous 2 (API), the library's own hmac, cryptography 42
(Fernet, AEAD), Starlette 0.37 (SessionMiddleware), starlette-csrf 3, FastAPI Users 13 (JWTStrategy).
"""

import ast
from collections.abc import Mapping
from typing import Final

from auditor.records import dataclass

from .symbols import Scope, dotted, text_of


@dataclass(frozen=True)
class Sink:
    """What takes a key: its mechanism, and which argument (position or name) the key is."""

    mechanism: str
    position: int | None
    keywords: tuple[str, ...]
    payload: int | None = None
    """The position of a token's claims."""


_JWT = Sink("jwt", 1, ("key",), payload=0)
_SINKS: Final[Mapping[str, Sink]] = {
    "jwt.encode": _JWT,
    "jwt.decode": Sink("jwt", 1, ("key",)),
    "jose.jwt.encode": _JWT,
    "jose.jwt.decode": Sink("jwt", 1, ("key",)),
    "authlib.jose.jwt.encode": Sink("jwt", 2, ("key",), payload=1),
    "authlib.jose.jwt.decode": Sink("jwt", 1, ("key",)),
    "hmac.new": Sink("signing", 0, ("key",)),
    "hmac.digest": Sink("signing", 0, ("key",)),
    "cryptography.fernet.Fernet": Sink("encryption", 0, ("key",)),
    "cryptography.hazmat.primitives.ciphers.aead.AESGCM": Sink("encryption", 0, ("key",)),
    "cryptography.hazmat.primitives.ciphers.aead.ChaCha20Poly1305": Sink("encryption", 0, ("key",)),
    **{
        f"itsdangerous.{name}": Sink("signing", 0, ("secret_key",))
        for name in (
            "Signer", "TimestampSigner", "Serializer", "TimedSerializer", "URLSafeSerializer", "URLSafeTimedSerializer",
            "JSONWebSignatureSerializer", "TimedJSONWebSignatureSerializer",
        )
    },
}  # fmt: skip
_BY_NAME: Final[Mapping[str, Sink]] = {
    "SessionMiddleware": Sink("session", None, ("secret_key",)),
    "CSRFMiddleware": Sink("csrf", None, ("secret", "secret_key")),
    "CSRFProtectMiddleware": Sink("csrf", None, ("secret", "secret_key", "csrf_secret")),
    "JWTStrategy": Sink("jwt", 0, ("secret",)),
}
"""Classes that are recognised by their own name, given alone or to `add_middleware`."""


def sink_of(call: ast.Call, scope: Scope) -> tuple[str, Sink] | None:
    """Return the name and the kind of what a call gives a key to, None if it gives none."""
    name = dotted(call.func, scope)
    found = _SINKS.get(name)
    if found is not None:
        return name, found
    last = name.rpartition(".")[2]
    if last == "add_middleware" and call.args:
        last = dotted(call.args[0], scope).rpartition(".")[2]
    return (last, _BY_NAME[last]) if last in _BY_NAME else None


def key_of(call: ast.Call, sink: Sink) -> ast.expr | None:
    """Return the argument that is the key."""
    for keyword in call.keywords:
        if keyword.arg in sink.keywords:
            return keyword.value
    if sink.position is not None and len(call.args) > sink.position:
        return call.args[sink.position]
    return None


def payload_of(call: ast.Call, sink: Sink) -> ast.expr | None:
    """Return the argument that is a token's claims."""
    if sink.payload is None:
        return None
    named = next((keyword.value for keyword in call.keywords if keyword.arg in {"payload", "claims"}), None)
    return named or (call.args[sink.payload] if len(call.args) > sink.payload else None)


def salt_of(call: ast.Call) -> str | None:
    """Return the text that keeps purposes apart, None if there is none."""
    return next((text_of(k.value) or "" for k in call.keywords if k.arg in {"salt", "info", "context"}), None)
