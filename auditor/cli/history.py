"""`auditor history`: the runs that are stored."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import typer

from auditor.history import HistoryError, open_history
from auditor.reporters.plain import one_line

if TYPE_CHECKING:
    from auditor.history.listing import Run

_WIDTH = 80
_HEADER = "  RUN       FINISHED (UTC)     CRIT  HIGH   MED   LOW   NEW FIXED  SCORE COVERED"


def history(
    target: Annotated[str, typer.Argument(metavar="FILE|URL", help="As for `auditor scan --history`.")],
    output: Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="Form of the list.")] = "text",
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many of the latest runs to list.")] = 52,
) -> None:
    """List the runs of a history, latest first, by system and environment.

    The counts are open findings by severity; new and fixed are against the run before.
    """
    try:
        runs = open_history(target).runs(limit)
    except HistoryError as error:
        raise typer.BadParameter(str(error)) from None
    if output == "json":
        typer.echo(msgspec.json.format(msgspec.json.encode({"runs": runs}), indent=2).decode())
    else:
        typer.echo("\n".join(_lines(runs)) or "no runs")


def _lines(runs: Iterable["Run"]) -> Iterator[str]:
    by_system = sorted(runs, key=lambda run: (run.system, run.environment))  # stable: latest first in each
    for number, ((system, environment), group) in enumerate(
        groupby(by_system, key=lambda run: (run.system, run.environment))
    ):
        if number:
            yield ""
        yield _shortened(one_line(f"{system}, {environment}" if environment else system))
        yield _HEADER
        yield from map(_line, group)


def _line(run: "Run") -> str:
    counts = "".join(f"{run.by_severity[name]:>6}" for name in ("critical", "high", "medium", "low"))
    score = "none" if run.score is None else f"{run.score}"
    finished = run.finished[:16].replace("T", " ")
    return (
        f"  {run.report_id[:8]}  {finished:<16} {counts}{run.new:>6}{run.fixed:>6}{score:>7}{run.coverage_percent:>6} %"
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
