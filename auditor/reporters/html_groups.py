"""The uses of a shared secret as a small graph: a row for each place, and arcs between those that may not share it."""

from collections.abc import Sequence
from typing import Final

from auditor.model.report import SecretGroup
from auditor.records import dataclass

MAX_ROWS: Final = 16
"""Places of a group that are drawn; the list beside the graph names all."""
WIDTH: Final = 640
_ROW: Final = 30
_ARCS_FROM: Final = 420
_LABEL: Final = 48
"""Characters of a label."""


@dataclass(frozen=True)
class Row:
    """A place: its number in the list, the height of its line, and what it is for."""

    number: int
    y: int
    label: str


@dataclass(frozen=True)
class Arc:
    """A pair of places; `path` is a curve from row to row in SVG's terms."""

    path: str
    counted: bool


@dataclass(frozen=True)
class Graph:
    """A drawing `WIDTH` by `height` units."""

    rows: Sequence[Row]
    arcs: Sequence[Arc]
    height: int
    described: str
    width: int = WIDTH
    dots: int = _ARCS_FROM


def secret_graph(group: SecretGroup) -> Graph | None:
    """Return the drawing, None where there is nothing to connect."""
    shown = group.uses[:MAX_ROWS]
    pairs = [pair for pair in group.pairs if max(pair.first, pair.second) < len(shown)]
    if not any(pair.counted for pair in pairs):
        return None
    rows = [
        Row(number, _ROW // 2 + (number - 1) * _ROW, _shortened(f"{use.key}: {use.use}"))
        for number, use in enumerate(shown, 1)
    ]
    arcs = [
        Arc(_curve(rows[pair.first].y, rows[pair.second].y), pair.counted)
        for pair in sorted(pairs, key=lambda pair: pair.counted)
    ]
    counted = ", ".join(f"{pair.first + 1} and {pair.second + 1}" for pair in pairs if pair.counted)
    return Graph(
        rows, arcs, len(rows) * _ROW, f"{group.name}, {len(group.uses)} places; may not share it: places {counted}"
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"


def _curve(first: int, second: int) -> str:
    """Return a half ellipse to the right of the rows; the further apart they are, the further out."""
    top, bottom = sorted((first, second))
    out = min(WIDTH - 8, _ARCS_FROM + 24 + (bottom - top))
    return f"M{_ARCS_FROM + 6} {top}C{out} {top} {out} {bottom} {_ARCS_FROM + 6} {bottom}"
