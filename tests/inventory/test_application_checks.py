"""Tables of settings for the checks whose judgement has many cases; their examples show only some."""

import pytest

from auditor.api import ApplicationSettings, Check, Diagnostic, Failure, Location, NotEvaluated, Unknown, Variable
from auditor.packs import load_packs

CHECKS = {check.id: check for check in load_packs().checks if check.id.startswith("app-")}
AT = Location(".env", 1)


def judge(check: Check, **values: str | Unknown) -> list[Diagnostic]:
    variables = {name: Variable(name=name, value=value, at=AT) for name, value in values.items()}
    settings = ApplicationSettings(component=".env", technology="dotenv", at=AT, variables=variables)
    return list(check.function(settings))


def failures(check_id: str, **values: str | Unknown) -> list[Failure]:
    return [found for found in judge(CHECKS[check_id], **values) if isinstance(found, Failure)]


REMOTE = "app:not-a-real-one@db.clinic.example"


@pytest.mark.parametrize(
    ("url", "severity"),
    [
        (f"postgres://{REMOTE}/x", "high"),
        (f"postgres://{REMOTE}/x?sslmode=disable", "high"),
        (f"postgres://{REMOTE}/x?sslmode=allow", "high"),
        (f"postgres://{REMOTE}/x?sslmode=prefer", "high"),
        (f"postgres://{REMOTE}/x?sslmode=require", "medium"),
        (f"postgres://{REMOTE}/x?sslmode=no-verify", "medium"),
        (f"postgres://{REMOTE}/x?sslmode=require&sslrootcert=/ca.pem", ""),
        (f"postgres://{REMOTE}/x?sslmode=verify-ca", ""),
        (f"postgresql+psycopg://{REMOTE}/x?sslmode=verify-full", ""),
        (f"postgresql+asyncpg://{REMOTE}/x?ssl=true", ""),
        ("postgres://app:not-a-real-one@db/x", "medium"),
        ("postgres://app:not-a-real-one@db/x?sslmode=require", "low"),
        ("postgres://app:not-a-real-one@localhost/x", ""),
        ("postgresql:///x?host=/run/postgresql", ""),
        ("jdbc:postgresql://db.clinic.example/x?ssl=true", ""),
        (f"mysql://{REMOTE}/x", "high"),
        ("jdbc:mysql://db.clinic.example/x?useSSL=false", "high"),
        ("jdbc:mysql://db.clinic.example/x?useSSL=true", "medium"),
        ("jdbc:mysql://db.clinic.example/x?useSSL=true&verifyServerCertificate=true", ""),
        ("jdbc:mysql://db.clinic.example/x?sslMode=REQUIRED", "medium"),
        ("jdbc:mysql://db.clinic.example/x?sslMode=VERIFY_IDENTITY", ""),
        (f"mysql+pymysql://{REMOTE}/x?ssl_ca=/ca.pem", ""),
        (f"mongodb://{REMOTE}/x", "high"),
        (f"mongodb://{REMOTE}/x?tls=true", ""),
        (f"mongodb://{REMOTE}/x?ssl=true", ""),
        (f"mongodb://{REMOTE}/x?tls=true&tlsAllowInvalidCertificates=true", "medium"),
        (f"mongodb+srv://{REMOTE}/x", ""),
        (f"mongodb+srv://{REMOTE}/x?tls=false", "high"),
        (f"redis://{REMOTE}/0", "high"),
        ("redis://cache.data.svc.cluster.local:6379", "medium"),
        (f"rediss://{REMOTE}/0", ""),
        (f"rediss://{REMOTE}/0?ssl_cert_reqs=none", "medium"),
        (f"amqp://{REMOTE}", "high"),
        (f"amqps://{REMOTE}", ""),
        ("ldap://dc1.clinic.example", "high"),
        ("ldaps://dc1.clinic.example", ""),
        ("smtp://mail.clinic.example:25", "high"),
        ("smtp://mail.clinic.example:587?tls=true", ""),
        ("https://api.clinic.example", ""),
        ("sqlite:///data/app.db", ""),
        ("not a url", ""),
    ],
)
def test_connections(url: str, severity: str) -> None:
    found = failures("app-clear-connection", SERVICE_URL=url)
    assert [str(failure.severity) for failure in found] == ([severity] if severity else [])
    assert not any("not-a-real-one" in failure.message or "app:" in failure.message for failure in found)


