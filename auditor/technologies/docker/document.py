"""daemon.json as dockerd reads it.

Source: `getConflictFreeConfiguration` of moby (`daemon/config/config.go`, 20.10 and 29); 20.10 tried: a key that
is neither a flag's name nor a list's plural is refused, and so is a value of another type than the option's. A list's
singular (`insecure-registry`) is a flag's name, so that it is taken, but nothing reads it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values, place_of
from auditor.technologies.document import Assignment, Document

from .given import Given
from .settings import FILE_ONLY, IN_FILE, KINDS, LISTS, OBJECTS, PAIRS, PLURALS, PROXIES

_TEMPLATE = Unknown("a template fills it in")
_PLACEHOLDER = lazy(r"\$\{\w[^}]{0,300}\}|\$[A-Z_]{2,}|@[A-Z_]+@|__[A-Z][A-Z_]*__|%\w+%")
_TYPES = {"boolean": "true or false", "number": "a whole number", "text": "a text in quotes", "list": "a list of texts"}


@dataclass(frozen=True, kw_only=True)
class DaemonJson(Document):
    """The options in file order. `ignored` are keys that dockerd takes and does not read.

    `present` are the names that stand in the file, with their places; `gap` is why there may be more of them.
    """

    given: tuple[Given, ...] = ()
    ignored: tuple[Problem, ...] = ()
    present: tuple[tuple[str, Location], ...] = ()
    gap: str = ""
    root: Mapping | None = None

    def assignments(self) -> Iterator[Assignment]:
        """Yield what may carry a secret: proxies with a log-in, options of log drivers, labels."""
        if self.root is not None:
            yield from named_values(self.root, "server-config")


def read_daemon_json(source: Source) -> DaemonJson:
    """Read a daemon.json; what dockerd refuses becomes a problem.

    Raises:
        FormatError: it is no object, or a template of which nothing can be read.
    """
    text = source.text.removeprefix("\ufeff")
    templated = is_templated(text)
    problems = [] if templated or not text.strip() else list(_syntax(source, text))
    try:
        # JSON may be indented by tabs, which YAML does not take.
        roots = yaml.parse(replace(source, text=text.replace("\t", " ")), templated=templated)
    except FormatError:
        if not problems:
            raise
        return DaemonJson(source=source, problems=tuple(problems))
    root = roots[0] if roots else None
    if root is None or (isinstance(root, Scalar) and root.is_null):
        return DaemonJson(source=source, problems=tuple(problems))
    if not isinstance(root, Mapping):
        raise FormatError(root.at, "expected an object")
    reader = _Reader(root)
    return DaemonJson(
        source=source,
        given=tuple(reader.given),
        ignored=tuple(reader.ignored),
        present=tuple(reader.present),
        problems=(*problems, *reader.problems),
        gap="a template puts in options" if root.open else "",
        partial="template expressions" if templated else "",
        root=root,
    )


def _syntax(source: Source, text: str) -> Iterator[Problem]:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        yield Problem(at=source.at(error.lineno, error.colno), message="expected JSON, which has no comments")
    except (ValueError, RecursionError):
        yield Problem(at=source.at(), message="expected JSON")


class _Reader:
    def __init__(self, root: Mapping) -> None:
        self.given: list[Given] = []
        self.ignored: list[Problem] = []
        self.problems: list[Problem] = []
        self.present: list[tuple[str, Location]] = []
        last = {key.text: (key, node) for key, node in root}
        for key, node in last.values():
            self.take(key, node)

    def take(self, key: Scalar, node: Node) -> None:
        """Read one key of the first level."""
        name = key.text
        if HOLE in name:
            return
        if isinstance(node, Mapping) and name not in OBJECTS | PAIRS:
            # dockerd looks at the keys of any other object as if they stood on the first level.
            for inner, value in node:
                self.present.append((inner.text, inner.at))
                self.known(inner)
                is_proxy = name == "proxies" and inner.text in PROXIES
                # A switch is set by its flag's name wherever it stands; anything else is not read there.
                is_switch = KINDS.get(inner.text) == "boolean"
                if isinstance(value, Scalar) and (is_proxy or (is_switch and _has_type(value, "boolean"))):
                    self.single(inner.text, value)
            if name in KINDS or name in LISTS:
                self.wrong_type(name, node)
            return
        self.present.append((name, key.at))
        if not self.known(key) or (isinstance(node, Scalar) and node.is_null):
            return
        if name in PROXIES:
            self.ignored.append(Problem(at=key.at, message="expected it inside the object `proxies`"))
        elif name not in IN_FILE:
            expected = f"expected the key `{PLURALS[name]}`"
            self.ignored.append(Problem(at=key.at, message=expected))
        else:
            self.option(name, node)

    def known(self, key: Scalar) -> bool:
        """Tell whether dockerd takes a key; if not, say so."""
        if key.text in IN_FILE or key.text in PLURALS or HOLE in key.text:
            return True
        self.problems.append(Problem(at=key.at, message="expected a key that is an option of dockerd"))
        return False

    def option(self, name: str, node: Node) -> None:
        if isinstance(node, Scalar) and HOLE in node.text and node.plain:
            self.given.append(Given(name, _TEMPLATE, node.at, Origin.FILE))
        elif name in LISTS:
            self.listed(name, node)
        elif name in PAIRS:
            self.pairs(name, node)
        elif name in OBJECTS or name in FILE_ONLY:
            self.given.append(Given(name, "(set)", node.at, Origin.FILE))
        elif isinstance(node, Scalar):
            self.single(name, node)
        else:
            self.wrong_type(name, node)

    def single(self, name: str, node: Scalar) -> None:
        kind = KINDS[name]
        value = _value(node)
        if isinstance(value, str) and not _has_type(node, kind):
            self.wrong_type(name, node)
        elif value != "" and not (kind == "number" and value == "0"):
            # An empty text and a zero leave the default in force.
            self.given.append(Given(name, value, place_of(node), Origin.FILE))

    def listed(self, name: str, node: Node) -> None:
        if not isinstance(node, Sequence) or any(not isinstance(item, Scalar) for item in node):
            self.wrong_type(name, node)
            return
        if node.open:
            self.given.append(Given(name, _TEMPLATE, node.at, Origin.FILE))
        for item in node.scalars():
            if item.plain and not item.is_null and HOLE not in item.text:
                self.wrong_type(name, item)
            else:
                self.given.append(Given(name, _value(item), place_of(item), Origin.FILE))

    def pairs(self, name: str, node: Node) -> None:
        if not isinstance(node, Mapping):
            self.wrong_type(name, node)
            return
        if node.open:
            self.given.append(Given(name, _TEMPLATE, node.at, Origin.FILE))
        for key, value in node:
            if not isinstance(value, Scalar) or (value.plain and not value.is_null and HOLE not in value.text):
                self.problems.append(Problem(at=value.at, message=f"expected a text in quotes in {name}"))
            else:
                self.given.append(Given(name, _value(value), place_of(value), Origin.FILE, key.text))

    def wrong_type(self, name: str, node: Node) -> None:
        expected = _TYPES.get("list" if name in LISTS else KINDS.get(name, ""), "an object")
        self.problems.append(Problem(at=node.at, message=f"expected {expected} for {name}"))


def _value(node: Scalar) -> str | Unknown:
    if HOLE in node.text or _PLACEHOLDER.search(node.text):
        return _TEMPLATE
    return node.text.lower() if node.plain else node.text


def _has_type(node: Scalar, kind: str) -> bool:
    if kind == "boolean":
        return node.plain and node.text in {"true", "false"}
    if kind == "number":
        return node.plain and re.fullmatch(r"-?\d{1,18}", node.text) is not None
    if kind == "size":
        return not node.plain or node.text.isdigit()
    return not node.plain
