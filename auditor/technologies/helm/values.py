"""The values of a release: what files and inline blocks give, merged as Helm merges them.

Source: Helm 3 manual, "Values Files" and "Subcharts and Global Values" (maps are merged key by key, anything else is
replaced, null takes a default away); `coalesceGlobals` in `pkg/chartutil/coalesce.go` of Helm 3.15.
"""

import re
from collections.abc import Iterable, Iterator

from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Located
from auditor.patterns import lazy

TEMPLATE = "a template expression sets it"
ELSEWHERE = "values that are not in the scanned files may set it"
_ENCRYPTED = "the value is encrypted"
_KEY = lazy(r"(?:[^.\[\\]|\\.)+")


def merged(base: Mapping, over: Mapping) -> Mapping:
    """Return `base` with the values of `over` in force; what an open `over` may set as well is not known any more."""
    entries: dict[str, tuple[Scalar, Node]] = {}
    if not over.open:
        entries = {key.text: (key, value) for key, value in base}
    for key, value in over:
        before = base.get(key.text)
        if before is None and base.open:
            before = Mapping([], base.at, open_=True)
        joined = merged(before, value) if isinstance(before, Mapping) and isinstance(value, Mapping) else value
        entries[key.text] = (key, joined)
    at = over.at if len(over) else base.at
    return Mapping(list(entries.values()), at, open_=base.open or over.open)


def layered(layers: Iterable[Mapping], at: Location) -> Mapping:
    """Return several values as one, the later ones in force over the earlier ones."""
    result = Mapping([], at)
    for layer in layers:
        result = merged(result, layer)
    return result


def not_known(at: Location) -> Mapping:
    """Return values of which nothing is known."""
    return Mapping([], at, open_=True)


def below(values: Mapping, block: str) -> Mapping:
    """Return what a parent chart's values give to its subchart `block`, with the global ones."""
    own, shared = values.get(block), values.get("global")
    if isinstance(own, Mapping):
        result = own
    else:
        is_open = values.is_open_at(block) or (isinstance(own, Scalar) and not own.is_null)
        result = Mapping([], values.at, open_=is_open)
    if isinstance(shared, Mapping):
        key = values.key("global") or Scalar("global", shared.at)
        result = merged(result, Mapping([(key, shared)], shared.at))
    return result


def parameter(name: str, value: Scalar) -> Mapping:
    """Return `name=value` as `--set` reads it: dots lead to keys below, a backslash keeps one in a key.

    What an index such as `users[0]` changes is not known.
    """
    found = [part[0] for part in _KEY.finditer(name.partition("[")[0].rstrip("."))]
    node: Node = Scalar(HOLE, value.at) if "[" in name else value
    for part in reversed(found):
        node = Mapping([(Scalar(part.replace("\\", ""), value.at), node)], value.at)
    return node if isinstance(node, Mapping) else not_known(value.at)


class Values:
    """What a chart's templates see below `.Values`. `at` stands for values that nothing in the tree sets.

    Every reading takes the chart's own default, which a version that is not known may make Unknown.
    """

    def __init__(self, tree: Mapping, at: Location) -> None:
        self.tree = tree
        self.at = at

    def node(self, *path: str) -> Node | Unknown | None:
        """Return what is set at `path`, None if nothing is."""
        node = self.tree.get(*path)
        if node is None:
            return self._absent(path)
        if isinstance(node, Scalar) and HOLE in node.text and "\n" not in node.text:
            return Unknown(TEMPLATE)
        return Unknown(_ENCRYPTED) if isinstance(node, Scalar) and node.text.startswith("ENC[") else node

    def _absent(self, path: tuple[str, ...]) -> Unknown | None:
        for length in range(len(path), -1, -1):
            around = self.tree.get(*path[:length])
            if isinstance(around, Scalar):
                # A text where the chart expects keys: Helm refuses or passes over it. Null takes the keys away.
                return None if around.is_null else Unknown(TEMPLATE)
            if around is not None:
                is_open = isinstance(around, Mapping) and around.open
                return Unknown(ELSEWHERE) if is_open else None
        return None

    def where(self, *path: str) -> Location:
        """Return the place of the value at `path`, else of the keys above it, else of the release."""
        node = self.tree.get(*path)
        if node is None:
            return self.at
        key = None
        if not isinstance(node, Scalar):
            around = self.tree.get(*path[:-1])
            key = around.key(path[-1]) if isinstance(around, Mapping) else None
        return key.at if key is not None else node.at

    def is_removed(self, *path: str) -> bool:
        """Tell whether the value, or a block around it, is set to null."""
        nodes = (self.tree.get(*path[:length]) for length in range(1, len(path) + 1))
        return any(isinstance(node, Scalar) and node.is_null for node in nodes)

    def text(self, *path: str, default: str | Unknown) -> Located[str]:
        """Return a text or number; "" where it is null."""
        node, at = self.node(*path), self.where(*path)
        if isinstance(node, Unknown):
            return Located(value=node, at=at)
        if self.is_removed(*path):
            return Located(value="", at=at)
        if node is None:
            return Located(value=default, at=at)
        return Located(value=node.value if isinstance(node, Scalar) else Unknown("it is not a text"), at=at)

    def boolean(self, *path: str, default: bool | Unknown) -> Located[bool]:
        """Return a boolean; false where it is null."""
        node, at = self.node(*path), self.where(*path)
        if isinstance(node, Unknown):
            return Located(value=node, at=at)
        if self.is_removed(*path):
            return Located(value=False, at=at)
        if node is None:
            return Located(value=default, at=at)
        value = node.as_bool() if isinstance(node, Scalar) else None
        return Located(value=Unknown("it is not a boolean") if value is None else value, at=at)

    def integer(self, *path: str, default: int | Unknown) -> Located[int]:
        """Return a whole number."""
        found = self.text(*path, default=default if isinstance(default, Unknown) else str(default))
        value = found.value
        if isinstance(value, str):
            return Located(value=int(value) if re.fullmatch(r"\d{1,9}", value) else Unknown("no number"), at=found.at)
        return Located(value=value, at=found.at)

    def words(self, *path: str, default: Iterable[str] = ()) -> tuple[Located[str], ...]:
        """Return the texts of a list; one Unknown word where it is not known."""
        node, at = self.node(*path), self.where(*path)
        if isinstance(node, Sequence):
            found = tuple(Located[str](value=item.value, at=item.at) for item in node.scalars())
            is_open = node.open or len(found) < len(node)
            return (*found, Located(value=Unknown(TEMPLATE), at=at)) if is_open else found
        if self.is_removed(*path):
            return ()
        if node is None:
            return tuple(Located[str](value=word, at=at) for word in default)
        return (Located(value=node if isinstance(node, Unknown) else Unknown("it is not a list"), at=at),)

    def is_given(self, *path: str) -> bool | Unknown:
        """Tell whether something that is not empty is set: a text, a list or keys."""
        node = self.node(*path)
        if isinstance(node, Unknown) or node is None:
            return False if node is None else node
        if isinstance(node, Scalar):
            return not node.is_null and node.text not in {"", "false", "0"}
        if isinstance(node, Mapping | Sequence):
            return len(node) > 0 or (Unknown(TEMPLATE) if node.open else False)
        return False

    def entries(self, *path: str) -> Iterator[tuple[Scalar, Node]]:
        """Yield the keys and values of a mapping, nothing if there is none."""
        node = self.tree.get(*path)
        if isinstance(node, Mapping):
            yield from node