def test_the_password_of_mail_is_named_where_there_is_one() -> None:
    without = {"MAIL_SERVER": "mail.clinic.example", "MAIL_USE_TLS": "False"}
    found = [failures("app-clear-connection", **values) for values in (without, {**without, "MAIL_PASSWORD": "x"})]
    assert [failure.message for (failure,) in found] == [
        "MAIL_USE_TLS is off, so that mail is sent without TLS",
        "MAIL_USE_TLS is off, so that mail and its password are sent without TLS",
    ]


def test_starttls_beside_a_directory_or_mail_url() -> None:
    assert not failures("app-clear-connection", LDAP_URL="ldap://dc1.clinic.example", LDAP_START_TLS="true")
    assert not failures("app-clear-connection", MAIL_URL="smtp://mail.clinic.example", EMAIL_USE_TLS="true")


@pytest.mark.parametrize(
    ("values", "fails"),
    [
        ({"SMTP_HOST": "mail.clinic.example", "SMTP_TLS": "false"}, True),
        ({"MAIL_SERVER": "mail.clinic.example", "MAIL_USE_TLS": "False", "MAIL_SUPPRESS_SEND": "True"}, False),
        ({"MAIL_SERVER": "mail.clinic.example", "MAIL_USE_TLS": "False", "MAIL_SUPPRESS_SEND": "False"}, True),
        ({"SMTP_HOST": "mail.clinic.example", "SMTP_TLS": "true", "SMTP_SSL": "false"}, False),
        ({"SMTP_HOST": "mail.clinic.example", "SMTP_TLS": "false", "SMTP_SSL": "true"}, False),
        ({"SMTP_HOST": "localhost", "SMTP_TLS": "false"}, False),
        ({"SMTP_HOST": "", "SMTP_TLS": "false"}, False),
        ({"SMTP_TLS": "false"}, False),
    ],
)
def test_mail(values: dict[str, str], fails: bool) -> None:
    assert bool(failures("app-clear-connection", **values)) is fails


def test_an_unknown_database_url_is_not_evaluated() -> None:
    found = judge(CHECKS["app-clear-connection"], DATABASE_URL=Unknown("DB_HOST is not set"))
    assert [type(item) for item in found] == [NotEvaluated]
    assert not judge(CHECKS["app-clear-connection"], GREETING=Unknown("not set"))


@pytest.mark.parametrize(
    ("name", "value", "severity"),
    [
        ("ACCESS_TOKEN_EXPIRE_MINUTES", "60", ""),
        ("ACCESS_TOKEN_EXPIRE_MINUTES", "61", "medium"),
        ("ACCESS_TOKEN_EXPIRE_MINUTES", "1440", "medium"),
        ("ACCESS_TOKEN_EXPIRE_MINUTES", "1441", "high"),
        ("JWT_ACCESS_TOKEN_EXPIRES", "900", ""),
        ("JWT_ACCESS_TOKEN_EXPIRES", "86400", "medium"),
        ("JWT_EXPIRES_IN", "7d", "high"),
        ("JWT_EXPIRES_IN", "15m", ""),
        ("JWT_EXPIRES_IN", "3600000", ""),
        ("JWT_EXPIRATION_MS", "86400000", "medium"),
        ("JWT_TTL", "20160", "high"),
        ("AUTH_TOKEN_LIFETIME_HOURS", "12", "medium"),
        ("jwt.expiration-seconds", "7200", "medium"),
        ("JWT_REFRESH_TOKEN_EXPIRES", "2592000", ""),
        ("JWT_REFRESH_EXPIRES_IN", "30d", ""),
        ("PASSWORD_RESET_ACCESS_TOKEN_EXPIRE_HOURS", "24", ""),
        ("VAULT_TOKEN_TTL", "30d", ""),
        ("JWKS_CACHE_TTL", "30d", ""),
    ],
)
def test_token_lifetimes(name: str, value: str, severity: str) -> None:
    found = failures("app-token-lifetime", **{name: value})
    assert [str(failure.severity) for failure in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("name", "value", "fails"),
    [
        ("SESSION_COOKIE_AGE", "1800", False),
        ("SESSION_COOKIE_AGE", "1801", True),
        ("SESSION_LIFETIME", "30", False),
        ("SESSION_LIFETIME", "120", True),
        ("PERMANENT_SESSION_LIFETIME", "86400", True),
        ("SESSION_TIMEOUT_MINUTES", "60", True),
        ("SESSION_TIMEOUT", "3600", False),
        ("SERVER_SERVLET_SESSION_TIMEOUT", "30m", False),
        ("SERVER_SERVLET_SESSION_TIMEOUT", "8h", True),
        ("KAFKA_SESSION_TIMEOUT_MS", "9000000", False),
        ("SESSION_SECRET", "1801", False),
    ],
)
def test_session_lifetimes(name: str, value: str, fails: bool) -> None:
    assert bool(failures("app-session-lifetime", **{name: value})) is fails


