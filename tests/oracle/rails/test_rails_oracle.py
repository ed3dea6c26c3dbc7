"""Our verdicts on generated configuration agree with what Rails' answers look like."""

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.oracle.frameworks import SECONDS, Answer, Verdicts, checks_of
from tests.oracle.rails.cases import FORMS, Case, make

CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "100")) * 2 // 5
"""A start of Rails takes longer than those of the other frameworks."""
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20266"))
RUBY = shutil.which("ruby", path="/usr/bin")
LIBRARIES = (Path("/usr/share/rubygems-integration/all/specifications"), Path("/var/lib/gems"))


def has(name: str) -> bool:
    return any(folder.is_dir() and any(folder.rglob(f"{name}-*.gemspec")) for folder in LIBRARIES)


pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(
        RUBY is None or not has("railties") or not has("rack-cors"),
        reason="Debian's ruby-railties and ruby-rack-cors are not installed",
    ),
]


def ask(folders: list[Path]) -> list[Answer]:
    assert RUBY is not None
    done = subprocess.run(
        [RUBY, "-W0", Path(__file__).with_name("asking.rb")],
        input=json.dumps([str(folder) for folder in folders]),
        capture_output=True,
        text=True,
        check=False,
        timeout=60 + SECONDS * len(folders),
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def rows(case: Case, answer: Answer) -> Iterator[tuple[str, str | None, bool, str]]:
    """Yield a check, the key of its finding, whether the answers show it, and the names that code may decide."""
    session = answer["session"]
    if answer["redirects"]:
        age = 0 if answer["hsts"] is None else int(answer["hsts"].partition("=")[2].partition(";")[0])
        yield "rails-ssl-not-forced", "hsts", age < 2592000, "force_ssl"
    yield "rails-ssl-not-forced", "force_ssl", not answer["redirects"], "force_ssl"
    if session is not None:
        yield "rails-session-cookie", "httponly", not session["httponly"], "force_ssl"
        if not answer["redirects"]:
            text = "".join(case.files.values())
            told = "secure: false" in text or "secure => false" in text
            yield "rails-session-cookie", "secure", told and not session["secure"], "force_ssl"
        yield "rails-session-lifetime", None, (session["age"] or 0) > 1860, "session"
    yield "rails-csrf-off", None, answer["forged form"], "action_controller.allow_forgery_protection"
    yield "rails-error-detail", None, answer["error page"], "consider_all_requests_local"
    if "hosts: none" not in case.traps:
        yield "rails-any-host", None, answer["any host"], ""
    yield "rails-cors-any-origin", None, answer["origin"] is not None, "cors"
    yield "rails-cookie-marshal", None, answer["serializer"] in {"marshal", "hybrid"}, ""


def compare(case: Case, answer: Answer, verdicts: Verdicts) -> Iterator[str]:
    for check, key, real, name in rows(case, answer):
        ours = verdicts.of(check, key)
        if ours is not real and not (ours is None and case.open & set(name.split())):
            yield f"{check} {key or ''}: Rails {real}, we {ours}"


def test_our_verdicts_agree_with_rails(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    cases = [make(Random(SEED * 100_003 + number)) for number in range(CASES)]
    folders: list[Path] = []
    for number, case in enumerate(cases):
        folder = tmp_path / str(number)
        for path, text in {**case.files, "config.ru": "run Rails.application\n"}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        folders.append(folder)
    checks = checks_of("rails")
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    for number, (case, answer) in enumerate(zip(cases, ask(folders), strict=True)):
        traps.update(case.traps)
        place = f"case {number} (seed {SEED})"
        if "error" in answer:
            wrong.append(f"{place}: Rails: {answer['error'][:300]}")
            continue
        wrong += [f"{place}: {text}" for text in compare(case, answer, Verdicts(checks, case.files))]
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in FORMS)
    record_property("traps", f"Rails: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:60])
    assert CASES < 40 or all(traps[trap] for trap in FORMS), summary
