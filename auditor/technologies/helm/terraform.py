"""Releases that Terraform installs by the resource `helm_release`.

Source: documentation of the Helm provider 2.17 and 3.0, "helm_release": `values` are YAML texts merged in order, `set`
(blocks, a list of objects from 3.0 on) comes after them, `set_list` and `set_sensitive` last. Only what stands in the
resource itself is evaluated: texts, `file` below the module, `yamlencode`.
"""

import posixpath
from collections.abc import Iterator

from auditor.formats import hcl, yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.source import Source
from auditor.model.unknown import HOLE

from .dependencies import ValuesFiles
from .release import Release
from .repositories import renderer
from .values import layered, not_known, parameter

RESOURCE = "helm_release"
_SETTERS = ("set", "set_list", "set_sensitive")


def releases_of_terraform(source: Source, library: ValuesFiles) -> Iterator[Release]:
    """Yield the releases of known charts; a resource whose number is computed may not be installed at all."""
    if not source.path.endswith((".tf", ".tofu")) or source.is_embedded:
        return
    try:
        body = hcl.parse(source).body
    except FormatError:
        return  # reported where the file is read
    for block in body.of_type("resource"):
        is_counted = block.body.get("count") is not None or block.body.get("for_each") is not None
        if block.labels[:1] == (RESOURCE,) and len(block.labels) == 2 and not is_counted:
            yield from _release(block, library)


def _release(block: hcl.Block, library: ValuesFiles) -> Iterator[Release]:
    body, folder = block.body, posixpath.dirname(block.at.path)
    prefix, _, chart = (_text(body.get("chart")) or "").rstrip("/").rpartition("/")
    written = body.get("repository")
    repository = _text(written) if written is not None else (prefix if "://" in prefix else f"@{prefix}")
    if repository is None or renderer(chart, repository) is None:
        return
    yield Release(
        chart=chart,
        repository=repository,
        called=chart,
        name=_text(body.get("name")) or block.labels[1],
        version=_text(body.get("version")) or "",
        namespace=_text(body.get("namespace")) or "",
        at=block.at,
        folder=folder,
        tree=layered(_layers(block, folder, library), block.at),
    )


def _layers(block: hcl.Block, folder: str, library: ValuesFiles) -> Iterator[Mapping]:
    values = block.body.get("values")
    if isinstance(values, hcl.TupleExpr):
        for item in values.items:
            yield _layer(item, folder, library)
    elif values is not None:
        yield not_known(values.at)
    for name in _SETTERS:
        for each in block.body.of_type(name):
            yield _set(_text(each.body.get("name")), each.body.get("value"), each)
        listed = block.body.get(name)
        if isinstance(listed, hcl.TupleExpr):
            for item in listed.items:
                yield _set_object(item)
        elif listed is not None:
            yield not_known(listed.at)
    if block.body.of_type("dynamic", "postrender") or block.body.get("postrender") is not None:
        yield not_known(block.at)


def _set(name: str | None, value: hcl.Expression | None, place: hcl.Block | hcl.Expression) -> Mapping:
    if name is None:
        return not_known(place.at)
    text = _text(value)
    return parameter(name, Scalar(text if text is not None else HOLE, value.at if value is not None else place.at))


def _set_object(item: hcl.Expression) -> Mapping:
    if not isinstance(item, hcl.ObjectExpr):
        return not_known(item.at)
    entries = {_text(key): value for key, value in item.entries}
    return _set(_text(entries.get("name")), entries.get("value"), item)


def _layer(item: hcl.Expression, folder: str, library: ValuesFiles) -> Mapping:
    if isinstance(item, hcl.Literal | hcl.Template):
        return _yaml(item)
    if isinstance(item, hcl.Call) and item.name == "file" and len(item.arguments) == 1:
        path = _path(item.arguments[0])
        found = library.tree(posixpath.normpath(posixpath.join(folder, path))) if path is not None else None
        return found if found is not None else not_known(item.at)
    if isinstance(item, hcl.Call) and item.name == "yamlencode" and len(item.arguments) == 1:
        node = _node(item.arguments[0])
        return node if isinstance(node, Mapping) else not_known(item.at)
    return not_known(item.at)


def _yaml(text: hcl.Literal | hcl.Template) -> Mapping:
    """Return a YAML text with what Terraform fills in left open."""
    parts = text.parts if isinstance(text, hcl.Template) else (text.value,)
    whole = "".join(part if isinstance(part, str) else HOLE for part in parts)
    start = text.text_at
    source = Source(
        path=start.path, text=whole, line=start.line, column=start.column, exact=text.exact, name="values.yaml"
    )
    try:
        node = next(iter(yaml.parse(source)), None)
    except FormatError:
        return not_known(text.at)
    return node if isinstance(node, Mapping) else Mapping([], text.at, open_=HOLE in whole)


def _node(expression: hcl.Expression) -> Node:
    """Return a value of Terraform as the YAML that `yamlencode` makes of it."""
    if isinstance(expression, hcl.ObjectExpr):
        entries: list[tuple[Scalar, Node]] = []
        for key, value in expression.entries:
            name = _text(key)
            if name is None:
                return not_known(expression.at)
            entries.append((Scalar(name, key.at), _node(value)))
        return Mapping(entries, expression.at)
    if isinstance(expression, hcl.TupleExpr):
        return Sequence([_node(item) for item in expression.items], expression.at)
    text = _text(expression)
    is_text = isinstance(expression, hcl.Literal) and isinstance(expression.value, str)
    return Scalar(text if text is not None else HOLE, expression.at, plain=not is_text)


def _text(expression: hcl.Expression | None) -> str | None:
    """Return a literal, or a plain key, as text; None for anything that is computed."""
    if isinstance(expression, hcl.Name):
        return expression.name
    if not isinstance(expression, hcl.Literal):
        return None
    if isinstance(expression.value, bool) or expression.value is None:
        return {True: "true", False: "false", None: "null"}[expression.value]
    return str(expression.value)


def _path(expression: hcl.Expression) -> str | None:
    """Return a path relative to the module, with `${path.module}` or without."""
    if isinstance(expression, hcl.Template) and len(expression.parts) == 2:
        root, rest = expression.parts
        is_module = isinstance(root, hcl.Traversal) and root.root == hcl.Name(at=root.root.at, name="path")
        if is_module and isinstance(root, hcl.Traversal) and root.steps[:1] == ("module",) and isinstance(rest, str):
            return rest.lstrip("/")
        return None
    path = _text(expression)
    return None if path is None or path.startswith("/") else path
