"""Literals in Python code, files that do not parse, and hostile ones."""

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.report import FileStatus
from auditor.model.source import Source
from auditor.technologies.python import PYTHON
from auditor.technologies.recognition.python import recognise
from tests.inventory.scanning import scan
from tests.technologies.common.code.reading import assignments, facts, literals


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('JWT_SECRET = "kd83-Plover-19"', "JWT_SECRET"),
        ("JWT_SECRET: str = 'kd83-Plover-19'", "JWT_SECRET"),
        ('settings.jwt_secret = b"kd83-Plover-19"', "jwt_secret"),
        ('app.config["SECRET_KEY"] = "kd83-Plover-19"', "SECRET_KEY"),
        ('X = {"db_password": "kd83-Plover-19"}', "db_password"),
        ('connect(password="kd83-Plover-19")', "password"),
        ('def f(a, password="kd83-Plover-19"): pass', "password"),
        ('def f(*, api_key="kd83-Plover-19"): pass', "api_key"),
        ('class S:\n    jwt_secret: SecretStr = SecretStr("kd83-Plover-19")', "jwt_secret"),
        ('class S:\n    jwt_secret: str = Field("kd83-Plover-19", alias="X")', "jwt_secret"),
        ('class S:\n    jwt_secret: str = Field(default="kd83-Plover-19")', "jwt_secret"),
        ('x = os.getenv("JWT_SECRET", "kd83-Plover-19")', "JWT_SECRET"),
        ('x = config("JWT_SECRET", default="kd83-Plover-19")', "JWT_SECRET"),
        ('x = os.getenv("JWT_SECRET") or "kd83-Plover-19"', "JWT_SECRET"),
        ('x = os.environ["JWT_SECRET"] or "kd83-Plover-19"', "JWT_SECRET"),
    ],
)
def test_literals_with_secret_names(text: str, key: str) -> None:
    (item,) = assignments("a.py", text)
    assert (item.key, item.value) == (key, "kd83-Plover-19")
    line = text.split("\n")[item.at.line - 1]
    assert line[item.at.column - 1 : item.at.end_column] == "kd83-Plover-19"


@pytest.mark.parametrize(
    "text",
    [
        'PASSWORD = "password"',
        'TOKEN = "access_token"',
        'LABELS = {"password": "New password:"}',
        'ERROR_TOKEN = "The token is not valid any more"',
        'form.password = "short1"',
        'NAME = "kd83-Plover-19"',
        'PASSWORD_RESET_URL_TOKEN = "reset-token"',
        'JWT_SECRET = f"{a}-19kd83Plover"',
        'x = data.get("password", "kd83-Plover-19")',
    ],
)
def test_names_labels_and_messages_are_no_secrets(text: str) -> None:
    assert literals("a.py", text) == {}


def test_places_count_characters_not_bytes() -> None:
    (item,) = assignments("a.py", 'x = "ü€"; JWT_SECRET = "kd83-Plover-19"')
    assert (item.at.line, item.at.column, item.at.end_column) == (1, 25, 38)


@pytest.mark.parametrize("written", ['"kd83-" "Plover-19"', '("kd83-"\n    "Plover-19")', '"kd83-\\\nPlover-19"'])
def test_a_literal_in_parts_is_covered_with_its_quotes(written: str) -> None:
    text = f"JWT_SECRET = {written}"
    (item,) = assignments("a.py", text)
    lines = text.split("\n")[item.at.line - 1 : item.at.end_line]
    lines[-1] = lines[-1][: item.at.end_column]
    covered = "\n".join([lines[0][item.at.column - 1 :], *lines[1:]])
    assert item.value == "kd83-Plover-19"
    assert "kd83-" in covered
    assert "Plover-19" in covered


@pytest.mark.parametrize(
    "text",
    [
        'print "secret"',
        "except ValueError, e: secret",
        "{% if secret %}\nimport jwt\n{% endif %}",
        "async def secret() -> str:\n    return (",
        "x = " + "(" * 300 + ")" * 300,
        "secret = '\0'",
    ],
)
def test_what_does_not_parse_is_partial_and_does_not_make_the_scan_incomplete(text: str) -> None:
    document = PYTHON.parse(Source(path="a.py", text=text))
    assert document.partial == f"code that Python {sys.version_info.major}.{sys.version_info.minor} does not parse"
    assert list(document.assignments()) == []
    result = scan({"a.py": "# secret\n" + text.replace("\0", "")})
    statuses: set[FileStatus] = {row.status for row in result.report.coverage.files}
    assert statuses <= {"partial", "parsed"}
    assert not result.report.diagnostics


def test_recognition_asks_for_words_about_secrets() -> None:
    assert recognise("a.py", "a.py", "import jwt") is not None
    assert recognise("a.py", "a.py", "import json") is None
    assert recognise("a.txt", "a.txt", "import jwt") is None


_WORDS = st.sampled_from(
    "import jwt\n|jwt.encode(|settings.|JWT_SECRET|=|\n|    |def f(|):|class A:|{|}|'|\"|\\|**|x|.update(|,|or|if |raise|self."
    "|:|==|lambda|f'{|é|\t|(|)|[|]|hmac.new(|os.environ[".split("|")
)


@given(st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=60).map("".join)))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    facts({"a.py": text})
    assignments("a.py", text)


def test_names_of_names_of_names_end() -> None:
    lines = [f"a{n} = sha256({', '.join([f'a{n + 1}'] * 200)})" for n in range(8)]
    text = "import jwt\n" + "\n".join(lines) + "\na8 = settings.JWT_SECRET\njwt.encode({}, a0)\n"
    start = time.perf_counter()
    facts({"a.py": text})
    assert time.perf_counter() - start < 2
