"""Settings by key, and what their texts mean."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.application import ApplicationSettings, key_of, matches
from auditor.model.application_values import (
    is_placeholder,
    items_of,
    read_url,
    span_seconds,
    span_words,
    takes_any_origin,
    unit_seconds,
)
from auditor.model.location import Location
from auditor.model.severity import Severity
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable

AT = Location(".env", 1)


def settings(*, is_template: bool = False, environment: str = "", **values: str | Unknown) -> ApplicationSettings:
    return ApplicationSettings(
        component=".env",
        technology="dotenv",
        at=AT,
        variables={name: Variable(name=name, value=value, at=AT) for name, value in values.items()},
        is_template=is_template,
        environment=environment,
    )


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("SESSION_COOKIE_SECURE", "SESSION_COOKIE_SECURE"),
        ("spring.jpa.show-sql", "SPRING_JPA_SHOW_SQL"),
        ("Cors__AllowedOrigins", "CORS_ALLOWED_ORIGINS"),
        ("corsAllowedOrigins", "CORS_ALLOWED_ORIGINS"),
        ("OAUTH2_TOKEN_URL", "OAUTH2_TOKEN_URL"),
        ("REQUIRE_2FA", "REQUIRE_2FA"),
        ("oauth2TokenUrl", "OAUTH2_TOKEN_URL"),
    ],
)
def test_keys(name: str, key: str) -> None:
    assert key_of(name) == key


def test_patterns_match_whole_words() -> None:
    assert matches("SESSION_COOKIE_SECURE", "*COOKIE_SECURE")
    assert matches("COOKIE_SECURE", "*COOKIE_SECURE")
    assert not matches("BISCOOKIE_SECURE", "*COOKIE_SECURE")
    assert not matches("COOKIE_SECURE_PATH", "*COOKIE_SECURE")
    assert not matches("APP_DEBUG", "DEBUG")


def test_unknown_values_are_no_entries_but_have_a_reason() -> None:
    found = settings(DATABASE_URL=Unknown("DB is not set"))
    assert not found.entries
    assert found.unknown("*DATABASE_URL") == "DATABASE_URL: DB is not set"
    assert found.unknown("*REDIS_URL") is None


def test_placeholders_count_only_outside_templates() -> None:
    assert not settings(is_template=True, API_URL="<your-url>").entries
    assert settings(API_URL="<your-url>").entries


def test_severity_by_environment() -> None:
    assert settings().scale(Severity.HIGH) is Severity.HIGH
    assert settings(environment="production").scale(Severity.HIGH) is Severity.HIGH
    assert settings(environment="test").scale(Severity.HIGH) is Severity.MEDIUM
    assert settings(is_template=True).scale(Severity.CRITICAL) is Severity.LOW


def test_a_value_is_in_no_repr() -> None:
    found = settings(DATABASE_URL="postgres://app:not-a-real-one@db/x?password=not-a-real-one")
    assert "not-a-real-one" not in repr(found.entries) + repr(found) + repr(found.entries[0].url)


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("900", None, None),
        ("900", 1.0, 900),
        ("15m", None, 900),
        ("7 days", 60.0, 604800),
        ("8h", None, 28800),
        ("1500ms", None, 1.5),
        ("PT30M", None, 1800),
        ("P1DT2H", None, 93600),
        ("P", None, None),
        ("soon", 1.0, None),
        ("15 parsecs", 1.0, None),
        ("-1", 1.0, None),
    ],
)
def test_spans(text: str, unit: float | None, seconds: float | None) -> None:
    assert span_seconds(text, unit) == seconds


def test_units_and_words() -> None:
    assert unit_seconds("MINUTES") == 60
    assert unit_seconds("LENGTH") is None
    assert [span_words(n) for n in (691200, 5400, 3600, 61)] == ["8 days", "90 minutes", "1 hour", "61 seconds"]


@pytest.mark.parametrize("text", ["a,b", "a b", '["a", "b"]', " a ; b ", "['a','b']"])
def test_lists(text: str) -> None:
    assert items_of(text) == ("a", "b")


@pytest.mark.parametrize("text", ["", "<host>", "changeme", "your-domain.example", "xxxx", "${HOST}", "{{ host }}"])
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["*", '["*"]', "true", "0", "redis://cache:6379", "postgres"])
def test_no_placeholders(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("text", "scheme", "hosts"),
    [
        ("postgres://u:p@db.clinic.example:5432/x", "postgres", ("db.clinic.example",)),
        ("jdbc:postgresql://db/x", "jdbc:postgresql", ("db",)),
        ("mongodb://a:1,b:2/x?tls=true", "mongodb", ("a", "b")),
        ("postgresql+psycopg://app@[::1]:5432/x", "postgresql+psycopg", ("::1",)),
        ("redis://:p%40ss@cache", "redis", ("cache",)),
        ("postgresql:///x?host=/run/postgresql", "postgresql", ()),
    ],
)
def test_urls(text: str, scheme: str, hosts: tuple[str, ...]) -> None:
    url = read_url(text)
    assert url is not None
    assert (url.scheme, url.hosts) == (scheme, hosts)


@pytest.mark.parametrize(
    "text", ["db:5432", "http//x", "postgres://u:a/b@db/x", "postgres://u:12/b@db/x", "redis://a b/0", "", "app:*"]
)
def test_no_urls(text: str) -> None:
    assert read_url(text) is None


@pytest.mark.parametrize(
    ("host", "loopback", "neighbour"),
    [
        ("localhost", True, True),
        ("127.0.0.9", True, False),
        ("db", False, True),
        ("db.clinic.svc.cluster.local", False, True),
        ("db.clinic.example", False, False),
        ("10.0.0.4", False, False),
    ],
)
def test_where_a_host_is(host: str, loopback: bool, neighbour: bool) -> None:
    url = read_url(f"redis://{host}:6379/0")
    assert url is not None
    assert (url.is_loopback, url.is_neighbour) == (loopback, neighbour)


WORDS = st.text(string.ascii_letters + string.digits, min_size=1, max_size=10)
SECRETS = st.text(string.ascii_letters + string.digits + ":@/?#%&=,!", min_size=1, max_size=20)


@given(WORDS, SECRETS, st.sampled_from(["db", "db.clinic.example", "10.0.0.4"]))
def test_a_password_never_becomes_a_host(user: str, password: str, host: str) -> None:
    """Whatever a password holds, the hosts are the real one, or the text is not taken for an address."""
    url = read_url(f"postgres://{user}:{password}@{host}:5432/records")
    if url is not None and "?" not in password and "#" not in password:
        assert url.hosts == (host,)


@pytest.mark.parametrize(
    "pattern",
    [
        ".*", "^.*$", ".+", "https?://.*", "^https?://.*$", "^http(s)?://.*$", "https://.*", r"^https?:\/\/.*$",
        "^(http|https)://.*$", ".+://.*", "^https?://[^/]+$", "(.*)",
    ],
)  # fmt: skip
def test_an_expression_that_takes_the_origin_of_a_stranger(pattern: str) -> None:
    assert re.fullmatch(pattern, "https://elsewhere.example")
    assert takes_any_origin(pattern)


@pytest.mark.parametrize(
    "pattern",
    ["", "^$", "https://a", "https?://", r"https://.*\.clinic\.example", r"^https://\w+\.clinic\.example$", "http://localhost:.*"],
)  # fmt: skip
def test_an_expression_that_keeps_strangers_out(pattern: str) -> None:
    assert not re.fullmatch(pattern, "https://elsewhere.example")
    assert not takes_any_origin(pattern)
