"""What a scope covers, and on which days an exception is in force."""

from datetime import date

import msgspec
import pytest

from auditor.exceptions.record import Scope
from tests.exceptions.files import record
from tests.reporters.reports import FINDINGS

FINDING = msgspec.structs.replace(
    FINDINGS[0], path="deploy/redis/redis.conf", component="queue", fingerprint="abc", former_fingerprints=("old",)
)


@pytest.mark.parametrize(
    ("pattern", "covers"),
    [
        ("deploy/redis/redis.conf", True),
        ("/deploy/redis/redis.conf", True),
        ("redis.conf", True),
        ("*.conf", True),
        ("redis", True),
        ("redis/", True),
        ("deploy/", True),
        ("deploy/**", True),
        ("**/redis.conf", True),
        ("deploy/*/redis.conf", True),
        ("deploy/*.conf", False),
        ("/redis.conf", False),
        ("redis/redis.conf", False),
        ("redis.conf/", False),
        ("deploy/redis/redis", False),
        ("Redis.conf", False),
    ],
)
def test_a_path_is_a_pattern_in_gitignore_syntax(pattern: str, covers: bool) -> None:
    assert Scope(path=pattern).covers(FINDING) is covers


@pytest.mark.parametrize(
    ("scope", "covers"),
    [
        (Scope(component="queue"), True),
        (Scope(component="que"), False),
        (Scope(fingerprint="abc"), True),
        (Scope(fingerprint="old"), True),
        (Scope(fingerprint="ab"), False),
        (Scope(path="deploy/", component="queue", fingerprint="abc"), True),
        (Scope(path="other/", component="queue"), False),
        (Scope(path="deploy/", component="other"), False),
        (Scope(component="queue", fingerprint="other"), False),
    ],
)
def test_all_that_is_given_has_to_agree(scope: Scope, covers: bool) -> None:
    assert scope.covers(FINDING) is covers


def test_a_scope_in_words() -> None:
    assert str(Scope(path="deploy/", component="queue")) == "path deploy/, component queue"


@pytest.mark.parametrize(
    ("today", "ended"),
    [
        (date(2026, 10, 31), "it was created on 2026-11-01, a day to come, which counts as expired"),
        (date(2026, 11, 1), ""),
        (date(2027, 10, 31), ""),
        (date(2027, 11, 1), "it expired on 2027-10-31"),
    ],
)
def test_it_is_in_force_from_the_day_it_was_created_to_its_last_day(today: date, ended: str) -> None:
    assert record(created="2026-11-01", expires="2027-10-31").ended(today) == ended


@pytest.mark.parametrize("expires", ["2027-1-1", "20270101", "2027-02-30", "2027-W01-1", "2027-01-01T00:00:00", "?"])
def test_an_expiry_that_is_no_date_counts_as_expired(expires: str) -> None:
    found = record(expires=expires)
    assert found.ended(date(2026, 11, 22)) == "its expiry is no date (YYYY-MM-DD), which counts as expired"
    assert found.last_day == date.min


def test_a_day_of_creation_that_is_no_date_counts_as_expired() -> None:
    ended = record(created="yesterday").ended(date(2026, 11, 22))
    assert ended == "the day it was created is no date (YYYY-MM-DD), which counts as expired"
