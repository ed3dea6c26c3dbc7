"""What a key is used for in Python: calls, salts, names around them, settings of frameworks."""

import pytest

from tests.technologies.common.code.reading import kept_apart, mechanisms, uses

HEAD = "import hmac, os\nimport jwt\nfrom app.config import settings\n"


def found(text: str) -> set[tuple[str, str]]:
    return mechanisms({"app/security.py": HEAD + text})


@pytest.mark.parametrize(
    ("text", "mechanism"),
    [
        ("jwt.encode({}, settings.APP_SECRET)", "jwt"),
        ("jwt.decode(token, key=settings.APP_SECRET)", "jwt"),
        ("from jose import jwt as tokens\ntokens.encode({}, settings.APP_SECRET)", "jwt"),
        ("from authlib.jose import jwt as tokens\ntokens.encode({}, {}, settings.APP_SECRET)", "jwt"),
        ("def f(s): return hmac.new(settings.APP_SECRET.encode(), s)", "signing"),
        ("def make_csrf(s): return hmac.digest(settings.APP_SECRET, s, 'sha256')", "csrf"),
        ("def make_jwt(s): return hmac.digest(settings.APP_SECRET, s, 'sha256')", "jwt"),
        ("def confirm(s):\n    csrf_key = settings.APP_SECRET\n    return hmac.new(csrf_key, s)", "password-reset"),
        ("def f(s):\n    csrf_key = settings.APP_SECRET\n    return hmac.new(csrf_key, s)", "csrf"),
        ("def create_refresh_token(s): return jwt.encode(s, settings.APP_SECRET)", "jwt-refresh"),
        ("def create_session(s): return jwt.encode(s, settings.APP_SECRET)", "jwt"),
        ("from cryptography.fernet import Fernet\nFernet(settings.APP_SECRET)", "encryption"),
        ("import itsdangerous\nitsdangerous.Signer(settings.APP_SECRET, salt='csrf')", "csrf"),
        ("import itsdangerous\nitsdangerous.Signer(settings.APP_SECRET, salt='verify-email')", "password-reset"),
        ("app.add_middleware(SessionMiddleware, secret_key=settings.APP_SECRET)", "session"),
        ("app.add_middleware(CSRFMiddleware, secret=settings.APP_SECRET)", "csrf"),
        ("def strategy(): return JWTStrategy(secret=settings.APP_SECRET, lifetime_seconds=3600)", "jwt"),
        ("class Users(BaseUserManager):\n    reset_password_token_secret = settings.APP_SECRET", "password-reset"),
    ],
)
def test_calls_and_the_names_around_them(text: str, mechanism: str) -> None:
    assert found(text) == {("APP_SECRET", mechanism)}


def test_a_salt_keeps_purposes_apart_under_one_key() -> None:
    text = "from itsdangerous import TimestampSigner\nTimestampSigner(settings.APP_SECRET, salt='invite')\nTimestampSigner(settings.APP_SECRET)\n"
    assert [(use.mechanism, use.is_separated) for use in uses({"a.py": HEAD + text})] == [
        ("password-reset", True),
        ("signing", False),
    ]


def test_the_key_of_a_webhook_is_for_webhooks_wherever_it_signs() -> None:
    assert found("def check(body): return hmac.new(settings.WEBHOOK_SECRET, body)") == {("WEBHOOK_SECRET", "webhook")}


def test_calls_of_other_libraries_take_no_key() -> None:
    assert found("import json\njson.encode({}, settings.APP_SECRET)\nencode({}, settings.APP_SECRET)\n") == set()


