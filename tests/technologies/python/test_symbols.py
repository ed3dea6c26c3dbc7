"""Which setting an expression given to `jwt.encode` stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.technologies.common.code.reading import mechanisms, uses

IMPORTS = (
    "import os, base64, binascii, hashlib, jwt\nfrom os import environ, getenv\nfrom decouple import config\n"
    "from app.config import settings, get_settings, JWT_SECRET\nfrom flask import current_app\n"
)


def symbols(expression: str, before: str = "") -> tuple[str, ...]:
    text = f"{IMPORTS}{before}\ndef make(user, key, request):\n    return jwt.encode({{}}, {expression})\n"
    return tuple(use.symbol for use in uses({"app/security.py": text}))


@pytest.mark.parametrize(
    "expression",
    [
        'os.environ["JWT_SECRET"]',
        'environ["JWT_SECRET"]',
        'os.environ.get("JWT_SECRET")',
        'os.getenv("JWT_SECRET")',
        'getenv("JWT_SECRET", "x")',
        'config("JWT_SECRET")',
        'config("JWT_SECRET", default="", cast=str)',
        'env.str("JWT_SECRET")',
        "settings.JWT_SECRET",
        "settings.jwt_secret",
        "settings.jwt_secret.get_secret_value()",
        "settings.jwt.secret",
        "get_settings().jwt_secret",
        'getattr(settings, "JWT_SECRET")',
        'current_app.config["JWT_SECRET"]',
        'current_app.config.get("JWT_SECRET")',
        "self.settings.jwt_secret",
        "JWT_SECRET",
        "JWT_SECRET.encode()",
        'JWT_SECRET.encode("utf-8").strip()',
        'bytes(JWT_SECRET, "utf-8")',
        "str(JWT_SECRET)",
        "base64.b64decode(JWT_SECRET)",
        "base64.urlsafe_b64decode(JWT_SECRET.encode())",
        "binascii.unhexlify(JWT_SECRET)",
        "bytes.fromhex(JWT_SECRET)",
        'f"{JWT_SECRET}"',
        "JWT_SECRET[:32]",
        "(JWT_SECRET)",
    ],
)
def test_wrappers_are_seen_through(expression: str) -> None:
    found = uses({"app/security.py": f"{IMPORTS}jwt.encode({{}}, {expression})\n"})
    assert [(use.symbol, use.is_separated, use.is_fallback) for use in found] == [("JWT_SECRET", False, False)]


@pytest.mark.parametrize(
    "expression",
    [
        "key",
        "user.secret",
        "user.totp_secret",
        'request.headers["X-Api-Key"]',
        'request.cookies.get("csrf_token")',
        'user["secret"]',
        '"a literal"',
        "hashlib",
        "load_key()",
        "[JWT_SECRET]",
    ],
)
def test_what_may_be_anything_is_no_setting(expression: str) -> None:
    assert symbols(expression) == ()


def test_a_parameter_hides_the_constant_of_its_name() -> None:
    assert symbols("key", 'key = os.environ["JWT_SECRET"]') == ()


@pytest.mark.parametrize(
    ("before", "expression"),
    [
        ('SIGNING = os.environ["JWT_SECRET"]', "SIGNING"),
        ('A = os.environ["JWT_SECRET"]\nB = A', "B"),
        ("conf = get_settings()", "conf.jwt_secret"),
        ("s = get_settings()", "s.jwt_secret"),
        ('JWT_SECRET = "kd83-Plover-19-lamp"', "JWT_SECRET"),
    ],
)
def test_names_of_the_module_are_followed(before: str, expression: str) -> None:
    assert symbols(expression, before) == ("JWT_SECRET",)


@pytest.mark.parametrize(
    "expression",
    [
        'os.getenv("CSRF_SECRET") or os.environ["JWT_SECRET"]',
        'os.getenv("CSRF_SECRET", os.environ["JWT_SECRET"])',
        'config("CSRF_SECRET", default=settings.JWT_SECRET)',
        'getattr(settings, "CSRF_SECRET", settings.JWT_SECRET)',
    ],
)
def test_a_fallback_is_second(expression: str) -> None:
    found = uses({"a.py": f"{IMPORTS}jwt.encode({{}}, {expression})\n"})
    assert [(use.symbol, use.is_fallback) for use in found] == [("CSRF_SECRET", False), ("JWT_SECRET", True)]


@pytest.mark.parametrize(
    "expression",
    [
        "hashlib.sha256(JWT_SECRET.encode()).digest()",
        'hashlib.pbkdf2_hmac("sha256", JWT_SECRET, b"csrf", 1000)',
        'HKDF(algorithm=a, length=32, salt=None, info=b"csrf").derive(JWT_SECRET)',
        'JWT_SECRET + ":csrf"',
        'f"{JWT_SECRET}:csrf"',
    ],
)
def test_a_derived_key_is_kept_apart(expression: str) -> None:
    found = uses({"a.py": f"{IMPORTS}jwt.encode({{}}, {expression})\n"})
    assert [(use.symbol, use.is_separated) for use in found] == [("JWT_SECRET", True)]


def test_an_attribute_of_self_is_what_the_class_assigns() -> None:
    text = """
