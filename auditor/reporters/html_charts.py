"""Charts of the HTML report as plain geometry; each can say in words what it shows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from auditor.model.evidence import Trend, TrendPoint
from auditor.model.report import Report
from auditor.records import dataclass

from .html_text import day
from .view import FILE_STATUSES, SEVERITIES, open_findings

_BAR: Final = 100
TREND_WIDTH: Final = 640
TREND_HEIGHT: Final = 200
_MARGIN: Final = 12


@dataclass(frozen=True)
class Segment:
    """A part of a bar that is 100 units wide."""

    kind: str
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """A labelled row of a chart; the segments' lengths are relative to the longest bar."""

    id: str
    title: str
    total: int
    segments: Sequence[Segment]

    @property
    def described(self) -> str:
        """The bar in words, for who cannot see it."""
        parts = ", ".join(f"{segment.count} {segment.kind}" for segment in self.segments)
        return f"{self.title}: {parts or 'none'}"


@dataclass(frozen=True)
class Cell:
    """One number of the heat map; `level` is 0 for none up to 4 for the most."""

    severity: str
    count: int
    level: int


@dataclass(frozen=True)
class HeatRow:
    """The open findings whose primary category this is, by severity."""

    category: str
    title: str
    cells: Sequence[Cell]
    total: int


def severity_bars(report: Report) -> list[Bar]:
    """Return one bar per severity, from the report's own counts."""
    counts = report.summary.by_severity
    longest = max([1, *counts.values()])
    return [Bar(s, s.title(), counts.get(s, 0), _segments({s: counts.get(s, 0)}, longest)) for s in SEVERITIES]


def category_bars(rows: Sequence[HeatRow]) -> list[Bar]:
    """Return one bar per category, divided by severity."""
    longest = max([1, *(row.total for row in rows)])
    return [
        Bar(row.category, row.title, row.total, _segments({c.severity: c.count for c in row.cells}, longest))
        for row in rows
    ]


def coverage_bar(report: Report) -> Bar:
    """Return the files by status in one bar."""
    return _whole("Files", {status: report.summary.files.get(status, 0) for status in FILE_STATUSES})


def matrix_bar(report: Report) -> Bar:
    """Return the paragraphs by status in one bar."""
    counts = Counter[str](row.status for row in report.matrix)
    order = ("not satisfied", "exception", "no deviation detected", "not assessed", "not applicable")
    return _whole("Paragraphs", {status: counts[status] for status in order})


def heat_map(report: Report) -> list[HeatRow]:
    """Return the open findings by primary category, in the profile's order, and severity."""
    titles = {category.id: category.title for category in report.categories}
    counts = Counter((finding.category, finding.severity) for finding in open_findings(report))
    unknown = dict.fromkeys(category for category, _ in counts if category not in titles)
    most = max([1, *counts.values()])
    rows: list[HeatRow] = []
    for category in (*titles, *unknown):
        numbers = [counts[category, severity] for severity in SEVERITIES]
        cells = [Cell(s, n, -(-4 * n // most)) for s, n in zip(SEVERITIES, numbers, strict=True)]
        rows.append(HeatRow(category, titles.get(category, category), cells, sum(numbers)))
    return rows


def _whole(title: str, counts: Mapping[str, int]) -> Bar:
    total = sum(counts.values())
    return Bar(title.lower(), title, total, _segments(counts, max(1, total)))


def _segments(counts: Mapping[str, int], longest: int) -> list[Segment]:
    segments: list[Segment] = []
    x = 0.0
    for kind, count in counts.items():
        if count:
            width = round(_BAR * count / longest, 2)
            segments.append(Segment(kind, count, round(x, 2), width))
            x += width
    return segments


@dataclass(frozen=True)
class Line:
    """The open findings of one severity over the runs."""

    severity: str
    points: Sequence[tuple[float, float]]

    @property
    def path(self) -> str:
        """The points as SVG's `polyline` takes them."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True)
class TrendRun:
    """A run with its place on the chart and whether its checks differ from those of the run before."""

    point: TrendPoint
    x: float
    rules_changed: bool


@dataclass(frozen=True)
class TrendChart:
    """Lines of a chart `TREND_WIDTH` by `TREND_HEIGHT`; `grid` holds heights with the number each stands for."""

    lines: Sequence[Line]
    runs: Sequence[TrendRun]
    grid: Sequence[tuple[float, int]]

    @property
    def described(self) -> str:
        """The chart in words; the table beside it has every number."""
        first, last = self.runs[0].point, self.runs[-1].point
        changes = ", ".join(
            f"{severity} from {first.by_severity.get(severity, 0)} to {last.by_severity.get(severity, 0)}"
            for severity in SEVERITIES
        )
        return f"Open findings from {day(first.finished)} to {day(last.finished)}: {changes}"


def trend_chart(trend: Trend) -> TrendChart | None:
    """Return the lines of a trend, None if it has fewer than two runs."""
    points = trend.points
    if len(points) < 2:
        return None
    top = _round_up(max([1, *(count for point in points for count in point.by_severity.values())]))
    step = (TREND_WIDTH - 2 * _MARGIN) / (len(points) - 1)
    xs = [round(_MARGIN + number * step, 1) for number in range(len(points))]

    def y(count: int) -> float:
        return round(TREND_HEIGHT - _MARGIN - count * (TREND_HEIGHT - 2 * _MARGIN) / top, 1)

    before = (points[0], *points)
    return TrendChart(
        lines=[Line(s, [(x, y(p.by_severity.get(s, 0))) for x, p in zip(xs, points, strict=True)]) for s in SEVERITIES],
        runs=[
            TrendRun(point, x, point.checks_digest != previous.checks_digest)
            for point, previous, x in zip(points, before, xs, strict=False)
        ],
        grid=[(y(count), count) for count in dict.fromkeys((0, top // 2, top))],
    )


def _round_up(count: int) -> int:
    """Return an even number that is not less, with at most two telling digits."""
    unit = max(2, int("1" + "0" * (len(str(count)) - 1)))
    return -(-count // unit) * unit