DJANGO = 'import os\nINSTALLED_APPS = ["clinic"]\nSECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (DJANGO, {("DJANGO_SECRET_KEY", "framework")}),
        ('INSTALLED_APPS = []\nSECRET_KEY = "django-insecure-kd83"\n', {("SECRET_KEY", "framework")}),
        ('import os\nSECRET_KEY = os.environ["APP_SECRET"]\n', set[tuple[str, str]]()),
        (
            DJANGO + 'SIMPLE_JWT = {"SIGNING_KEY": SECRET_KEY}\n',
            {("DJANGO_SECRET_KEY", "framework"), ("DJANGO_SECRET_KEY", "jwt")},
        ),
        (
            DJANGO + "SIMPLE_JWT = {}\n",
            {("DJANGO_SECRET_KEY", "framework"), ("DJANGO_SECRET_KEY", "jwt")},
        ),
        (
            DJANGO + 'SIMPLE_JWT = {"SIGNING_KEY": os.environ["API_SIGNING_KEY"]}\n',
            {("DJANGO_SECRET_KEY", "framework"), ("API_SIGNING_KEY", "jwt")},
        ),
        (DJANGO + 'SIMPLE_JWT = {"ALGORITHM": "RS256"}\n', {("DJANGO_SECRET_KEY", "framework")}),
        (DJANGO + "SIMPLE_JWT = {**COMMON}\n", {("DJANGO_SECRET_KEY", "framework")}),
        (
            (
                'import os\nfrom flask import Flask\napp = Flask("a")\napp.secret_key = os.environ["APP_SECRET"]\n'
                'app.config["JWT_SECRET_KEY"] = os.environ["APP_SECRET"]\n'
            ),
            {("APP_SECRET", "framework"), ("APP_SECRET", "jwt")},
        ),
        (
            (
                'import os\napp.config["SECRET_KEY"] = os.environ["APP_SECRET"]\n'
                'app.config["WTF_CSRF_SECRET_KEY"] = os.environ["FORM_SECRET"]\n'
            ),
            {("APP_SECRET", "framework"), ("FORM_SECRET", "csrf")},
        ),
        ('import os\nuser.secret_key = os.environ["APP_SECRET"]\n', set[tuple[str, str]]()),
    ],
)
def test_keys_that_frameworks_use(text: str, expected: set[tuple[str, str]]) -> None:
    assert mechanisms({"clinic/settings.py": text}) == expected


def test_a_setting_s_own_name_counts_where_another_purpose_takes_its_value() -> None:
    own = 'import os\nJWT_SECRET = os.environ["JWT_SECRET"]\n'
    assert mechanisms({"settings.py": own}) == set()
    assert mechanisms(
        {"settings.py": own, "other.py": "from settings import JWT_SECRET\nCSRF_SECRET = JWT_SECRET\n"}
    ) == {
        ("JWT_SECRET", "jwt"),
        ("JWT_SECRET", "csrf"),
    }


def test_a_variable_s_name_is_no_setting() -> None:
    assert found('def f(s):\n    csrf_secret = os.environ["JWT_SECRET"]\n    return csrf_secret\n') == set()


@pytest.mark.parametrize(
    "text",
    [
        "if settings.JWT_SECRET == settings.CSRF_SECRET: raise SystemExit('equal')",
        "if settings.JWT_SECRET == settings.CSRF_SECRET or len(settings.CSRF_SECRET) < 32:\n    import sys\n    sys.exit(1)",
        "assert settings.JWT_SECRET != settings.CSRF_SECRET",
        "if len({settings.JWT_SECRET, settings.CSRF_SECRET}) != 2: raise ValueError",
        "if len(set([settings.JWT_SECRET, settings.CSRF_SECRET])) < 2: raise ValueError",
        (
            "class S(BaseSettings):\n    jwt_secret: str\n    csrf_secret: str\n    @model_validator(mode='after')\n"
            "    def differ(self):\n        if self.jwt_secret == self.csrf_secret: raise ValueError('equal')\n"
        ),
    ],
)
def test_a_program_that_refuses_equal_secrets(text: str) -> None:
    assert kept_apart({"a.py": HEAD + text}) == {frozenset({"JWT_SECRET", "CSRF_SECRET"})}


@pytest.mark.parametrize(
    "text",
    [
        "if settings.JWT_SECRET == settings.CSRF_SECRET: print('equal')",
        "if settings.JWT_SECRET != settings.CSRF_SECRET: raise SystemExit",
        "assert settings.JWT_SECRET == settings.CSRF_SECRET",
        "if settings.JWT_SECRET == 'x': raise SystemExit",
        "if len({settings.JWT_SECRET, settings.CSRF_SECRET}) == 2: raise ValueError",
        "def check(secret):\n    if secret == settings.JWT_SECRET: raise ValueError",
    ],
)
def test_other_comparisons_keep_nothing_apart(text: str) -> None:
    assert kept_apart({"a.py": HEAD + text}) == set()
