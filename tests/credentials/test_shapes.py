import pytest

from auditor.credentials.shapes import hash_of, holds_private_key, is_encrypted, is_password_line, is_public, is_typed

DIGEST = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    "value",
    ["$2b$12$abcdefghijklmnopqrstuv", "$6$salt$hash", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA", "clinic:$2y$05$abcdefghijkl", "pbkdf2_sha256$600000$salt$hash", "SCRAM-SHA-256$4096:salt$key:key", "clinic:$$2y$$05$$abcdefghijkl"],
)  # fmt: skip
def test_slow_hashes(value: str) -> None:
    assert hash_of("ADMIN_PASSWORD", value) == ""


@pytest.mark.parametrize(
    "value",
    ["$apr1$salt$hash", "$1$salt$hash", "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "{SSHA}abc", f"md5{DIGEST}", f"*{DIGEST}01234567".upper(), f"#{DIGEST}{DIGEST}"],
)  # fmt: skip
def test_fast_hashes(value: str) -> None:
    assert hash_of("ADMIN_PASSWORD", value)


def test_digits_alone_are_a_hash_only_where_the_key_says_so() -> None:
    assert hash_of("ADMIN_PASSWORD_HASH", DIGEST)
    assert hash_of("JWT_SECRET", DIGEST) is None
    assert hash_of("ADMIN_PASSWORD", "Rm7-quiet-Harbor-41") is None


def test_public_values() -> None:
    assert is_public("TLS_CERT", "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----")
    assert is_public("DEPLOY_KEY", "ssh-ed25519 AAAAC3Nza clinic")
    assert is_public("apiKey", "AIza" + "a" * 35, ("web", "firebase"))
    assert not is_public("apiKey", "AIza" + "a" * 35, ("web", "maps"))
    assert not is_public("SECRET_KEY", "sk_live_0123456789abcdefghij")


def test_identifiers_and_numbers() -> None:
    uuid = "123e4567-e89b-42d3-a456-426614174000"
    assert is_typed("TENANT_KEY", uuid)
    assert not is_typed("CLIENT_SECRET", uuid)
    assert is_typed("CSRF_TOKEN", "12345")
    assert not is_typed("DB_PASSWORD", "12345")
    assert not is_typed("ACCESS_TOKEN", "840271956314")


def test_what_else_is_known_by_its_form() -> None:
    assert is_encrypted("ENC[AES256_GCM,data:abc,type:str]")
    assert not is_encrypted("ENCODED")
    assert holds_private_key("x\n-----BEGIN EC PRIVATE KEY-----\nabc")
    assert not holds_private_key("-----BEGIN PUBLIC KEY-----")
    assert is_password_line("clinic:$apr1$salt$hash")
    assert not is_password_line("clinic:plain$text$")
