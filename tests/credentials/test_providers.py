import string
import time

import pytest

from auditor.credentials.inscriptions import inscriptions_in
from auditor.credentials.providers import is_access_key_id, is_provider_token, provider_tokens_in

LETTERS = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789" * 8
HEX = "0123456789abcdef" * 16

TOKENS = [
    *(f"gh{kind}_{LETTERS[:36]}" for kind in "pousr"),
    f"github_pat_{LETTERS[:22]}_{LETTERS[:59]}",
    f"glpat-{LETTERS[:20]}",
    f"glrt-{LETTERS[:20]}",
    f"xoxb-123456789012-123456789012-{LETTERS[:24]}",
    f"xapp-1-A0123456789-1234567890123-{HEX[:64]}",
    f"sk_live_{LETTERS[:24]}",
    f"rk_live_{LETTERS[:24]}",
    f"whsec_{LETTERS[:32]}",
    f"SG.{LETTERS[:22]}.{LETTERS[:43]}",
    f"key-{HEX[:32]}",
    f"npm_{LETTERS[:36]}",
    f"pypi-AgEIcHlwaS5vcmc{LETTERS[:60]}",
    f"rubygems_{HEX[:48]}",
    f"AIza{LETTERS[:35]}",
    f"GOCSPX-{LETTERS[:28]}",
    f"hvs.{LETTERS[:24]}",
    f"dop_v1_{HEX[:64]}",
    f"sk-proj-{LETTERS[:48]}",
    f"sk-ant-api03-{LETTERS[:93]}",
    f"hf_{string.ascii_letters[:34]}",
    f"shpat_{HEX[:32]}",
    f"dckr_pat_{LETTERS[:27]}",
    f"dapi{HEX[:32]}",
    f"PMAK-{HEX[:24]}-{HEX[:34]}",
    f"glsa_{LETTERS[:32]}_{HEX[:8]}",
    f"pul-{HEX[:40]}",
    f"NRAK-{LETTERS.upper()[:27]}",
    f"AGE-SECRET-KEY-1{LETTERS.upper()[:58]}",
]


@pytest.mark.parametrize("token", TOKENS)
def test_a_token_alone_and_in_a_text(token: str) -> None:
    assert is_provider_token(token)
    text = f'call("{token}")\n'
    assert [text[start:end] for start, end in provider_tokens_in(text)] == [token]
    assert not is_provider_token(token[:10])


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"AccountName=clinic;AccountKey={LETTERS[:86]}==;EndpointSuffix=x", f"{LETTERS[:86]}=="),
        (f"SharedAccessKeyName=root;SharedAccessKey={LETTERS[:43]}=", f"{LETTERS[:43]}="),
        (f"https://clinic.blob.core.windows.net/x?sv=2022&sig={LETTERS[:43]}%3D&se=1", f"{LETTERS[:43]}%3D"),
    ],
)
def test_what_stands_behind_a_mark(text: str, secret: str) -> None:
    assert [text[start:end] for start, end in provider_tokens_in(text)] == [secret]


@pytest.mark.parametrize(
    "text",
    ["risk-projection", "a-sk_live_", "monkey-0123456789abcdef0123456789abcdef", "ghp_short", "hf_config", "?sig=abc", "dapi docs"],
)  # fmt: skip
def test_what_only_begins_like_one(text: str) -> None:
    assert list(provider_tokens_in(text)) == []


def test_a_browser_key_of_firebase_is_no_secret() -> None:
    key = f"AIza{LETTERS[:35]}"
    assert inscriptions_in(f'const firebaseConfig = {{apiKey: "{key}", authDomain: "x"}}') == ()
    assert len(inscriptions_in(f'const maps = "{key}"')) == 1


def test_an_access_key_id_is_public() -> None:
    assert is_access_key_id("AKIAIOSFODNN7EXAMPLE")
    assert not is_access_key_id("AKIAIOSFODNN7EXAMPL")


@pytest.mark.parametrize("mark", ["xoxb-", "sk-proj-", "glpat-", "&sig=", "AccountKey=", "sk-ant-", "hvs."])
def test_long_texts_of_marks_take_linear_time(mark: str) -> None:
    started = time.perf_counter()
    list(provider_tokens_in(mark * 40_000))
    list(provider_tokens_in(mark + "a" * 400_000))
    assert time.perf_counter() - started < 5
