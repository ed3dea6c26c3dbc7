import base64
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.credentials.strength import Use, bits_of, ceiling, weakness_of

HEX_32_BYTES = "7f2c9a41d8e6035b7c1d9e8f2a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d"


@pytest.mark.parametrize(
    "value",
    [
        "development_secret_key_change_in_production",  # zxcvbn alone gives it 4 of 4
        "this_is_my_very_long_jwt_secret_key_for_clinic",
        "MySuperSecretSigningKeyForTheClinicPortal",
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "a" * 64,
        "0123456789" * 5,
    ],
)
def test_long_keys_made_of_words_or_patterns_are_weak(value: str) -> None:
    assert "guessable" in weakness_of(value, Use.SIGNING_KEY)


@pytest.mark.parametrize(("algorithm", "size"), [("HS256", 32), ("HS384", 48), ("HS512", 64)])
def test_a_signing_key_is_as_long_as_its_hash(algorithm: str, size: int) -> None:
    random = "q7Zk2mX94vBn3W8rT6yP5hD1sLfGjC0xUaEoIiQwKdMtNbRzHpYgVcSeJuAl4O9F7dK3"
    assert f"{size} bytes" in weakness_of(random[: size - 1], Use.SIGNING_KEY, algorithm=algorithm)
    assert weakness_of(random[:size], Use.SIGNING_KEY, algorithm=algorithm) == ""


def test_bytes_count_not_characters() -> None:
    assert weakness_of("ä" * 8 + "q7Zk2mX94vBn3W8r", Use.SIGNING_KEY) != "shorter than the 32 bytes that HS256 takes"


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("hello_123", "shorter than 12"),
        ("hapi_secure_password_123", "password"),
        ("P@ssw0rd-2024-x", "password"),
        ("adminAdmin!123", "guessable"),
        ("Winter-Summer-24", "guessable"),
        ("quiet-harbour-lantern-marble", "without upper-case letters and digits"),
        ("Xk-clinicapp-92!z", "name"),
    ],
)
def test_weak_passwords(value: str, word: str) -> None:
    assert word in weakness_of(value, Use.PASSWORD, names={"clinicapp"})


@pytest.mark.parametrize("value", ["Rm7-quiet-Harbor-41", HEX_32_BYTES, "q7zk2mx94vbn3w8rt6yp5hd1", "T$9vk!2Lq#8x"])
def test_strong_passwords(value: str) -> None:
    assert weakness_of(value, Use.PASSWORD) == ""


def test_a_short_random_token_is_enough_for_a_token_and_not_for_a_key() -> None:
    assert weakness_of("q7zk2mx94vbn3w8", Use.TOKEN) == ""
    assert weakness_of("q7zk2mx94vbn3w8", Use.KEY) == "shorter than 128 bits even if it is random"


@settings(max_examples=60)
@given(st.binary(min_size=32, max_size=48))
def test_random_bytes_are_a_good_key_in_any_encoding(data: bytes) -> None:
    if len(set(data)) < 24:
        return  # hypothesis likes repeated bytes, which are no random key
    for text in (data.hex(), base64.b64encode(data).decode(), base64.urlsafe_b64encode(data).decode().rstrip("=")):
        assert weakness_of(text, Use.SIGNING_KEY) == ""


@settings(max_examples=100)
@given(st.text(string.printable, max_size=60), st.sampled_from(list(Use)))
def test_any_value_is_estimated_and_nothing_of_it_is_told(value: str, use: Use) -> None:
    assert 0 <= bits_of(value) <= ceiling(value) + 1e-6
    if len(value) > 5:
        assert f"~{value}~" not in f"~{weakness_of(value, use)}~"
