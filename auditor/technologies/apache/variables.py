"""Variables `${NAME}` of the configuration (`ap_resolve_env` of 2.4)."""

from collections.abc import Mapping
from typing import Final

from auditor.model.unknown import Unknown
from auditor.patterns import lazy

_REFERENCE = lazy(r"\$\{([^}]*)\}")
DEBIAN: Final[Mapping[str, str]] = {
    "APACHE_RUN_USER": "www-data",
    "APACHE_RUN_GROUP": "www-data",
    "APACHE_PID_FILE": "/var/run/apache2/apache2.pid",
    "APACHE_RUN_DIR": "/var/run/apache2",
    "APACHE_LOCK_DIR": "/var/lock/apache2",
    "APACHE_LOG_DIR": "/var/log/apache2",
}
"""What Debian's /etc/apache2/envvars exports (2.4.71)."""


def resolve(word: str | Unknown, variables: Mapping[str, str]) -> str | Unknown:
    """Return the word with its variables replaced; Unknown if one of them is set by nothing that is scanned."""
    if isinstance(word, Unknown) or "${" not in word:
        return word
    parts: list[str] = []
    end = 0
    for match in _REFERENCE.finditer(word):
        value = variables.get(match[1], DEBIAN.get(match[1]))
        if value is None:
            return Unknown(f"the variable {match[1]} is not known")
        parts += [word[end : match.start()], value]
        end = match.end()
    return "".join([*parts, word[end:]])
