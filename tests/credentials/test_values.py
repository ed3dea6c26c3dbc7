import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.credentials.urls import passwords_in
from auditor.credentials.values import Circumstances, judge
from auditor.model.credential import FileRole, SecretForm

LIVE, TEMPLATE = FileRole.LIVE, FileRole.TEMPLATE


def form(value: str, key: str = "DB_PASSWORD", role: FileRole = LIVE, *, env_like: bool = True) -> SecretForm:
    return judge(key, value, Circumstances(role=role, env_like=env_like)).form


@pytest.mark.parametrize(
    "value",
    ["${DB_PASSWORD}", "$DB_PASSWORD", "$(DB_PASSWORD)", "{{ .Values.password }}", "/run/secrets/db", "vault:secret/data/db#password", "op://vault/db/password", "arn:aws:secretsmanager:eu-west-1:000000000000:secret:db", "projects/clinic/secrets/db/versions/1", "var.db_password", "data.aws_secretsmanager_secret_version.db.secret_string", "%env(DB_PASSWORD)%", "DB_ROOT_PASSWORD"],
)  # fmt: skip
def test_references(value: str) -> None:
    assert form(value) is SecretForm.REFERENCE


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", SecretForm.EMPTY),
        ("ENC[AES256_GCM,data:abc=,type:str]", SecretForm.ENCRYPTED),
        ("$2b$12$abcdefghijklmnopqrstuv", SecretForm.HASH),
        ("SCRAM-SHA-256$4096:salt$key:key", SecretForm.HASH),
        ("pk_live_abcdefgh", SecretForm.PUBLIC),
        ("changeme", SecretForm.PLACEHOLDER),
        ("<your password>", SecretForm.PLACEHOLDER),
        ("change-me-in-production", SecretForm.PLACEHOLDER),
        ("XXXXXXXX_XXXX-XXXX", SecretForm.PLACEHOLDER),
        ("password", SecretForm.DEFAULT),
        ("postgres", SecretForm.DEFAULT),
        ("1234", SecretForm.DEFAULT),
        ("hello_123", SecretForm.LITERAL),
        ("Rm7-quiet-Harbor-41", SecretForm.LITERAL),
        ("development_secret_key_9", SecretForm.LITERAL),
    ],
)
def test_forms(value: str, expected: SecretForm) -> None:
    assert form(value) is expected


def test_a_switch_or_number_under_a_token_key_is_no_secret() -> None:
    assert form("true", "CSRF_TOKEN") is SecretForm.NOT_SECRET
    assert form("3600", "REFRESH_TOKEN") is SecretForm.NOT_SECRET
    assert form("15m", "ACCESS_TOKEN") is SecretForm.NOT_SECRET
    assert form("840271956314", "ACCESS_TOKEN") is SecretForm.LITERAL
    assert form("123", "DJANGO_SECRET_KEY") is SecretForm.DEFAULT


def test_the_name_of_a_secret_is_a_reference_where_names_are_written() -> None:
    assert form("fhir-db-password", "fhir_db_password_secret", env_like=False) is SecretForm.REFERENCE
    assert form("fhir-db-password", "FHIR_DB_PASSWORD", env_like=True) is SecretForm.DEFAULT


def test_a_common_word_is_a_placeholder_in_a_template_only() -> None:
    assert form("secret", role=TEMPLATE) is SecretForm.PLACEHOLDER
    assert form("secret", role=LIVE) is SecretForm.DEFAULT


def test_a_password_like_the_user_name_is_a_default() -> None:
    where = Circumstances(role=LIVE, env_like=True, principal="postgres://db/hapiuser")
    found = judge("DB_PASSWORD", "hapiuser", where)
    assert found.form is SecretForm.DEFAULT
    assert "hapiuser" not in found.reason


def test_a_private_key_is_a_literal() -> None:
    assert form("-----BEGIN RSA PRIVATE KEY-----\nfake\n-----END RSA PRIVATE KEY-----", "TLS_KEY") is SecretForm.LITERAL


@given(st.text(string.ascii_letters + string.digits, min_size=20, max_size=60).filter(lambda t: not t.isdigit()))
def test_a_long_random_value_is_never_taken_for_anything_else(value: str) -> None:
    """Words inside a random-looking value must not make it a placeholder, a name or a number."""
    if value.lower().startswith(("example", "dummy", "fake", "sample", "placeholder", "replace", "notset", "notreal")):
        return
    if value.lower().startswith(("change", "x" * 20)) or set(value) <= {"x", "X"}:
        return
    assert form(value) in {SecretForm.LITERAL, SecretForm.HASH}


@given(st.text(max_size=200).map(lambda text: text + "7"))
def test_any_value_is_judged_and_the_reason_does_not_quote_it(value: str) -> None:
    """The digit keeps apart the words of a reason and a value that is one of them, such as "placeholder"."""
    judgement = judge("API_TOKEN", value, Circumstances(role=LIVE, env_like=False))
    if len(value.strip()) > 8:
        assert value.strip() not in judgement.reason + judgement.weakness


_PASSWORD = st.text(string.ascii_letters + string.digits + "!$%^*()-_=+", min_size=1, max_size=30)


@given(
    _PASSWORD.map(lambda text: text.replace("%", "%25")), st.sampled_from(["postgres", "redis", "amqp", "mongodb+srv"])
)
def test_the_password_of_a_url_is_found_where_it_stands(password: str, scheme: str) -> None:
    value = f"{scheme}://app:{password}@db.internal:5432/clinic"
    (found,) = passwords_in(value)
    assert value[found.start : found.end] == password
    assert found.password == password.replace("%25", "%")
    assert (found.user, found.host) == ("app", "db.internal")


@pytest.mark.parametrize("value", ["http://host:8080/path", "postgres://app@db/x", "10:30@home", "Server=db;User=sa"])
def test_urls_without_a_password(value: str) -> None:
    assert passwords_in(value) == []


@pytest.mark.parametrize(
    "value",
    [
        "Server=db;Database=clinic;User Id=app;Password=Quiet-Harbor-9;Encrypt=true",
        'org.example.PlainLoginModule required username="app" password="Quiet-Harbor-9";',
    ],
)
def test_a_connection_string(value: str) -> None:
    (found,) = passwords_in(value)
    assert found.password == "Quiet-Harbor-9"
    assert found.user == "app"
    assert found.host == ("db" if "Server" in value else "")


@pytest.mark.parametrize("value", ["not-needed", "read-only-not-needed", "not_required", "unused", "notused"])
def test_a_remark_that_there_is_no_secret(value: str) -> None:
    assert form(value) is SecretForm.NOT_SECRET


def test_digits_and_a_letter_are_a_duration_only_if_they_are_few() -> None:
    assert form("00000000000000000000d") is SecretForm.LITERAL
    assert form("3600s") is SecretForm.NOT_SECRET


def test_a_key_in_base64_that_begins_with_a_slash_is_no_path() -> None:
    assert form("/AVBBtZR4Go9IvXc/OebAVSgll4PAI2sw2aO1GHExfXB") is SecretForm.LITERAL
    assert form("/run/secrets/clinic-db-password-2024") is SecretForm.REFERENCE
