"""Values that stand for a secret kept elsewhere: variables, templates, addresses of secret stores, names of secrets."""

import re

from auditor.patterns import lazy

from .keys import PASSWORD_WORDS, names_secret, tokens

_REFERENCE = lazy(
    r"""\$\{.*|\$\(.*|\$(?:[A-Za-z_]\w*|[0-9@*#?])|`.*|.*\$\{\{.*|.*\$\{[A-Za-z_][\w.]*(?::?[-?+][^{}]*)?\}.*|\{\{.*|%\w+%|%env\(.*|<%.*
    |@[A-Za-z_.]+@|!(?:Ref|Sub|GetAtt|ImportValue|vault|secret|reference)\b.*
    |(?:vault|op|ref\+\w+|secret|awssm|awsssm|gcpsm|keyvault|azkv|ssm|env|file|secretsmanager|passwordstate|sops)://?.*
    |(?:vault|env|file):[\w/.#-]+|arn:aws[\w-]*:(?:secretsmanager|ssm|kms).*|projects/[^/]+/secrets/.*
    |@Microsoft\.KeyVault\(.*|\{\{?resolve:.*|os\.environ.*|(?:System\.)?getenv\(.*|process\.env.*
    |(?:var|local|data|module|path|each|random_\w+|(?:aws|azurerm|google|tls|vault)_\w+)\.[\w.\[\]"*-]+
    |/[\w.@/-]+|\./[\w./-]+|~/[\w./-]+|[A-Za-z]:\\.*|__\w+__""",
    re.VERBOSE | re.DOTALL,
)
_SLUG = lazy(r"[a-z0-9]+(?:[-._/][a-z0-9]+)+")
_ENVIRONMENT_NAME = lazy(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_RANDOM = lazy(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9]{16,}")
"""A part of a path that is none: base64 may begin with a slash."""
_OVERLAP = 0.6
"""Share of a slug's words that also stand in its key where the slug names a secret: `fhir_db_password` and
`fhir-db-password`."""


def is_reference(text: str) -> bool:
    """Tell whether a value is filled in from elsewhere: interpolation, a secret store's address, a path."""
    if _REFERENCE.fullmatch(text) is None:
        return False
    return not (text.startswith("/") and any(_RANDOM.fullmatch(part) for part in text.split("/")))


def names_a_secret(key: str, value: str, *, env_like: bool) -> bool:
    """Tell whether a value is the name of a secret or of the variable that holds it.

    `env_like` is True where the place holds the value itself and never a name, as an environment variable does.
    """
    if _ENVIRONMENT_NAME.fullmatch(value) and names_secret(value):
        return True
    if not _SLUG.fullmatch(value):
        return False
    words = tokens(key)
    if len(words) > 1 and words[-1] == "secret" and words[-2] in PASSWORD_WORDS:
        return True  # PASSWORD_SECRET: which secret holds the password
    mine, its = set(words), set(tokens(value))
    if "-" in value and names_secret(value.replace("-", "_")) and len(its) > 1 and not env_like:
        return True
    return not env_like and len(mine & its) / len(its) >= _OVERLAP
