"""Our verdicts on generated applications agree with what the answers of Flask, Starlette and FastAPI look like."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.oracle.frameworks import Answer, Verdicts, ask, checks_of, missing
from tests.oracle.pythonweb.cases import FORMS, Case, make

CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "60"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20264"))
LACKING = missing("flask", "flask_cors", "flask_wtf", "starlette", "fastapi", "httpx", "itsdangerous")

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(bool(LACKING), reason=f"{LACKING} not installed (make .venv/.oracle)"),
]
Row = tuple[tuple[str, ...], bool, str]


def lifetime(session: dict[str, Any]) -> Any:
    """Return the seconds until the cookie ends, None if the browser's end is its end."""
    if session["expires"] is None:
        return session["age"]
    return (parsedate_to_datetime(session["expires"]) - datetime.now(UTC)).total_seconds()


def flask_rows(case: Case, answer: Answer) -> Iterator[Row]:
    """Yield the checks that may warn, whether the answers show it, and the setting that may be open."""
    session = answer["session"]
    insecure = not session["secure"]
    yield ("app-cookie-insecure", "flask-cookie-insecure"), insecure, "SESSION_COOKIE_SECURE"
    yield ("app-cookie-script-access",), not session["httponly"], "SESSION_COOKIE_HTTPONLY"
    crosses = session["samesite"] == "None" and insecure
    if "SESSION_COOKIE_SECURE" not in case.open:
        yield ("app-cookie-samesite-none",), crosses, "SESSION_COOKIE_SAMESITE"
    age = lifetime(session)
    yield ("app-session-lifetime", "flask-session-lifetime"), age > 1860, "PERMANENT_SESSION_LIFETIME"
    if "app-csrf-off" not in case.open:
        yield ("app-csrf-off",), answer["forged form"], "WTF_CSRF_ENABLED"
    yield ("flask-cors-any-origin", "app-cors-any-origin"), answer["origin"] is not None, "flask-cors-any-origin"


def starlette_rows(case: Case, answer: Answer) -> Iterator[Row]:
    """Yield the same of Starlette."""
    session = answer["session"]
    text = "".join(case.files.values())
    if session is not None:
        insecure, age = not session["secure"], lifetime(session)
        yield ("starlette-session-insecure",), insecure, "starlette-session"
        yield ("starlette-session-samesite-none",), insecure and session["samesite"] == "none", "starlette-session"
        yield ("starlette-session-lifetime",), age is None or age > 1800, "starlette-session"
    yield ("starlette-cors-any-origin",), answer["origin"] is not None, ""
    yield ("starlette-debug",), answer["debug page"], ""
    yield ("fastapi-api-docs",), answer["openapi"], ""
    if "TrustedHostMiddleware," in text or "(TrustedHostMiddleware)" in text:
        yield ("starlette-any-host",), answer["any host"], ""


def compare(case: Case, answer: Answer, verdicts: Verdicts) -> Iterator[str]:
    rows = flask_rows(case, answer) if case.framework == "Flask" else starlette_rows(case, answer)
    for checks, real, name in rows:
        found = [verdicts.of(check) for check in checks]
        ours = True if True in found else None if None in found else False
        if name in case.open and ours is not True:
            continue
        if ours is not real:
            yield f"{case.framework} {checks[0]}: really {real}, we {ours}"


def test_our_verdicts_agree_with_the_frameworks(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    cases = [make(Random(SEED * 100_003 + number)) for number in range(CASES)]
    folders: list[Path] = []
    for number, case in enumerate(cases):
        folder = tmp_path / str(number)
        (folder / "portal").mkdir(parents=True)
        for path, text in {**case.files, "portal/__init__.py": ""}.items():
            (folder / path).write_text(text, "utf-8")
        folders.append(folder)
    checks = checks_of("pythonweb", "application")
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    answers = ask("tests.oracle.pythonweb.asking", folders)
    for number, (case, answer) in enumerate(zip(cases, answers, strict=True)):
        traps.update([*case.traps, case.framework])
        place = f"case {number} (seed {SEED})"
        if "error" in answer:
            wrong.append(f"{place}: {case.framework}: {answer['error']}")
            continue
        wrong += [f"{place}: {text}" for text in compare(case, answer, Verdicts(checks, case.files))]
    shown = ("Flask", "Starlette", "FastAPI", *FORMS)
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in shown)
    record_property("traps", f"Flask, Starlette, FastAPI: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:60])
    assert CASES < 60 or all(traps[trap] for trap in shown), summary
