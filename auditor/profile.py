"""Profiles: which category and which paragraphs of a regulation a finding is shown under.

A profile is a YAML file (control -> category and citations) beside a JSON table of a regulation's paragraphs.
It is the only place where citations live; severity is technical and not a profile's business.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import cast

import msgspec
import yaml

from auditor.patterns import lazy
from auditor.records import dataclass

from .model.regulation import Regulation
from .model.report import CategoryInfo, Citation, Strength
from .model.severity import Control

MAX_FURTHER_CATEGORIES = 2
_CATEGORY_ID = lazy(r"[a-z0-9]+(-[a-z0-9]+)*")
_STRENGTHS: Mapping[str, Strength] = {"direct": "direct", "supports": "supports"}


class ProfileError(Exception):
    """A profile or its table of paragraphs cannot be used; the text begins with `file:line:`."""


@dataclass(frozen=True)
class Row:
    """What a profile says of one control or check; None where a check's row leaves it to the control's."""

    category: str | None
    also: tuple[str, ...] | None
    citations: tuple[Citation, ...] | None


@dataclass(frozen=True)
class Mapped:
    """Where a finding is shown: its primary category, at most two further ones, and the citations."""

    category: str
    also_categories: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Profile:
    """A validated profile: every control has a row, every category and citation exists."""

    name: str
    title: str
    regulation: Regulation
    categories: tuple[CategoryInfo, ...]
    controls: Mapping[Control, Row]
    checks: Mapping[str, Row]
    digest: str
    """SHA-256 over the profile and its table of paragraphs."""

    @cached_property
    def cited(self) -> frozenset[str]:
        """The paragraphs that a check can bear on."""
        rows = [*self.controls.values(), *self.checks.values()]
        return frozenset(citation.id for row in rows for citation in row.citations or ())

    def map(self, check_id: str, control: Control, also: Iterable[Control] = ()) -> Mapped:
        """Map a finding of `check_id` about `control` (and the controls `also`) to categories and citations.

        The categories of the further controls come before those the primary control's row names, because
        they say something about this finding. Of the further controls only the direct citations are taken.
        What the check's own row gives is final.
        """
        also = tuple(also)
        asked = (check_id, control, also)
        if asked not in self._mapped:
            self._mapped[asked] = self._map(check_id, control, also)
        return self._mapped[asked]

    @cached_property
    def _mapped(self) -> dict[tuple[object, ...], Mapped]:
        """What was asked so far: a check's findings all map alike."""
        return {}

    def _map(self, check_id: str, control: Control, also: Iterable[Control]) -> Mapped:
        base = self.controls[control]
        own = self.checks.get(check_id, Row(None, None, None))
        further = [self.controls[other] for other in also]
        category = own.category or cast("str", base.category)
        if own.also is not None:
            also_categories: Iterable[str] = own.also
        else:
            also_categories = [*(cast("str", row.category) for row in further), *(base.also or ())]
        if own.citations is not None:
            citations: Iterable[Citation] = own.citations
        else:
            direct = [c for row in further for c in row.citations or () if c.strength == "direct"]
            citations = [*(base.citations or ()), *direct]
        others = [name for name in dict.fromkeys(also_categories) if name != category]
        return Mapped(category, tuple(others[:MAX_FURTHER_CATEGORIES]), _strongest(citations))


