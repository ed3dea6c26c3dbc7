"""Which assigned values are looked at as secrets: by their names, by what the format says, by their own shape."""

import re

from auditor.credentials.decoding import decoded_forms
from auditor.credentials.keys import names_secret, tokens
from auditor.credentials.providers import is_provider_token
from auditor.credentials.shapes import holds_private_key, is_password_line
from auditor.patterns import lazy
from auditor.technologies.document import Assignment

_NOT_SECRET_IN_SECRET = lazy(
    r"user(s|name|id)?([._-]?in)?$|(^|[._-])(login|email|host|port|database|db|url|uri|endpoint|region|id|crt|pub)$"
    r"|name$|cert(ificate)?s?$|ca\.pem$",
    re.IGNORECASE,
)
"""Entries of a Kubernetes Secret that say who or where, not the secret itself."""
_ENCODED = lazy(r"[A-Za-z0-9+/_=\s-]{44,}")
"""What may be a private key or token in base64; the shortest token of a provider has 32 characters."""


def is_candidate(assignment: Assignment, value: str) -> bool:
    """Tell whether the value under this name is to be judged as a secret."""
    if assignment.server_secret:
        in_secret = assignment.container == "kubernetes-secret"
        if not (in_secret and _NOT_SECRET_IN_SECRET.search(assignment.key)):
            return True
    if names_secret(assignment.key) or _is_secret_by_shape(value):
        return True
    # `signing: {key: …}` is a signing key; a bare `key` says nothing.
    return tokens(assignment.key) == ("key",) and bool(assignment.path) and names_secret(f"{assignment.path[-1]}_key")


def _is_secret_by_shape(value: str) -> bool:
    text = value.strip()
    if holds_private_key(text) or is_provider_token(text) or is_password_line(text):
        return True
    if _ENCODED.fullmatch(text) is None:
        return False
    return any(holds_private_key(form) or is_provider_token(form.strip()) for form in decoded_forms(text))