@pytest.mark.parametrize(
    ("values", "severity"),
    [
        ({"CORS_ORIGINS": "*"}, "high"),
        ({"CORS_ORIGINS": "*", "CORS_ALLOW_CREDENTIALS": "true"}, "critical"),
        ({"CORS_ORIGINS": "*", "CORS_ALLOW_CREDENTIALS": "false"}, "high"),
        ({"Cors__AllowedOrigins": "*"}, "high"),
        ({"CORS_ORIGIN_ALLOW_ALL": "1"}, "high"),
        ({"CORS_ALLOW_ALL_ORIGINS": "false"}, ""),
        ({"CORS_ORIGINS": "https://*.clinic.example"}, ""),
        ({"CORS_ALLOW_HEADERS": "*"}, ""),
        ({"CORS_ALLOW_CREDENTIALS": "true"}, ""),
    ],
)
def test_cors(values: dict[str, str], severity: str) -> None:
    found = failures("app-cors-any-origin", **values)
    assert [str(failure.severity) for failure in found] == ([severity] if severity else [])


@pytest.mark.parametrize(("value", "fails"), [("8", True), ("11", True), ("12", False), ("64", False)])
def test_password_length(value: str, fails: bool) -> None:
    assert bool(failures("app-password-length", PASSWORD_MIN_LENGTH=value)) is fails


@pytest.mark.parametrize(
    ("check_id", "name", "value"),
    [
        ("app-debug", "REDIS_DEBUG", "true"),
        ("app-debug", "DEBUG", "app:*"),
        ("app-debug", "NODE_ENV", "development"),
        ("app-cookie-insecure", "COOKIE_SECURE", ""),
        ("app-cookie-insecure", "SESSION_COOKIE_SECURE", "auto"),
        ("app-tls-unverified", "DOCKER_TLS_VERIFY", ""),
        ("app-tls-unverified", "EMAIL_VERIFY", "false"),
        ("app-oauth-http", "JWT_ISSUER", "http://portal.clinic.example"),
        ("app-oauth-http", "OAUTH_REDIRECT_URI", "http://localhost:8000/callback"),
        ("app-oauth-http", "OAUTHLIB_INSECURE_TRANSPORT", ""),
        ("app-audit-off", "AUDIT_LOG_PATH", "false"),
        ("app-csrf-off", "CSRF_COOKIE_SECURE", "false"),
        ("app-mfa-off", "MFA_ISSUER", "off"),
        ("app-password-length", "PASSWORD_MIN_LENGTH", "twelve"),
        ("app-any-host", "ALLOWED_HOSTS", "*.clinic.example"),
        ("app-log-detail", "LOG_LEVEL", "info"),
        ("app-https-not-enforced", "HSTS_PRELOAD", "false"),
        ("app-jwt-unverified", "JWT_ALGORITHM", "HS256"),
    ],
)
def test_no_false_alarm(check_id: str, name: str, value: str) -> None:
    assert not failures(check_id, **{name: value})
