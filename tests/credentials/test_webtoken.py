"""Tokens are decoded as the RFCs say, and nothing in them makes the decoder fail."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.credentials.inscriptions import InscriptionKind, inscriptions_in
from auditor.credentials.webtoken import decode
from auditor.model.report import Report
from auditor.scan import Result
from tests.inventory.scanning import scan

KEY = "kd83-Plover-19-lamp-Qz4-hazel-55"
# RFC 7515, appendix A.1: a token about "joe", signed with the key that the appendix prints.
RFC_TOKEN = (
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)
RFC_KEY = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed(claims: dict[str, Any], key: str = KEY, algorithm: str = "HS256") -> str:
    digest = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}[algorithm]
    text = f"{encoded({'alg': algorithm, 'typ': 'JWT'})}.{encoded(claims)}"
    signature = hmac.digest(key.encode(), text.encode(), digest)
    return f"{text}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def ids(report: Report) -> set[str]:
    return {finding.check_id for finding in report.findings if finding.check_id.startswith("jwt-")}


def test_the_example_of_the_rfc() -> None:
    token = decode(RFC_TOKEN)
    assert token is not None
    assert (token.algorithm, token.expires, token.is_documentation) == ("HS256", 1300819380, True)


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
@pytest.mark.parametrize("written", [KEY, base64.b64encode(KEY.encode()).decode(), KEY.encode().hex()])
def test_the_repositorys_own_secret_is_found_in_every_form(algorithm: str, written: str) -> None:
    token = signed({"sub": "7f9c1a52-6d0e-4b43-8f5e-2f4a8b1d7c36", "exp": 1}, algorithm=algorithm)
    result = scan({"notes.txt": f"token: {token}\n", ".env": f"A=1\nJWT_SECRET={written}\n"})
    (finding,) = [f for f in result.report.findings if f.check_id == "jwt-signed-by-repository-secret"]
    assert "JWT_SECRET at .env:2" in finding.message
    assert (finding.path, finding.line, finding.column) == ("notes.txt", 1, 8)


def test_the_key_of_the_rfc_is_found_where_a_repository_holds_it_as_base64url() -> None:
    result = scan({"notes.txt": RFC_TOKEN, ".env": f"SIGNING_KEY={RFC_KEY}\n"})
    assert "jwt-signed-by-repository-secret" in ids(result.report)


def test_the_token_of_the_documentation_with_accounts_in_its_scopes() -> None:
    claims = {"sub": "1234567890", "scope": "accounts:12345,43789,90875", "iat": 1516239022}
    result = scan({"api/session.http": f"Authorization: Bearer {signed(claims, 'your-256-bit-secret')}\n"})
    assert ids(result.report) == {"jwt-identifiers-in-scopes", "jwt-without-expiry", "jwt-published-key"}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"email": "patient@clinic.example"}, ["email"]),
        ({"user": {"contact": {"email": "patient@clinic.example"}}}, ["user.contact.email"]),
        ({"sub": "patient@clinic.example"}, ["sub"]),
        ({"people": [{"ssn": "123-45-6789"}]}, ["people.ssn"]),
        ({"x": "123-45-6789"}, ["x"]),
        ({"mrn": "00417"}, ["mrn"]),
        ({"patient_id": "7f9c1a52-6d0e-4b43-8f5e-2f4a8b1d7c36"}, []),
        ({"sub": "7f9c1a52-6d0e-4b43-8f5e-2f4a8b1d7c36", "role": "nurse", "email_verified": True}, []),
        ({"scope": "patient/Observation.read launch/patient fhirUser"}, []),
    ],
)
def test_personal_claims(claims: dict[str, Any], expected: list[str]) -> None:
    token = decode(signed(claims))
    assert token is not None
    assert [claim.path for claim in token.personal] == expected


def test_an_encrypted_token_and_an_opaque_subject_are_fine() -> None:
    jwe = f"{encoded({'alg': 'dir', 'enc': 'A256GCM'})}..AAAAAAAAAAAAAAAA.QUFBQQ.QUFBQUFBQUFBQUFBQUFBQQ"
    opaque = signed({"sub": "7f9c1a52-6d0e-4b43-8f5e-2f4a8b1d7c36", "iat": 1760000000, "exp": 1760000900})
    result = scan({"a.http": f"Bearer {jwe}\n", "b.http": f"Bearer {opaque}\n"})
    assert ids(result.report) == set()


def test_no_output_of_a_scan_holds_a_token_or_a_claims_value() -> None:
    token = signed({"email": "patient@clinic.example", "mrn": "00417"})
    result: Result = scan({"page.html": f"<b>{token}</b>\n"})
    text = str(result.report)
    assert "jwt-personal-data" in text
    for part in (*token.split("."), "patient@clinic.example", "00417"):
        assert part not in text


@given(st.text())
def test_any_text_is_searched_and_decoded_without_a_fault(text: str) -> None:
    decode(text)
    for inscription in inscriptions_in(text):
        assert 0 <= inscription.start < inscription.end <= len(text)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), _JSON))
def test_every_token_is_found_whole_and_decoded(claims: dict[str, Any]) -> None:
    token = signed(claims)
    (found,) = inscriptions_in(f'x "{token}" y')
    assert (found.kind, found.start, found.end) == (InscriptionKind.WEB_TOKEN, 3, 3 + len(token))
    decoded = decode(token)
    assert decoded is not None
    assert decoded.is_encrypted is False


def test_a_private_key_is_found_in_any_text_and_an_ellipsis_is_none() -> None:
    body = "\n".join(["MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7fake0fake1fa"] * 4)
    mark = "PRIVATE KEY-----"
    key = f"-----BEGIN {mark}\n{body}\n-----END {mark}\n"
    ellipsis = (
        f"-----BEGIN {mark}\n...\n-----END {mark}\n"
        f"-----BEGIN {mark}\nput your own key here, please, thanks\n-----END {mark}"
    )
    assert [found.kind for found in inscriptions_in(f"const k = `{key}`; {ellipsis}")] == [InscriptionKind.PRIVATE_KEY]
    result = scan({"web/app.js": f"const k = `{key}`\n"})
    (finding,) = [f for f in result.report.findings if f.check_id == "secret-plaintext"]
    assert (finding.path, finding.line, finding.end_line) == ("web/app.js", 1, 6)
    assert "MIIEvQ" not in str(result.report)
