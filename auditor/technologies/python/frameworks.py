"""Keys that frameworks use behind the code: Django's and Flask's SECRET_KEY, Simple JWT's SIGNING_KEY.

Django 5 (Settings, SECRET_KEY: sessions, messages, password resets), Flask 3 (Configuration, SECRET_KEY: session
cookie), djangorestframework-simplejwt 5 (Settings, SIGNING_KEY: "defaults to the value of the SECRET_KEY setting").
"""

import ast
from typing import Literal

from .symbols import Scope, dotted, text_of

_DJANGO = frozenset({"INSTALLED_APPS", "MIDDLEWARE", "ROOT_URLCONF", "SIMPLE_JWT"})


def is_django_settings(tree: ast.Module) -> bool:
    """Tell whether a module is a settings module of Django."""
    return any(
        isinstance(target, ast.Name) and target.id in _DJANGO
        for item in tree.body
        if isinstance(item, ast.Assign)
        for target in item.targets
    )


def takes_framework_key(target: ast.expr, scope: Scope) -> bool:
    """Tell whether Flask signs with what is assigned: `app.secret_key`, `app.config["SECRET_KEY"]`."""
    match target:
        case ast.Attribute(value=ast.Name(id=name), attr="secret_key"):
            value = scope.find(name)
            return isinstance(value, ast.Call) and dotted(value.func, scope).rpartition(".")[2] == "Flask"
        case ast.Subscript(value=ast.Attribute(attr="config"), slice=ast.Constant(value="SECRET_KEY")):
            return True
        case _:
            return False


def simplejwt_signing_key(value: ast.expr) -> ast.expr | Literal["SECRET_KEY"] | None:
    """Return what Simple JWT signs with: an expression, the name of Django's key, or None where that is not known."""
    if not isinstance(value, ast.Dict):
        return None
    entries = {text_of(key): item for key, item in zip(value.keys, value.values, strict=True)}
    algorithm = entries.get("ALGORITHM")
    if algorithm is not None and not (text_of(algorithm) or "").startswith("HS"):
        return None
    if "SIGNING_KEY" in entries:
        return entries["SIGNING_KEY"]
    return None if None in entries else "SECRET_KEY"
