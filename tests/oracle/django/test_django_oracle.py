"""Our verdicts on generated settings agree with what Django's answers look like."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.oracle.django.asking import STRANGER, URLS
from tests.oracle.django.cases import FORMS, Case, make
from tests.oracle.frameworks import Answer, Verdicts, ask, checks_of, missing

CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "100")) * 2 // 5
"""A start of Django takes a quarter of a second."""
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20263"))
LACKING = missing("django", "rest_framework", "rest_framework_simplejwt", "corsheaders", "environ", "decouple")
APPS, MIDDLEWARE = "INSTALLED_APPS", "MIDDLEWARE"

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(bool(LACKING), reason=f"{LACKING} not installed (make .venv/.oracle)"),
]


def observed(answer: Answer) -> Iterator[tuple[str, str | None, bool, frozenset[str]]]:
    """Yield a check, the key of its finding, whether the answers show what it warns of, and what it is judged by."""
    session, csrf = answer["session"], answer["csrf"]
    if session is not None:
        insecure = not session["secure"]
        yield from _rows(
            "django-cookie-insecure",
            "SESSION_COOKIE_SECURE",
            insecure,
            "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE CSRF_USE_SESSIONS",
        )
        yield from _rows(
            "django-cookie-script-access", "SESSION_COOKIE_HTTPONLY", not session["httponly"], "SESSION_COOKIE_HTTPONLY"
        )
        crosses = session["samesite"] == "None" and insecure
        yield from _rows("django-cookie-samesite-none", None, crosses, "SESSION_COOKIE_SECURE SESSION_COOKIE_SAMESITE")
        stays = answer["session age"] > 1800
        yield from _rows("django-session-lifetime", None, stays, "SESSION_COOKIE_AGE SESSION_EXPIRE_AT_BROWSER_CLOSE")
    if csrf is not None and not answer["forged form"]:
        yield from _rows(
            "django-cookie-insecure",
            "CSRF_COOKIE_SECURE",
            not csrf["secure"],
            "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE CSRF_USE_SESSIONS",
        )
    if session is not None:
        yield from _rows("django-middleware-missing", "CsrfViewMiddleware", answer["forged form"])
    yield from _rows("django-debug", None, answer["debug page"], "DEBUG")
    yield from _rows("django-any-host", None, answer["any host"], "ALLOWED_HOSTS DEBUG")
    reads = answer["origin"] is not None
    yield from _rows(
        "django-cors-any-origin",
        None,
        reads,
        "CORS_ALLOW_ALL_ORIGINS CORS_ALLOWED_ORIGIN_REGEXES CORS_ALLOW_CREDENTIALS",
    )
    accepted = set(answer["passwords"])
    weak = any(len(text) < 12 for text in accepted) or "qwerty123456" in accepted
    yield from _rows("django-password-rules", None, weak, "AUTH_PASSWORD_VALIDATORS")
    yield from _rows("django-weak-hasher", None, answer["hash"] == "md5", "PASSWORD_HASHERS")
    yield from _rows("django-mail-clear", None, answer["mail TLS"] is False, "EMAIL_USE_TLS EMAIL_USE_SSL")
    yield from _rows("django-api-open", None, answer["open API"] is True)
    yield from _rows("django-api-unthrottled", None, answer["throttled"] is False)
    yield from _rows("django-token-lifetime", None, (answer["token"] or 0) > 3600)


def _rows(
    check: str, key: str | None, real: bool, names: str = ""
) -> Iterator[tuple[str, str | None, bool, frozenset[str]]]:
    yield check, key, real, frozenset({*names.split(), APPS, MIDDLEWARE})


def https(answer: Answer) -> bool:
    """Tell whether nothing leads browsers to https."""
    return not answer["redirects"] and answer["HSTS"] is None


def compare(case: Case, answer: Answer, verdicts: Verdicts) -> Iterator[str]:
    rows = list(observed(answer))
    protects = verdicts.of("django-middleware-missing", "SecurityMiddleware") is False
    if protects and MIDDLEWARE not in case.open and "SecurityMiddleware" in "".join(case.files.values()):
        age = 0 if answer["HSTS"] is None else int(answer["HSTS"].partition("=")[2].partition(";")[0])
        bad = https(answer) or 0 < age < 2592000
        names = frozenset({"SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT", MIDDLEWARE})
        rows.append(("django-https-not-enforced", None, bad, names))
    for check, key, real, names in rows:
        ours = verdicts.of(check, key)
        if ours is None and not {"*", *names} & case.open:
            yield f"{check} {key or ''}: Django {real}, we do not decide"
        elif ours is not None and ours != real:
            yield f"{check} {key or ''}: Django {real}, we {ours}"


def test_our_verdicts_agree_with_django(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    cases = [make(Random(SEED * 100_003 + number)) for number in range(CASES)]
    folders: list[Path] = []
    for number, case in enumerate(cases):
        folder = tmp_path / str(number)
        for path, text in {
            **case.files,
            "portal/urls.py": URLS,
            "portal/__init__.py": "",
            "module": case.module,
        }.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        folders.append(folder)
    checks = checks_of("django", "application")
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    for number, (case, answer) in enumerate(zip(cases, ask("tests.oracle.django.asking", folders), strict=True)):
        traps.update(case.traps)
        place = f"case {number} (seed {SEED})"
        if "error" in answer:
            wrong.append(f"{place}: Django: {answer['error']}")
            continue
        traps["insecure cookie"] += bool(answer["session"] and not answer["session"]["secure"])
        traps["origin allowed"] += answer["origin"] not in {None, "null"} and answer["origin"] in {"*", STRANGER}
        wrong += [f"{place}: {text}" for text in compare(case, answer, Verdicts(checks, case.files))]
    shown = (*FORMS, "insecure cookie", "origin allowed")
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in shown)
    record_property("traps", f"Django: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:60])
    assert CASES < 40 or all(traps[trap] for trap in shown), summary
