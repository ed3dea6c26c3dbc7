"""A file of exceptions (YAML): either all of it is valid, or every error is told with its line."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import field

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Node, Scalar, Sequence
from auditor.model.check import Check
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.profile import Profile
from auditor.records import dataclass

from .record import RecordedException, Scope
from .rules import OPTIONAL, REQUIRED, SCOPE, TYPES, faults, scope_faults

MAX_BYTES = 1024 * 1024
"""Largest file read; an entry takes about 600 bytes."""

FindCheck = Callable[[str], Check | None]
"""Gives the check of an id or of a former id, None if there is none."""


class ExceptionsError(Exception):
    """A file of exceptions cannot be used; `errors` are all of them, each `file:line: what was expected`."""

    def __init__(self, errors: Iterable[str]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(self.errors))


@dataclass(frozen=True)
class ExceptionsFile:
    """Valid exceptions in the order of the file, its text, and the SHA-256 of its bytes."""

    source: Source = field(repr=False)
    records: tuple[RecordedException, ...]
    sha256: str


def read_exceptions(data: bytes, path: str, find_check: FindCheck, profile: Profile, shown: str = "") -> ExceptionsFile:
    """Read and validate exceptions; `path` stands in the report, and `shown` in errors if it is another.

    Raises:
        ExceptionsError: something is not as expected.
    """
    reader = _Reader(find_check, profile)
    try:
        source = _source(data, path)
        records = reader.read(yaml.parse(source, templated=False), source)
    except FormatError as error:
        reader.errors.append((error.at.line, error.expected))
    else:
        if not reader.errors:
            return ExceptionsFile(source, records, hashlib.sha256(data).hexdigest())
    raise ExceptionsError(f"{shown or path}:{line}: {text}" for line, text in sorted(reader.errors))


def _source(data: bytes, path: str) -> Source:
    if len(data) > MAX_BYTES:
        raise FormatError(Location(path, 1), f"expected at most {MAX_BYTES // 1024 // 1024} MiB")
    try:
        return Source(path=path, text=data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise FormatError(Location(path, data.count(b"\n", 0, error.start) + 1), "expected UTF-8") from None


class _Reader:
    """Collects errors as (line, what was expected) while it reads."""

    def __init__(self, find_check: FindCheck, profile: Profile) -> None:
        self.errors: list[tuple[int, str]] = []
        self._find_check = find_check
        self._profile = profile
        self._ids: set[str] = set()

    def read(self, documents: list[Node], source: Source) -> tuple[RecordedException, ...]:
        root = documents[0] if len(documents) == 1 else None
        if not isinstance(root, Tree):
            self._error(documents[1] if len(documents) > 1 else None, "expected one mapping with the key `exceptions`")
            return ()
        self._keys(root, (), ("exceptions",))
        node = root.get("exceptions")
        if isinstance(node, Scalar) and node.is_null:
            return ()
        if not isinstance(node, Sequence):
            self._error(node or root, "exceptions: expected a list" if node else "expected `exceptions`")
            return ()
        records = [self._record(item, source) for item in node]
        return tuple(record for record in records if record is not None)

    def _record(self, node: Node, source: Source) -> RecordedException | None:
        if not isinstance(node, Tree):
            self._error(node, "expected a mapping that describes one exception")
            return None
        count = len(self.errors)
        self._keys(node, REQUIRED, OPTIONAL)
        texts = self._texts(node, [name for name in (*REQUIRED, *OPTIONAL) if name != "scope"])
        scope = self._scope(node)
        check = self._find_check(texts["check"]) if "check" in texts else None
        if "check" in texts and check is None:
            self._error(node.get("check"), "check: expected the id of a check; `auditor checks` lists them")
        for name, expected in faults(texts, check, self._profile):
            self._error(node.get(name), f"{name}: {expected}")
        if texts.get("id") in self._ids:
            self._error(node.get("id"), "id: expected one that no other exception has")
        self._ids.add(texts.get("id", ""))
        if check is None or scope is None or len(self.errors) > count:
            return None
        kind = TYPES[texts.pop("type")]
        del texts["check"]
        return RecordedException(
            component=source.path,
            technology="auditor",
            at=Location(source.path, node.at.line, node.at.column),
            check=check,
            scope=scope,
            type=kind,
            **{name: texts.get(name, "") for name in (*REQUIRED, *OPTIONAL) if name not in {"check", "scope", "type"}},
        )

    def _scope(self, node: Tree) -> Scope | None:
        scope = node.get("scope")
        if scope is None or _is_blank(scope):
            return None
        if not isinstance(scope, Tree):
            self._error(scope, f"scope: expected a mapping with one or more of {', '.join(SCOPE)}")
            return None
        self._keys(scope, (), SCOPE)
        texts = self._texts(scope, SCOPE)
        for name, expected in scope_faults(texts):
            self._error(scope.get(name) or scope, f"scope: {expected}")
        return Scope(**texts)

    def _keys(self, node: Tree, required: Iterable[str], optional: Iterable[str]) -> None:
        known = [*required, *optional]
        for key, _ in node:
            if key.text not in known:
                self._error(key, f"expected one of the keys {', '.join(known)}")
        for key in node.duplicates():
            self._error(key, "expected each key once")
        for name in required:
            value = node.get(name)
            if value is None:
                self._error(node, f"expected `{name}`")
            elif _is_blank(value):
                self._error(value, f"expected a value for `{name}`")

    def _texts(self, node: Tree, names: Iterable[str]) -> dict[str, str]:
        """Return the fields that are given, on one line each."""
        texts: dict[str, str] = {}
        for name in names:
            value = node.get(name)
            if value is None or _is_blank(value):
                continue
            if isinstance(value, Scalar):
                texts[name] = " ".join(value.text.split())
            else:
                self._error(value, f"{name}: expected a text")
        return texts

    def _error(self, node: Node | None, expected: str) -> None:
        self.errors.append((node.at.line if node is not None else 1, expected))


def _is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and (node.is_null or not node.text.strip())
