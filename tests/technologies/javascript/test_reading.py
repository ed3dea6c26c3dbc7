"""Literals in JavaScript code, which files are read, and broken or hostile ones."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.credentials.inscriptions import MAX_CHARACTERS
from auditor.technologies.recognition.javascript import recognise
from tests.inventory.scanning import scan
from tests.technologies.common.code.reading import assignments, facts, literals, parse


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("const jwtSecret = 'kd83-Plover-19';", "jwtSecret"),
        ("let secret: string = `kd83-Plover-19`;", "secret"),
        ('config.jwtSecret = "kd83-Plover-19";', "jwtSecret"),
        ("config['db-password'] = 'kd83-Plover-19';", "db-password"),
        ("const c = { password: 'kd83-Plover-19' };", "password"),
        ("const c = { 'client_secret': 'kd83-Plover-19' as const };", "client_secret"),
        ("class A { private readonly apiKey = 'kd83-Plover-19'; }", "apiKey"),
        ("function f(password = 'kd83-Plover-19') {}", "password"),
        ("const { JWT_SECRET = 'kd83-Plover-19' } = process.env;", "JWT_SECRET"),
        ("const { JWT_SECRET: s = 'kd83-Plover-19' } = process.env;", "JWT_SECRET"),
        ("f(process.env.JWT_SECRET || 'kd83-Plover-19');", "JWT_SECRET"),
        ("f(process.env['JWT_SECRET'] ?? 'kd83-Plover-19');", "JWT_SECRET"),
        ("f(configService.get('JWT_SECRET', 'kd83-Plover-19'));", "JWT_SECRET"),
    ],
)
def test_literals_with_secret_names(text: str, key: str) -> None:
    (item,) = assignments("a.ts", text)
    assert (item.key, item.value) == (key, "kd83-Plover-19")
    assert text[item.at.column - 1 : item.at.end_column] == "kd83-Plover-19"


@pytest.mark.parametrize(
    "text",
    [
        "const password = 'password';",
        "const labels = { password: 'New password:' };",
        "const TOKEN = 'access_token';",
        "const errors = { token: 'The token is not valid any more' };",
        "const name = 'kd83-Plover-19';",
        "const secret = `${a}-19kd83Plover`;",
        "f(form.password || 'kd83-Plover-19');",
        "<Input password='kd83-Plover-19' />;",
    ],
)
def test_names_labels_and_messages_are_no_secrets(text: str) -> None:
    assert literals("a.jsx", text) == {}


def test_places_count_characters_not_bytes() -> None:
    (item,) = assignments("a.js", "const x = 'ü€'; const jwtSecret = 'kd83-Plover-19';")
    assert (item.at.line, item.at.column, item.at.end_column) == (1, 36, 49)


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("src/a.ts", "process.env.JWT_SECRET"),
        ("src/a.jsx", "const password = ''"),
        ("src/a.cjs", "require('jsonwebtoken'); jwt"),
        ("src/a.mts", "createHmac"),
    ],
)
def test_code_about_secrets_is_recognised(path: str, head: str) -> None:
    assert recognise(path.rpartition("/")[2], path, head) is not None


@pytest.mark.parametrize(
    ("path", "head"),
    [
        ("src/a.ts", "const a = 1"),
        ("src/a.py", "JWT_SECRET"),
        ("public/jquery.min.js", "password"),
        ("public/app.bundle.js", "password"),
        ("types/a.d.ts", "password: string"),
        ("dist/a.js", "password"),
        ("lib/node_modules/a/index.js", "password"),
        ("public/vendor/a.js", "password"),
        ("src/a.js", "var password;" + "x" * 3000),
    ],
)
def test_what_people_did_not_write_is_not_read(path: str, head: str) -> None:
    assert recognise(path.rpartition("/")[2], path, head) is None


def test_files_that_are_not_read_are_still_searched_for_tokens() -> None:
    token = "ghp_" + "a1B2" * 9
    rows = scan(
        {
            "a.min.js": f"var password='{token}'",
            "large.js": f"const password = '{token}';\n" + "// text\n" * (MAX_CHARACTERS // 8),
            "b.ts": "const password = 1;\n",
        }
    ).report.coverage.files
    statuses = {row.path: (row.technology, row.status) for row in rows}
    assert statuses["large.js"] == (None, "skipped")
    assert statuses["b.ts"] == ("javascript", "parsed")
    assert statuses["a.min.js"][0] is None


def test_broken_code_is_read_around_the_break() -> None:
    text = "const jwtSecret = 'kd83-Plover-19';\nfunction ( { ] \nconst other = 1;\n"
    assert parse("a.ts", text).partial == "code that does not parse"
    assert literals("a.ts", text) == {"jwtSecret": "kd83-Plover-19"}
    assert scan({"a.ts": text}).report.diagnostics == ()


def test_types_in_javascript_are_understood() -> None:
    assert parse("a.js", "// @flow\nconst secret = (key: string): string => key;\n").partial == ""


_WORDS = st.sampled_from(
    "import jwt from 'jsonwebtoken';|jwt.sign(|process.env.|JWT_SECRET|=|;|{|}|(|)|[|]|=>|const |class A |this.|'|`|${|\\|...|"
    "||??|,|:|function |new |é|\n|/*|//|<a>|await |if |throw |require(|SignJWT|.sign(".replace("||??", "|??").split("|")
)


@given(
    st.one_of(st.text(max_size=200), st.lists(_WORDS, max_size=60).map("".join)),
    st.sampled_from(["a.js", "a.ts", "a.tsx"]),
)
def test_any_text_is_read_without_a_fault(text: str, path: str) -> None:
    facts({path: text})
    assignments(path, text)


@pytest.mark.parametrize(
    "text",
    [
        "jwt.sign({}, " + "a." * 20000 + "b)",
        "jwt.sign({}, " + "(" * 5000 + "a" + ")" * 5000 + ")",
        "jwt.sign({}, " + "a + " * 5000 + "b)",
        "f(() => " * 1500 + "1" + ")" * 1500,
        "\n".join(f"const a{n} = hash({', '.join([f'a{n + 1}'] * 200)});" for n in range(8)) + "\njwt.sign({}, a0);",
        "const {a: " * 2000 + "b" + "}" * 2000 + " = process.env;",
    ],
    ids=["members", "parentheses", "sums", "functions", "names", "patterns"],
)
def test_deep_and_repeated_code_ends(text: str) -> None:
    start = time.perf_counter()
    facts({"a.js": "import jwt from 'jsonwebtoken'; // secret\n" + text})
    assert time.perf_counter() - start < 5
