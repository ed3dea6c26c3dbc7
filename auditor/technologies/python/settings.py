"""Settings of other modules: constants, and fields of settings classes (pydantic-settings 2, "Field aliases")."""

import ast
from collections.abc import Iterator

from auditor.credentials.keys import names_secret, setting_name

from .symbols import Resolver, Scope, text_of

_BASES = frozenset({"BaseSettings", "Settings", "BaseAppSettings", "BaseConfig"})


def settings_of(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the variables' names by the names that other modules reach them through.

    They are the fields of settings classes with `env_prefix`, `alias` or `env`, and constants that are read from
    variables of another name.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and is_settings_class(node):
            yield from _fields(node)
    scope = Scope()
    for item in tree.body:
        if isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name):
            scope.assigned.setdefault(item.targets[0].id, item.value)
        elif isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and item.value is not None:
            scope.assigned.setdefault(item.target.id, item.value)
    resolver = Resolver({})
    for name, value in scope.assigned.items():
        if names_secret(name):
            names = resolver.resolve(value, scope).names
            if names and names != (setting_name(name),):
                yield name, names


def is_settings_class(node: ast.ClassDef) -> bool:
    """Tell whether a class reads its fields from variables."""
    return any(_last(base) in _BASES for base in node.bases)


def _fields(node: ast.ClassDef) -> Iterator[tuple[str, tuple[str, ...]]]:
    prefix = _prefix(node)
    for item in node.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            alias = _alias(item.value)
            name = setting_name(alias or prefix + item.target.id)
            if names_secret(name):
                # A field without prefix is there too, for the same name may have another class' prefix.
                yield item.target.id, (name,)


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _alias(value: ast.expr | None) -> str:
    if not (isinstance(value, ast.Call) and _last(value.func) == "Field"):
        return ""
    for keyword in value.keywords:
        if keyword.arg in {"alias", "validation_alias", "env"}:
            choices = keyword.value
            if isinstance(choices, ast.Call) and _last(choices.func) == "AliasChoices" and choices.args:
                choices = choices.args[0]
            if text := text_of(choices):
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
