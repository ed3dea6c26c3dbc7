"""Files of exceptions for tests: one valid entry, and changes of it."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from auditor.exceptions.reading import ExceptionsError, ExceptionsFile, read_exceptions
from auditor.exceptions.record import RecordedException
from auditor.model.check import Check
from auditor.packs import CheckFinder
from auditor.profile import Profile, load_profile

TODAY = date(2026, 11, 22)
NAME = "policy/exceptions.yaml"
NAMED = """
aws-rds-backup mongodb-encryption-at-rest redis-binds-all-interfaces redis-no-authentication
redis-no-tls redis-refused-configuration secret-plaintext
""".split()
VALID: Mapping[str, Any] = {
    "id": "EX-1",
    "check": "redis-no-tls",
    "scope": {"path": "redis/**"},
    "type": "risk-accepted",
    "justification": "Both servers stand in one rack.",
    "owner": "Sam Example, Platform engineer",
    "approver": "Kim Example, Security official",
    "created": "2026-11-01",
    "expires": "2027-10-31",
}
"""redis-no-tls: high, about 164.312(e)(1) and its addressable specification 164.312(e)(2)(ii)."""


@cache
def hipaa() -> Profile:
    return load_profile(Path(__file__).parents[2] / "profiles" / "hipaa.yaml")


@cache
def finder() -> Callable[[str], Check | None]:
    """Find the checks that these tests name; there are no others."""
    find = CheckFinder()
    return {name: find(name) for name in NAMED}.get


def entry(without: Sequence[str] = (), **changes: Any) -> dict[str, Any]:
    return {name: value for name, value in {**VALID, **changes}.items() if name not in without}


def written(*entries: Mapping[str, Any]) -> str:
    """Return the file; each field of an entry stands on a line of its own."""
    lines = (
        f"{'  ' if number else '- '}{name}: {json.dumps(value)}\n"  # JSON is YAML
        for each in entries
        for number, (name, value) in enumerate(each.items())
    )
    return "exceptions:\n" + "".join(lines)


def read(text: str | bytes) -> ExceptionsFile:
    data = text.encode() if isinstance(text, str) else text
    return read_exceptions(data, NAME, finder(), hipaa())


def record(**changes: Any) -> RecordedException:
    (only,) = read(written(entry(**changes))).records
    return only


def errors(text: str | bytes) -> tuple[str, ...]:
    """Return what is wrong with a file, without its name."""
    try:
        read(text)
    except ExceptionsError as error:
        found = error.errors
    else:
        found = ()
    assert all(line.startswith(f"{NAME}:") for line in found)
    return tuple(line.removeprefix(f"{NAME}:") for line in found)
