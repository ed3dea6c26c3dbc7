import base64
import gzip
import string
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.credentials.decoding import MAX_OUTPUT, decoded_forms

VALUE = "Rm7-quiet-Harbor-41"


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.mark.parametrize(
    "encoded",
    [
        b64(VALUE.encode()),
        base64.urlsafe_b64encode((VALUE + "??>>").encode()).decode().rstrip("="),
        VALUE.encode().hex(),
        VALUE.encode().hex().upper(),
        quote(VALUE + "/&=", safe=""),
        b64(gzip.compress(VALUE.encode(), mtime=0)),
    ],
)
def test_one_step(encoded: str) -> None:
    assert decoded_forms(encoded)[0].startswith(VALUE)


def test_three_steps_and_not_four() -> None:
    once = b64(VALUE.encode())
    twice, thrice = b64(once.encode()), b64(b64(once.encode()).encode())
    assert decoded_forms(thrice) == (twice, once, VALUE)
    assert VALUE not in decoded_forms(b64(thrice.encode()))


def test_a_release_of_helm() -> None:
    release = b64(b64(gzip.compress(b'{"password": "x"}')).encode())
    assert decoded_forms(release)[-1] == '{"password": "x"}'


@pytest.mark.parametrize("value", ["", "changeme", "correct horse", VALUE, "k8s-goat-cf658c56a501385205cc6d2dafee8fc1"])
def test_plain_text_has_no_other_form(value: str) -> None:
    assert decoded_forms(value) == ()


def test_a_bomb_is_not_unpacked() -> None:
    assert decoded_forms(b64(gzip.compress(b"a" * (2 * MAX_OUTPUT)))) == ()


@given(st.binary(min_size=24, max_size=48))
def test_random_bytes_are_no_encoding_of_a_text(data: bytes) -> None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        assert decoded_forms(b64(data)) == ()
    else:
        assert all(form == text or len(form) < len(text) for form in decoded_forms(b64(data)))


@given(st.text(string.ascii_letters + string.digits + "-_.! ", min_size=8, max_size=60).filter(str.strip))
def test_every_encoding_of_a_text_leads_to_it(text: str) -> None:
    for encoded in (b64(text.encode()), text.encode().hex()):
        assert text in decoded_forms(encoded)
