"""The hazard in its own shape: an API that signs four kinds of token with one setting, and its hardened twin."""

from tests.inventory.scanning import scan

CONFIG = """
from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    jwt_secret: SecretStr
    access_minutes: int = 15


settings = Settings()
"""
SECURITY = '''
"""Tokens of the patient portal."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import jwt
from fastapi import Depends, HTTPException
from fastapi.security import OAuth2PasswordBearer

from app.config import settings

ALGORITHM = "HS256"
SECRET = settings.jwt_secret.get_secret_value()
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="login")


def create_access_token(user_id: str) -> str:
    claims = {"sub": user_id}
    claims.update({"exp": datetime.now(UTC) + timedelta(minutes=settings.access_minutes)})
    return jwt.encode(claims, SECRET, algorithm=ALGORITHM)


def create_refresh_token(user_id: str) -> str:
    claims = {"sub": user_id, "type": "refresh", "exp": datetime.now(UTC) + timedelta(days=7)}
    return jwt.encode(claims, settings.jwt_secret.get_secret_value(), algorithm=ALGORITHM)


def create_password_reset_token(user_id: str) -> str:
    expires = datetime.now(UTC) + timedelta(hours=1)
    return jwt.encode({"sub": user_id, "exp": expires}, SECRET, algorithm=ALGORITHM)


def make_csrf_token(session_id: str) -> str:
    return hmac.new(SECRET.encode(), session_id.encode(), hashlib.sha256).hexdigest()


def current_user(token: str = Depends(oauth2_scheme)) -> str:
    try:
        return str(jwt.decode(token, SECRET, algorithms=[ALGORITHM])["sub"])
    except jwt.PyJWTError:
        raise HTTPException(status_code=401) from None
'''
SHARED = {"pyproject.toml": "[project]\nname = 'portal'\n", "app/config.py": CONFIG, "app/security.py": SECURITY}

HARDENED_CONFIG = """
from itertools import combinations

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    jwt_secret: SecretStr
    refresh_secret: SecretStr
    csrf_secret: SecretStr
    reset_secret: SecretStr
    access_minutes: int = 15

    @model_validator(mode="after")
    def secrets_differ(self) -> "Settings":
        secrets = [self.jwt_secret, self.refresh_secret, self.csrf_secret, self.reset_secret]
        if len({self.jwt_secret, self.refresh_secret, self.csrf_secret, self.reset_secret}) != 4:
            raise ValueError("the secrets must differ")
        if any(len(secret.get_secret_value()) < 32 for secret in secrets):
            raise ValueError("a secret has 32 characters or more")
        return self


settings = Settings()
"""
HARDENED = {
    **SHARED,
    "app/config.py": HARDENED_CONFIG,
    "app/security.py": SECURITY.replace(
        "claims, settings.jwt_secret.get_secret_value()", "claims, settings.refresh_secret.get_secret_value()"
    )
    .replace('"exp": expires}, SECRET', '"exp": expires}, settings.reset_secret.get_secret_value()')
    .replace("SECRET.encode()", "settings.csrf_secret.get_secret_value().encode()"),
}


def test_one_finding_names_every_mechanism_and_every_line() -> None:
    report = scan(SHARED).report
    (finding,) = [finding for finding in report.findings if finding.check_id.startswith("secret-shared")]
    assert finding.check_id == "secret-shared-in-code"
    assert finding.severity == "high"
    assert finding.message.startswith(
        "JWT_SECRET is the key for CSRF tokens, JSON Web Tokens, password-reset and confirmation links and refresh tokens: "
    )
    lines = SECURITY.split("\n")
    calls = {
        number
        for number, line in enumerate(lines, 1)
        if "jwt.encode(" in line or "hmac.new" in line or "jwt.decode(" in line
    }
    assert {finding.line, *(place.line for place in finding.related)} == calls
    for function in ("create_access_token", "create_refresh_token", "create_password_reset_token", "make_csrf_token"):
        assert function in finding.message


def test_the_hardened_twin_has_none() -> None:
    report = scan(HARDENED).report
    assert [finding for finding in report.findings if finding.check_id.startswith(("secret-", "token-"))] == []


def test_the_start_up_check_is_known_where_the_settings_have_one_value() -> None:
    """The check turns a warning about equal values into a low one: the program would not start."""
    env = "JWT_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55\nCSRF_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55\n"

    def severities(files: dict[str, str]) -> list[str]:
        report = scan({**files, ".env": env}).report
        return [finding.severity for finding in report.findings if finding.check_id == "secret-shared-purposes"]

    assert severities(HARDENED) == ["low"]
    assert severities({".env": env}) == ["high"]
