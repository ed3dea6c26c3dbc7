"""Settings classes: which environment variable a field is read from (pydantic-settings 2, "Field aliases")."""

import ast

from auditor.credentials.keys import setting_name

from .symbols import text_of

_BASES = frozenset({"BaseSettings", "Settings", "BaseModel"})


def aliases_of(tree: ast.Module) -> dict[str, str]:
    """Return the variables' names by field, for fields whose name alone does not tell: `env_prefix`, `alias`, `env`."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and any(_last(base) in _BASES for base in node.bases):
            prefix = _prefix(node)
            for item in node.body:
                if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                    alias = _alias(item.value)
                    if alias or prefix:
                        found[item.target.id] = setting_name(alias or prefix + item.target.id)
    return found


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _alias(value: ast.expr | None) -> str:
    if isinstance(value, ast.Call) and _last(value.func) == "Field":
        for keyword in value.keywords:
            if keyword.arg in {"alias", "validation_alias", "env"} and (text := text_of(keyword.value)):
                return text
    return ""


def _prefix(node: ast.ClassDef) -> str:
    for item in ast.walk(node):
        if isinstance(item, ast.Call) and _last(item.func) in {"SettingsConfigDict", "ConfigDict"}:
            for keyword in item.keywords:
                if keyword.arg == "env_prefix":
                    return text_of(keyword.value) or ""
        if isinstance(item, ast.Assign) and any(_last(target) == "env_prefix" for target in item.targets):
            return text_of(item.value) or ""
    return ""