import hmac, jwt
from app.config import settings

class Hooks:
    def __init__(self, secret):
        self.secret = secret
    def check(self, body):
        return hmac.new(self.secret, body)

class Tokens:
    secret = settings.JWT_SECRET
    def __init__(self):
        self.key = settings.JWT_SECRET
    def make(self):
        return jwt.encode({}, self.key)
    def read(self, token):
        return jwt.decode(token, self.secret)

@dataclass
class Given:
    secret: str
    def make(self):
        return jwt.encode({}, self.secret)
"""
    assert {(use.symbol, use.function) for use in uses({"a.py": text})} == {
        ("JWT_SECRET", "make"),
        ("JWT_SECRET", "read"),
    }


PYDANTIC = """
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

class Jwt(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="JWT_")
    secret: SecretStr
    extra_secret: str = Field(validation_alias="CSRF_SECRET")

class Hooks(BaseSettings):
    class Config:
        env_prefix = "HOOK_"
    secret: str
    other_secret: str = Field(validation_alias=AliasChoices("SESSION_SECRET", "COOKIE_SECRET"))
"""


def test_fields_of_settings_classes_have_the_names_of_their_variables() -> None:
    text = """
import hmac, jwt
from app.config import jwt_settings, hook_settings, settings
def make(): return jwt.encode({}, jwt_settings.secret.get_secret_value())
def verify_webhook(body): return hmac.new(hook_settings.secret.encode(), body)
def csrf(s): return hmac.new(settings.extra_secret.encode(), s)
def session(s): return hmac.new(settings.other_secret.encode(), s)
"""
    assert mechanisms({"app/config.py": PYDANTIC, "app/security.py": text}) == {
        ("JWT_SECRET", "jwt"),
        ("HOOK_SECRET", "webhook"),
        ("CSRF_SECRET", "csrf"),
        ("SESSION_SECRET", "session"),
    }


def test_settings_of_another_program_do_not_name_this_ones() -> None:
    settings = (
        "class S(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='BILLING_')\n    app_secret: str\n"
    )
    text = "import jwt\nfrom app.config import settings\njwt.encode({}, settings.app_secret)\n"
    assert mechanisms({"billing/config.py": settings, "billing/main.py": text}) == {("BILLING_APP_SECRET", "jwt")}
    two = {"billing/config.py": settings, "billing/manage.py": "", "api/manage.py": "", "api/main.py": text}
    assert mechanisms(two) == {("APP_SECRET", "jwt")}


def test_a_constant_of_another_module_is_the_variable_it_is_read_from() -> None:
    config = 'import os\nSIGNING_SECRET = os.environ["JWT_SECRET"]\nRESET_SECRET = os.getenv("RESET_SECRET") or SIGNING_SECRET\n'
    text = "import jwt\nfrom app.config import SIGNING_SECRET\nfrom app import config\njwt.encode({}, SIGNING_SECRET)\njwt.decode(t, config.SIGNING_SECRET)\n"
    found = [use for use in uses({"app/config.py": config, "app/a.py": text}) if use.component == "app/a.py"]
    assert [use.symbol for use in found] == ["JWT_SECRET", "JWT_SECRET"]


_NAMES = st.sampled_from(["JWT_SECRET", "CSRF_SECRET", "SESSION_SECRET", "APP_SECRET_KEY"])
_WRAPPERS = st.lists(
    st.sampled_from(["{}.encode()", "str({})", "({})", "base64.b64decode({})", "{}.strip()", "bytes({}, 'utf-8')"]),
    max_size=5,
)
_READS = st.sampled_from(
    [
        'os.environ["{}"]',
        'os.getenv("{}")',
        "settings.{}",
        'config("{}")',
        'current_app.config["{}"]',
        'getattr(settings, "{}")',
    ]
)
_CALLS = st.sampled_from(
    [
        ("def make_token():\n    return jwt.encode({{}}, {})\n", "jwt"),
        ("def csrf(s):\n    return hmac.new({}, s)\n", "csrf"),
        ("def sign_session(s):\n    return hmac.new({}, s)\n", "session"),
        ("def cipher():\n    return Fernet({})\n", "encryption"),
        ("def reset_link(s):\n    return URLSafeTimedSerializer({}, salt='x')\n", "password-reset"),
    ]
)


@given(st.lists(st.tuples(_NAMES, _READS, _WRAPPERS, _CALLS), min_size=1, max_size=6))
def test_every_setting_of_a_generated_module_is_found_with_its_mechanism(
    parts: list[tuple[str, str, list[str], tuple[str, str]]],
) -> None:
    text = (
        "import hmac\nfrom cryptography.fernet import Fernet\nfrom itsdangerous import URLSafeTimedSerializer\n"
        + IMPORTS
    )
    expected: set[tuple[str, str]] = set()
    for name, read, wrappers, (call, mechanism) in parts:
        expression = read.format(name)
        for wrapper in wrappers:
            expression = wrapper.format(expression)
        text += call.format(expression)
        expected.add((name, mechanism))
    assert mechanisms({"a.py": text}) == expected
