"""What a key is used for, as the names around the call say."""

from typing import Final

from auditor.credentials.keys import mechanism, tokens

_CSRF: Final = ("csrf", frozenset({"csrf", "xsrf"}))
_RESET: Final = (
    "password-reset",
    frozenset({"reset", "invite", "invitation", "activation", "activate", "verification", "confirm", "confirmation"}),
)
_REFRESH: Final = ("jwt-refresh", frozenset({"refresh"}))
_WEBHOOK: Final = ("webhook", frozenset({"webhook", "webhooks"}))
_SESSION: Final = ("session", frozenset({"session", "sessions", "cookie", "cookies"}))
_ENCRYPTION: Final = ("encryption", frozenset({"encrypt", "encryption", "cipher"}))
_JWT: Final = ("jwt", frozenset({"jwt", "bearer"}))
_VOCABULARIES: Final = {
    # A session token may well be a JSON Web Token: that is one purpose.
    "jwt": (_CSRF, _RESET, _REFRESH, _WEBHOOK),
    "jwt-refresh": (_CSRF, _RESET, _WEBHOOK),
    "signing": (_CSRF, _RESET, _REFRESH, _WEBHOOK, _SESSION, _JWT),
    "encryption": (_CSRF, _SESSION),
}
_TELLING_KEYS: Final = frozenset({"csrf", "session", "webhook", "password-reset", "pepper"})


def purpose(default: str, *contexts: str, symbol: str = "") -> str:
    """Return the mechanism of a key.

    Args:
        default: what the library's call is for (`jwt`, `signing` …).
        contexts: a salt, a function's and a variable's name; the first one that tells decides.
        symbol: the key's own name, which decides where a signature could be for anything.
    """
    for context in contexts:
        words = frozenset(tokens(context))
        for mechanism_, vocabulary in _VOCABULARIES.get(default, ()):
            if words & vocabulary:
                return mechanism_
        if {"verify", "email"} <= words and default in _VOCABULARIES:
            return "password-reset"
    own = mechanism(symbol)
    return own if default == "signing" and own in _TELLING_KEYS else default
