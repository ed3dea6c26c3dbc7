"""Ask a web framework about generated applications: one interpreter imports it, a child process answers for each."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from auditor.api import Check
from auditor.engine import run
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

ROOT = Path(__file__).parents[2]
Answer = dict[str, Any]
SECONDS = 10
"""How long one application may take to start and to answer."""


def missing(*modules: str) -> str:
    """Return which of the modules cannot be imported, "" if all can."""
    return ", ".join(name for name in modules if importlib.util.find_spec(name) is None)


def ask(program: str, folders: Sequence[Path]) -> list[Answer]:
    """Run the module `program` over generated applications; return its answers in order."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", program],
        input=json.dumps([str(folder) for folder in folders]),
        capture_output=True,
        text=True,
        check=False,
        timeout=60 + SECONDS * len(folders),
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def answer_all(answer: Callable[[Path], Answer]) -> None:
    """Be the program: read folders from standard input, print the answer for each, given by a process of its own."""
    for folder in json.load(sys.stdin):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            with os.fdopen(writing, "w") as pipe:
                json.dump(_answered(answer, Path(folder)), pipe)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            print(pipe.read(), flush=True)  # noqa: T201  # what the test reads
        os.waitpid(child, 0)


def _answered(answer: Callable[[Path], Answer], folder: Path) -> Answer:
    try:
        return answer(folder)
    except BaseException as error:  # noqa: BLE001  # whatever an application does at its start
        return {"error": f"{type(error).__name__}: {error}"}


def checks_of(*folders: str) -> list[Check]:
    """Return the built-in checks of some technologies."""
    return list(load_packs(folders=frozenset(folders)).checks)


class Verdicts:
    """What the checks say of files: which keys failed, and which checks are undecided."""

    def __init__(self, checks: Iterable[Check], files: Mapping[str, str]) -> None:
        estate = take_estate(MemoryTree(dict(files)))
        assert not estate.faults, estate.faults
        outcomes = run(checks, estate.facts)
        assert not any(outcome.error for outcome in outcomes), [o.error for o in outcomes if o.error]
        self._failed = {(o.check.id, failure.key) for o in outcomes for failure in o.failures}
        self._undecided = {outcome.check.id for outcome in outcomes if outcome.undecided is not None}

    def of(self, check: str, key: str | None = None) -> bool | None:
        """Tell whether a check fails, with the key if one is given; None where it is undecided."""
        if any(id_ == check and key in {None, found} for id_, found in self._failed):
            return True
        return None if check in self._undecided else False
