"""Values of a manifest with their places, absent and unknown kept apart."""

from collections.abc import Iterator

from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Located
from auditor.patterns import lazy

TEMPLATE = "a template expression"
PLACEHOLDER = "a placeholder is filled in before it is applied, or by the program"
_RUN = lazy(rf"{HOLE}+|\{{\{{.*?\}}\}}")
_PLACEHOLDER = lazy(r"\$\{\w+[^{}]*\}")
_OPEN = "a template expression may set it"


def as_written(node: Scalar | None, source: Source) -> str:
    """Return the scalar's text; where template expressions stand in it, the expressions themselves.

    "" for an absent one.
    """
    if node is None:
        return ""
    if HOLE not in node.text or node.at.end_line != node.at.line or source.is_embedded:
        return node.text
    lines = source.text.split("\n")
    if node.at.line > len(lines):
        return node.text
    written = lines[node.at.line - 1][node.at.column - 1 : node.at.end_column].strip("\"' ")
    return written.replace("{{-", "{{").replace("-}}", "}}").replace(" ", "")


def is_true(node: Scalar | None) -> bool:
    """Tell whether the scalar is the boolean true, known."""
    return node is not None and node.as_bool() is True


def boolean(mapping: Mapping | None, *path: str) -> Located[bool] | None:
    """Return the boolean under `path`, None if it is absent, Unknown if a template may set it or it is no boolean."""
    if mapping is None:
        return None
    node = mapping.scalar(*path)
    if node is None:
        return Located(value=Unknown(_OPEN), at=mapping.at) if mapping.is_open_at(*path) else None
    value = node.as_bool()
    return Located(value=Unknown("it is not a boolean") if value is None else value, at=node.at)


def text(mapping: Mapping | None, *path: str) -> Located[str] | None:
    """Return the text under `path`, None if it is absent, Unknown if a template sets or may set it."""
    if mapping is None:
        return None
    node = mapping.scalar(*path)
    if node is None:
        return Located(value=Unknown(_OPEN), at=mapping.at) if mapping.is_open_at(*path) else None
    return Located(value=node.value, at=node.at)


def integer(mapping: Mapping | None, *path: str) -> Located[int] | None:
    """Return the integer under `path`, None if it is absent, Unknown if a template sets or may set it."""
    if mapping is None:
        return None
    node = mapping.scalar(*path)
    if node is None:
        return Located(value=Unknown(_OPEN), at=mapping.at) if mapping.is_open_at(*path) else None
    value = node.as_int()
    return Located(value=Unknown("it is not an integer") if value is None else value, at=node.at)


def words(mapping: Mapping, *path: str) -> tuple[Located[str], ...]:
    """Return the texts of the list under `path`; a list that a template supplies is one Unknown word."""
    node = mapping.get(*path)
    if isinstance(node, Sequence):
        found = tuple(Located[str](value=item.value, at=item.at) for item in node.scalars())
        return (*found, Located(value=Unknown(_OPEN), at=node.at)) if node.open else found
    if mapping.is_open_at(*path):
        return (Located(value=Unknown(_OPEN), at=(node or mapping).at),)
    return ()


def first(*values: Located[bool] | None) -> Located[bool] | None:
    """Return the first value that is set: the container's before the Pod's."""
    return next((value for value in values if value is not None), None)


def value_place(node: Scalar) -> Location:
    """Return the place of the value's own characters: a block scalar's without its header line."""
    if node.exact:
        start = node.text_at
        return Location(start.path, start.line, start.column, node.at.end_line, node.at.end_column)
    return node.at


def leaves(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """Yield every scalar that is not null below `node`, with the keys above it (list items add none)."""
    if isinstance(node, Scalar):
        if path and not node.is_null:
            yield path, node
    elif isinstance(node, Sequence):
        for item in node:
            yield from leaves(item, path)
    elif isinstance(node, Mapping):
        for key, value in node:
            yield from leaves(value, (*path, key.text))


def shown(name: str) -> str:
    """Return a name as messages show it, `*` for a part that a template supplies."""
    return _RUN.sub("*", name) or "?"


def filled_in(value: Located[str] | None) -> Located[str] | None:
    """Return `value`, Unknown if it holds a placeholder that another program fills in before the file is applied.

    Kubernetes itself replaces `$(NAME)` only; `${NAME}` is for envsubst, Flux and the like, or for the program.
    """
    if value is not None and isinstance(value.value, str) and has_placeholder(value.value):
        return Located(value=Unknown(PLACEHOLDER), at=value.at)
    return value


def has_placeholder(value: str) -> bool:
    """Tell whether a part of the text is filled in later."""
    return "$" in value and _PLACEHOLDER.search(value) is not None
