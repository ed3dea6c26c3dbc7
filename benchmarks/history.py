"""How a history answers when it holds many runs: python -m benchmarks.history [--runs 1000] [--findings 1000].

Builds two histories whose every run fixes some findings and brings as many others, and compares how long a list of
runs, and all that a scan asks of the history (the previous run, the trend, what was fixed before), take in each.
"""

import argparse
import tempfile
import time
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from auditor.comparison import Past, compare, with_trend
from auditor.history import open_history
from auditor.history.appending import append
from auditor.history.store import History, new_series
from auditor.model.report import Finding, Report
from auditor.reporters.json_report import render
from tests.comparison.made import concluded, finding, report

FEW = 100
CHANGED = 20
BAR = 3.0


def made(number: int, findings: tuple[Finding, ...]) -> Report:
    return report(*findings, day=number, files={"a.conf": f"of run {number}"})


def build(folder: Path, runs: int, findings: int) -> tuple[History, Report]:
    """Write a history through the store's own functions, in one transaction, and return it with the next report."""
    store = open_history(str(folder / f"{runs}.db"), write=True)
    found = tuple(finding(key=f"{key}", line=key + 1) for key in range(findings))
    former = concluded(compare(made(1, found), past=Past()))
    # Only the result of the last run is ever read here; the others are there for their size.
    data = zlib.compress(render(former).encode())
    with store.engine.begin() as connection:
        series = new_series(connection, former)
        append(connection, series, 1, data=data, report=former, former=None)
        for number in range(2, runs + 1):
            fresh = range(findings + number * CHANGED, findings + (number + 1) * CHANGED)
            found = (*found[CHANGED:], *(finding(key=f"{key}", line=key + 1) for key in fresh))
            present = concluded(compare(made(number, found), past=Past(former=former)))
            last = zlib.compress(render(present).encode()) if number == runs else data
            append(connection, series, number, data=last, report=present, former=former)
            former = present
    # Of the next one some findings were fixed before.
    back = tuple(finding(key=f"{key}", line=key + 1) for key in range(CHANGED))
    return store, made(runs + 1, (*found, *back))


def seconds(call: Callable[[], object], repeats: int = 15) -> float:
    """The best of some calls."""
    best = float("inf")
    for _ in range(repeats):
        begun = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - begun)
    return best


def compare_times(title: str, in_few: Callable[[], object], in_many: Callable[[], object]) -> None:
    small, large = seconds(in_few), seconds(in_many)
    print(f"{title:<40} {small * 1000:7.1f} ms {large * 1000:7.1f} ms   x {large / small:.2f}   bar: at most {BAR:g}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000)
    parser.add_argument("--findings", type=int, default=1_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        few = build(Path(folder), FEW, arguments.findings)
        many = build(Path(folder), arguments.runs, arguments.findings)
        size = Path(folder, f"{arguments.runs}.db").stat().st_size / 2**20
        print(f"{FEW} and {arguments.runs} runs of {arguments.findings} findings, {CHANGED} of them others each time")
        print(f"built in {time.perf_counter() - begun:.0f} s; the larger one has {size:.0f} MiB")
        compare_times("list of the latest runs", *(pair[0].runs for pair in (few, many)))
        compare_times(
            "previous run, trend and what was fixed", *(partial(pair[0].past, pair[1]) for pair in (few, many))
        )
        store, asked = many
        past = store.past(asked)
        full = with_trend(concluded(compare(asked, past=past)), past)
        reopened = sum(row.change == "reopened" for row in full.findings)
        print(f"reopened findings found among all that were fixed: {reopened} of {CHANGED}")
        print(f"storing one more run: {seconds(lambda: store.save(full), repeats=1) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