def _strongest(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Keep one citation per paragraph, in order of first mention, as direct if any is."""
    kept: dict[str, Citation] = {}
    for citation in citations:
        if citation.id not in kept or citation.strength == "direct":
            kept[citation.id] = citation
    return tuple(kept.values())


def load_profile(path: Path) -> Profile:
    """Read and validate the profile at `path` and the table of paragraphs it names.

    Raises:
        ProfileError: a file cannot be read or is not valid, an unknown control, category or citation is
            named, or a control has no row.
    """
    return _Reader(path).profile()


def load_regulation(path: Path) -> Regulation:
    """Read a table of paragraphs.

    Raises:
        ProfileError: the file cannot be read, does not have the table's form, or holds an id twice.
    """
    try:
        regulation = msgspec.json.decode(path.read_bytes(), type=Regulation)
    except OSError as error:
        raise ProfileError(f"{path}:1: cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path}:1: not a table of paragraphs: {error}") from error
    if len(regulation.by_id) != len(regulation.paragraphs):
        raise ProfileError(f"{path}:1: a paragraph is listed twice")
    return regulation


class _Reader:
    """Reads one profile from YAML nodes, which know their lines."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def profile(self) -> Profile:
        root = self._mapping(
            self._root(),
            ("name", "title", "regulation", "categories", "controls"),
            optional=("checks",),
        )
        table = self._path.parent / self._text(root["regulation"])
        self._regulation = load_regulation(table)
        categories = self._categories(root["categories"])
        self._known = {category.id for category in categories}
        return Profile(
            self._text(root["name"]),
            self._text(root["title"]),
            self._regulation,
            categories,
            self._controls(root["controls"]),
            self._checks(root["checks"]) if "checks" in root else {},
            hashlib.sha256(self._path.read_bytes() + b"\0" + table.read_bytes()).hexdigest(),
        )

    def _root(self) -> yaml.Node:
        try:
            root = yaml.compose(self._path.read_text("utf-8"), yaml.CSafeLoader)
        except OSError as error:
            raise ProfileError(f"{self._path}:1: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise ProfileError(f"{self._path}:1: not UTF-8") from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise ProfileError(f"{self._path}:{line}: not YAML: {error.problem}") from error
        if root is None:
            raise ProfileError(f"{self._path}:1: the file is empty")
        return root

    def _categories(self, node: yaml.Node) -> tuple[CategoryInfo, ...]:
        found: list[CategoryInfo] = []
        for key, value in self._pairs(node):
            fields = self._mapping(value, ("title", "definition"))
            if not _CATEGORY_ID.fullmatch(self._text(key)):
                raise self._error(key, "a category's id is lower-case words joined by hyphens")
            found.append(
                CategoryInfo(
                    id=self._text(key),
                    title=self._text(fields["title"]),
                    definition=self._text(fields["definition"]),
                )
            )
        return tuple(found)

    def _controls(self, node: yaml.Node) -> Mapping[Control, Row]:
        rows: dict[Control, Row] = {}
        names = {str(control): control for control in Control}
        for key, value in self._pairs(node):
            name = self._text(key)
            if name not in names:
                raise self._error(key, f"unknown control {name}")
            rows[names[name]] = self._row(value, complete=True)
        missing = [str(control) for control in Control if control not in rows]
        if missing:
            raise self._error(node, f"no row for the control {', '.join(missing)}")
        return rows

    def _checks(self, node: yaml.Node) -> Mapping[str, Row]:
        return {self._text(key): self._row(value, complete=False) for key, value in self._pairs(node)}

    def _row(self, node: yaml.Node, *, complete: bool) -> Row:
        required = ("category", "citations") if complete else ()
        fields = self._mapping(node, required, optional=("category", "also", "citations"))
        category = self._category(fields["category"]) if "category" in fields else None
        also = tuple(self._category(item) for item in self._items(fields["also"])) if "also" in fields else None
        if also is not None and (len(also) > MAX_FURTHER_CATEGORIES or len({category, *also}) <= len(also)):
            raise self._error(fields["also"], "at most two further categories, each named once")
        citations = None
        if "citations" in fields:
            citations = tuple(self._citation(item) for item in self._items(fields["citations"]))
            if not citations or len({citation.id for citation in citations}) < len(citations):
                raise self._error(fields["citations"], "one citation or more, each named once")
        return Row(category, also, citations)

    def _category(self, node: yaml.Node) -> str:
        name = self._text(node)
        if name not in self._known:
            raise self._error(node, f"unknown category {name}")
        return name

    def _citation(self, node: yaml.Node) -> Citation:
        fields = self._mapping(node, ("id", "strength"))
        name = self._text(fields["id"])
        paragraph = self._regulation.by_id.get(name)
        if paragraph is None:
            raise self._error(fields["id"], f"unknown citation {name}")
        written = self._text(fields["strength"])
        if written not in _STRENGTHS:
            raise self._error(fields["strength"], f"strength is direct or supports, not {written}")
        return Citation(id=name, title=paragraph.title, designation=paragraph.designation, strength=_STRENGTHS[written])

    def _mapping(self, node: yaml.Node, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, yaml.Node]:
        found: dict[str, yaml.Node] = {}
        for key, value in self._pairs(node):
            name = self._text(key)
            if name not in required and name not in optional:
                raise self._error(key, f"unknown key {name}")
            found[name] = value
        for name in required:
            if name not in found:
                raise self._error(node, f"{name} is missing")
        return found

    def _pairs(self, node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, "a mapping is expected")
        pairs = cast("list[tuple[yaml.Node, yaml.Node]]", node.value)
        seen: set[str] = set()
        for key, _ in pairs:
            name = self._text(key)
            if name in seen:
                raise self._error(key, f"{name} is given twice")
            seen.add(name)
        return pairs

    def _items(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(node, "a list is expected")
        return cast("list[yaml.Node]", node.value)

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            raise self._error(node, "a text is expected")
        return cast("str", node.value)

    def _error(self, node: yaml.Node, message: str) -> ProfileError:
        return ProfileError(f"{self._path}:{node.start_mark.line + 1}: {message}")
