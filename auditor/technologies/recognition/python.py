"""Tell Python files that sign, encrypt or name secrets, and settings of web frameworks, from all others."""

from .claim import Recognition
from .registered import Registered

_WORDS = (
    "jwt", "itsdangerous", "hmac", "Fernet", "AESGCM", "SECRET", "secret", "PASSWORD", "password", "API_KEY", "api_key",
    "csrf", "CSRF", "SESSION_COOKIE", "from flask import", "flask_cors",
    "Middleware", "MIDDLEWARE", "Flask(", "FastAPI(", "Starlette(", "CORS(",
)  # fmt: skip
_DEPLOYMENTS = frozenset(
    "deployment.py dev.py development.py docker.py live.py local.py prod.py production.py stage.py staging.py".split()
)
"""Modules that override settings of another one for where they are deployed."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is worth reading, None if it is no Python or has nothing to do with secrets or settings."""
    if not name.endswith(".py"):
        return None
    if any(word in head for word in _WORDS):
        return Recognition("Python code that names secrets or middleware", 2)
    is_settings = "settings" in path or (name in _DEPLOYMENTS and "import *" in head)
    return Recognition("Python code by the name of settings", 2) if is_settings else None


TECHNOLOGY = Registered(
    "python",
    "Python",
    "auditor.technologies.python:PYTHON",
    recognise,
    variables=("DJANGO_SETTINGS_MODULE",),
    is_platform=True,
    files="*.py that name secrets; settings of Django, Flask and Starlette",
    versions="Python 3; Django 4.2 to 5.2, Flask 3, Starlette 0.46 to 1",
    compared_with="Django 5.2, Flask 3.1, Starlette 1.10 and FastAPI 0.165 from PyPI",
)
