import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.credentials.keys import mechanism, names_secret, tokens


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("POSTGRES_PASSWORD", ("postgres", "password")),
        ("dbPassword", ("db", "password")),
        ("spring.datasource.password", ("spring", "datasource", "password")),
        ("JWTSecret", ("jwt", "secret")),
        ("redis-auth-token2", ("redis", "auth", "token2")),
    ],
)
def test_tokens(key: str, words: tuple[str, ...]) -> None:
    assert tokens(key) == words


@pytest.mark.parametrize(
    "key",
    ["PASSWORD", "DB_PASS", "dbPassword", "JWT_SECRET", "API_KEY", "apiKey", "SECRET_KEY_BASE", "requirepass", "GITHUB_TOKEN", "client_secret", "PASSWORD_PROD", "aws_secret_access_key", "REDIS_PASSWORD_1", "PGPOOL_POSTGRES_CUSTOM_PASSWORDS", "RABBITMQ_ERLANG_COOKIE"],
)  # fmt: skip
def test_secret_names(key: str) -> None:
    assert names_secret(key)


@pytest.mark.parametrize(
    "key",
    ["PASSWORD_FILE", "secretName", "SECRET_ARN", "TOKEN_URL", "primary_key", "PROJECT_KEY", "max_tokens", "PASSWORD_MIN_LENGTH", "token_ttl", "PUBLIC_KEY", "JWT_ALGORITHM", "PASSWORD_POLICY", "proxy_pass", "keyword", "monkey", "SECRETS_PATH", "ACCESS_TOKEN_EXPIRE_MINUTES", "existingSecret", "imagePullSecrets", ""],
)  # fmt: skip
def test_names_that_only_look_secret(key: str) -> None:
    assert not names_secret(key)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("JWT_SECRET", "jwt"),
        ("CSRF_SECRET", "csrf"),
        ("COOKIE_SECRET", "session"),
        ("POSTGRES_PASSWORD", "db"),
        ("REDIS_PASSWORD", "cache"),
        ("SECRET_KEY", "app-secret"),
        ("ENCRYPTION_KEY", "encryption"),
        ("UNNAMED_SECRET", "secret"),
    ],
)
def test_mechanism(key: str, expected: str) -> None:
    assert mechanism(key) == expected


def test_the_path_above_tells_the_mechanism_where_the_key_does_not() -> None:
    assert mechanism("password", ("spring", "datasource")) == "db"


@given(st.text(max_size=40))
def test_any_key_is_judged(key: str) -> None:
    assert all(word == word.lower() for word in tokens(key))
    assert isinstance(names_secret(key), bool)
