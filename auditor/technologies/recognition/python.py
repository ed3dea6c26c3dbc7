"""Tell Python files that sign, encrypt or name secrets from all others."""

from .claim import Recognition
from .registered import Registered

_WORDS = (
    "jwt", "itsdangerous", "hmac", "Fernet", "AESGCM", "SECRET", "secret", "PASSWORD", "password", "API_KEY", "api_key",
    "csrf", "CSRF",
)  # fmt: skip


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is worth reading, None if it is no Python or has nothing to do with secrets."""
    if not name.endswith(".py") or not any(word in head for word in _WORDS):
        return None
    return Recognition("Python code that names secrets", 2)


TECHNOLOGY = Registered(
    "python",
    "Python",
    "auditor.technologies.python:PYTHON",
    recognise,
    is_platform=True,
    files="*.py that name secrets",
    versions="Python 3",
)
