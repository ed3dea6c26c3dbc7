"""Values of a Helm chart put into its templates, for the expressions that are a value and nothing more.

Source: Helm 3 manual, "Values Files", "Built-in Objects" and "Template Functions": a chart's `values.yaml` is in force
unless another values file says otherwise; `default` replaces what is empty (missing, "", 0, false, null).
"""

import posixpath
import re
from collections.abc import Sequence
from dataclasses import field
from functools import cached_property

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping, Scalar
from auditor.model.location import Location
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import RepositoryFiles

_EXPRESSION = lazy(r"\{\{-?\s*(.*?)\s*-?\}\}")
_WORD = lazy(r"\"(?:[^\"\\]|\\.)*\"|`[^`]*`|[^\s|]+|\|")
_NUMBER = lazy(r"-?\d{1,18}")
_VALUES_FILE = lazy(r"(?:[\w.-]+[._-])?values(?:[._-][\w.-]+)?\.ya?ml", re.I)
_EMPTY = frozenset({"", "0", "false", "null", "~"})
_KEEPING = frozenset({"toString", "trim", "int", "int64"})


@dataclass(frozen=True)
class Value:
    """A text that an expression puts out; `at` is where the chart's values hold it."""

    text: str = field(repr=False)
    is_quoted: bool = False
    is_missing: bool = False
    at: Location | None = None

    @property
    def is_empty(self) -> bool:
        return self.is_missing or (self.text in _EMPTY and not (self.is_quoted and self.text))


_MISSING = Value("", is_missing=True)


class ChartValues:
    """What a chart's expressions stand for, as far as its own files say so and no other values file disagrees."""

    def __init__(self, chart: Mapping | None, values: Mapping, others: Sequence[Mapping]) -> None:
        self._chart = chart
        self._values = values
        self._others = others

    def rendered(self, written: str) -> Value | None:
        """Return a text with its expressions replaced, None if one of them is more than a value."""
        parts: list[str] = []
        position = 0
        found: list[Value] = []
        for match in _EXPRESSION.finditer(written):
            value = self._evaluate(match[1])
            if value is None or value.is_missing:
                return None
            found.append(value)
            parts += [written[position : match.start()], value.text]
            position = match.end()
        text = "".join([*parts, written[position:]])
        if len(found) == 1 and _EXPRESSION.fullmatch(written.strip()):
            return Value(text.strip(), found[0].is_quoted, at=found[0].at)
        return Value(text, any(value.is_quoted for value in found)) if found else None

    def is_false(self, condition: str) -> bool:
        """Tell whether a condition is false: one value, or several after `and` or `or`. What is not known is not.

        Values below `global` are left out: a chart gets them from the one that it is a part of.
        """
        words = _WORD.findall(condition)
        if words[:1] in (["and"], ["or"]) and len(words) > 1 and "|" not in words and "(" not in condition:
            answers = [self.is_false(word) for word in words[1:]]
            return any(answers) if words[0] == "and" else all(answers)
        if len(words) != 1 or ".global." in condition or "(" in condition:
            return False
        value = self._operand(words[0])
        return value is not None and value.is_empty

    def _evaluate(self, expression: str) -> Value | None:
        stages: list[list[str]] = [[]]
        for word in _WORD.findall(expression):
            if word == "|":
                stages.append([])
            else:
                stages[-1].append(word)
        value = self._call(stages[0], None)
        for stage in stages[1:]:
            value = self._call(stage, value) if value is not None else None
        return value

    def _call(self, words: list[str], piped: Value | None) -> Value | None:
        """Return what one stage of a pipeline puts out; a piped value is the function's last argument."""
        if piped is None and len(words) == 1:
            return self._operand(words[0])
        arguments = [self._operand(word) for word in words[1:]]
        if piped is not None:
            arguments.append(piped)
        known = [argument for argument in arguments if argument is not None]
        if not words or not known or len(known) != len(arguments):
            return None
        last = known[-1]
        match words[0], len(known):
            case ("quote" | "squote", 1):
                return None if last.is_missing else Value(last.text, is_quoted=True, at=last.at)
            case (name, 1) if name in _KEEPING:
                return last
            case ("default", 2):
                return known[0] if last.is_empty else last
            case ("required", 2):
                return None if last.is_missing or not last.text else last
            case _:
                return None

    def _operand(self, word: str) -> Value | None:
        if word[:1] in {'"', "`"}:
            return Value(word[1:-1]) if "\\" not in word else None
        if _NUMBER.fullmatch(word) or word in {"true", "false"}:
            return Value(word)
        path = word.removeprefix("$").split(".")[1:] if word.startswith((".", "$.")) else []
        if len(path) == 2 and path[0] == "Chart" and self._chart is not None:
            node = self._chart.scalar(path[1][:1].lower() + path[1][1:])
            return Value(node.text, at=node.at) if node is not None and path[1] in {"AppVersion", "Name"} else None
        if len(path) > 1 and path[0] == "Values":
            return self._looked_up(path[1:])
        return None

    def _looked_up(self, path: Sequence[str]) -> Value | None:
        node = self._values.get(*path)
        own = node if isinstance(node, Scalar) else None
        if node is not None and own is None:
            return None
        for other in self._others:
            different = other.get(*path)
            if different is not None and not (isinstance(different, Scalar) and own and different.text == own.text):
                return None
        if own is None or own.is_null:
            return _MISSING
        return Value(own.text, is_quoted=not own.plain, at=own.at) if "\n" not in own.text else None


class ChartLibrary:
    """The values files of a tree; each is read once however many charts it may belong to."""

    def __init__(self, files: RepositoryFiles) -> None:
        self._files = files
        self._trees: dict[str, Mapping | None] = {}

    @cached_property
    def _loose(self) -> Sequence[str]:
        """Values files that lie in no chart's folder: any chart may be installed with them."""
        named = (path for path in self._files.paths("") if _VALUES_FILE.fullmatch(posixpath.basename(path)))
        return [path for path in named if not self._is_chart(posixpath.dirname(path))]

    def values_of(self, folder: str) -> ChartValues | None:
        """Return the values of the chart in `folder`; None for one that another chart may give values to."""
        if posixpath.basename(posixpath.dirname(folder)) == "charts":
            return None
        own = posixpath.join(folder, "values.yaml")
        values = self._tree(own)
        if values is None:
            return None
        beside = (path for path in self._files.paths(folder) if posixpath.dirname(path) == folder and path != own)
        variants = [path for path in beside if _VALUES_FILE.fullmatch(posixpath.basename(path))]
        others = (self._tree(path) for path in (*variants, *self._loose))
        chart = self._tree(posixpath.join(folder, "Chart.yaml"))
        return ChartValues(chart, values, [other for other in others if other is not None])

    def _is_chart(self, folder: str) -> bool:
        return self._files.source(posixpath.join(folder, "Chart.yaml")) is not None

    def _tree(self, path: str) -> Mapping | None:
        if path not in self._trees:
            source = self._files.source(path)
            try:
                node = next(iter(yaml.parse(source)), None) if source is not None else None
            except FormatError:
                node = None
            self._trees[path] = node if isinstance(node, Mapping) else None
        return self._trees[path]
