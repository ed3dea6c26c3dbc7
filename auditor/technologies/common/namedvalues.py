"""The named values of a tree (YAML, JSON), for the search for credentials."""

from collections.abc import Iterator

from auditor.credentials.keys import names_secret, tokens
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.technologies.document import Assignment

_ENCRYPTED_TAGS = frozenset({"!vault", "!vault-encrypted", "!secret"})
"""Tags of Ansible and Home Assistant: the value is encrypted, or the name of one in another file."""


def named_values(node: Node, container: str, path: tuple[str, ...] = ()) -> Iterator[Assignment]:
    """Yield every named text below `node`; of `name: X` with `value: Y`, as lists of variables have them, X is the key.

    Texts of several lines are yielded under names of secrets only: others are documents or scripts.
    """
    if isinstance(node, Sequence):
        for item in node:
            yield from named_values(item, container, path)
    elif isinstance(node, Mapping):
        named = node.text("name") if isinstance(node.get("value"), Scalar) else None
        for key, value in node:
            if not isinstance(value, Scalar):
                yield from _listed(key.text, value, container, path)
                yield from named_values(value, container, (*path, key.text))
                continue
            name = named if named is not None and key.text == "value" else key.text
            if value.is_null or value.tag in _ENCRYPTED_TAGS:
                continue
            if "\n" not in value.text.strip() or names_secret(name):
                yield Assignment(key=name, value=value.value, at=place_of(value), container=container, path=path)


def _listed(key: str, node: Node, container: str, path: tuple[str, ...]) -> Iterator[Assignment]:
    """Yield the texts of a list under the name of a secret (`passwords: [a, b]`).

    Lists of credentials hold their kinds (`requiredCredentials: [password]` of Keycloak).
    """
    if isinstance(node, Sequence) and names_secret(key) and tokens(key)[-1] not in {"credential", "credentials"}:
        for item in node.scalars():
            if not item.is_null:
                yield Assignment(key=key, value=item.value, at=place_of(item), container=container, path=path)


def place_of(scalar: Scalar) -> Location:
    """Return the place of the value's own characters, without quotes or a block's header."""
    at = scalar.at
    if scalar.exact:
        start = scalar.text_at
        return Location(start.path, start.line, start.column, at.end_line, at.end_column)
    if scalar.plain or at.line != at.end_line or at.end_column <= at.column + 1:
        return at
    return Location(at.path, at.line, at.column + 1, at.end_line, at.end_column - 1)
