"""Calls by which code configures Express."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.javascript import ExpressCall

SESSION = 'const session = require("express-session");\n'


def calls(text: str, path: str = "server.js") -> list[ExpressCall]:
    estate = take_estate(MemoryTree({path: text}))
    assert not estate.faults
    return [fact for fact in estate.facts if isinstance(fact, ExpressCall)]


def only(text: str, path: str = "server.js") -> ExpressCall:
    (call,) = calls(text, path)
    return call


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.js", f"{SESSION}app.use(session({{ cookie: {{ secure: true }} }}));"),
        ("a.js", 'app.use(require("express-session")({ cookie: { secure: true } }));'),
        ("a.ts", 'import session from "express-session";\napp.use(session({ cookie: { secure: true } } as Options));'),
        (
            "a.ts",
            'import * as session from "express-session";\nclass A { b() { app.use(session({ cookie: { secure: true } })); } }',
        ),
        (
            "a.mjs",
            'import s from "express-session";\nconst cookie = { secure: true };\nexport function f(app) { app.use(s({ cookie })); }',
        ),
    ],
)
def test_every_way_to_set_up_sessions_is_seen(path: str, text: str) -> None:
    assert only(text, path).option("cookie", "secure") is True


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("15 * 60 * 1000", 900000),
        ("86_400_000", 86400000),
        ("1000 + 1", 1001),
        ("null", None),
        ("undefined", None),
        ("`lax`", "lax"),
        ("[1, 'a']", [1, "a"]),
    ],
)
def test_constants(written: str, value: object) -> None:
    assert only(f"{SESSION}session({{ cookie: {{ maxAge: {written} }} }});").option("cookie", "maxAge") == value


@pytest.mark.parametrize(
    "options",
    [
        "{ cookie: { secure: process.env.NODE_ENV === 'production' } }",
        "{ cookie: { secure: isProduction } }",
        "{ cookie: { ...defaults } }",
        "{ ...defaults }",
        "{ cookie }",
        "{ cookie: { ['sec' + x]: true } }",
        "options()",
    ],
)
def test_what_code_decides_is_not_known(options: str) -> None:
    assert isinstance(only(f"{SESSION}session({options});").option("cookie", "secure"), Unknown)


def test_a_variable_that_is_no_constant_is_not_known() -> None:
    text = f"{SESSION}let secure = false;\nif (production) secure = true;\nsession({{ cookie: {{ secure }} }});"
    assert isinstance(only(text).option("cookie", "secure"), Unknown)


def test_an_option_that_is_set_afterwards_is_not_known() -> None:
    text = (
        f"{SESSION}const sess = {{ cookie: {{ maxAge: 1 }} }};\n"
        'if (app.get("env") === "production") { sess.cookie.secure = true; }\napp.use(session(sess));'
    )
    call = only(text)
    assert isinstance(call.option("cookie", "secure"), Unknown)
    assert call.option("cookie", "maxAge") == 1


@pytest.mark.parametrize(
    "text",
    [
        "const session = require('./session');\nsession({ secret });",
        "function f(cors) { cors({ origin: true }); }\nconst password = 1;",
        'const cors = require("cors");\nmodule.exports = { cors };',
    ],
)
def test_what_only_looks_alike_is_left_out(text: str) -> None:
    assert calls(text) == []


def test_tests_are_not_judged() -> None:
    assert calls(f"{SESSION}session({{}});", "src/app.spec.js") == []


def test_secrets_are_in_no_fact() -> None:
    call = only(f'{SESSION}session({{ secret: "kd83-Plover-19", cookie: {{ secure: true }} }});')
    assert call.option("secret") is None


@given(st.text(alphabet="{}()[],:.'`$ab=>\n*1", max_size=60))
def test_any_text_is_read(text: str) -> None:
    calls(f"{SESSION}session({{ cookie: {text} }});")
