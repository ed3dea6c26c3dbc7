"""Templates of a chart with its values put in; places stay where the templates or the values have them."""

from auditor.formats.tree import Mapping, MarkedScalar, Node, Scalar, Sequence
from auditor.model.source import Source
from auditor.model.unknown import HOLE
from auditor.patterns import lazy

from .chart_values import ChartValues
from .manifest import Manifest

_ACTION = lazy(r"\{\{-?\s*(?P<word>if|with|range|define|block|else|end)\b(?P<rest>[^}]*?)-?\}\}")
_NAMES = frozenset(
    "metadata selector matchLabels labels name secretName serviceName serviceAccountName claimName".split()
)
"""What objects refer to each other by stays as written, since references are compared as they are written."""


def filled(manifest: Manifest, values: ChartValues) -> Manifest:
    """Return the object with the chart's values in place of the expressions that are a value and nothing more."""
    body = _Filler(manifest.source, values).node(manifest.body)
    return manifest.with_body(body) if isinstance(body, Mapping) else manifest


def is_left_out(manifest: Manifest, values: ChartValues) -> bool:
    """Tell whether the object stands in an `if` or `with` that the chart's values make false."""
    open_: list[str] = []
    for number, line in enumerate(manifest.source.text.split("\n"), 1):
        if number >= manifest.body.at.line:
            break
        for match in _ACTION.finditer(line):
            word, condition = match["word"], match["rest"].strip()
            if word == "end":
                del open_[-1:]
            elif word == "else":
                open_[-1:] = [""]
            else:
                open_.append(condition if word in {"if", "with"} else "")
    return any(condition and values.is_false(condition) for condition in open_)


class _Filler:
    def __init__(self, source: Source, values: ChartValues) -> None:
        self.lines = source.text.split("\n")
        self.values = values

    def node(self, node: Node) -> Node:
        if isinstance(node, Mapping):
            entries = [(key, value if key.text in _NAMES else self.node(value)) for key, value in node]
            return Mapping(entries, node.at, open_=node.open, tag=node.tag)
        if isinstance(node, Sequence):
            return Sequence([self.node(item) for item in node], node.at, open_=node.open, tag=node.tag)
        if isinstance(node, Scalar) and HOLE in node.text:
            return self._block(node) if node.exact else self._line(node)
        return node

    def _line(self, scalar: Scalar) -> Scalar:
        at = scalar.at
        if at.end_line not in {0, at.line} or at.line > len(self.lines):
            return scalar
        written = self.lines[at.line - 1][at.column - 1 : at.end_column]
        if not scalar.plain:
            written = written[1:-1]
        value = self.values.rendered(written)
        if value is None:
            return scalar
        return Scalar(value.text, value.at or at, plain=scalar.plain and not value.is_quoted)

    def _block(self, scalar: Scalar) -> Scalar:
        """Return a block scalar with its lines filled, as far as each line's expressions are values."""
        first = scalar.text_at
        filled: list[str] = []
        for number, line in enumerate(scalar.text.split("\n"), first.line):
            value = None
            if HOLE in line and number <= len(self.lines):
                value = self.values.rendered(self.lines[number - 1][first.column - 1 :])
            filled.append(value.text if value is not None else line)
        return MarkedScalar("\n".join(filled), scalar.at, plain=False, tag=scalar.tag, exact=True, text_at=first)
