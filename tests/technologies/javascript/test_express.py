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


@pytest.mark.parametrize(
    ("before", "options", "expected"),
    [
        ("var o = { cookie: { secure: true } };", "o", True),
        ("let o = { cookie: { secure: true } };\no = other;", "o", Unknown),
        ("const o = { cookie: { secure: true } };\no.cookie['secure'] = false;", "o", Unknown),
        ("const o = { cookie: { secure: true } };\nObject.assign(o, other);", "o", Unknown),
        ("const o = { cookie: { secure: true } };\ndelete o.cookie.secure;", "o", Unknown),
        ("const o = { cookie: { secure: true } };\no.cookie.secured = false;", "o", True),
        ("const cookie = { secure: true };\ncookie.secure = false;", "{ cookie }", Unknown),
        ("const own = { secure: true };", "{ cookie: { secure: false, ...own } }", True),
        ("", "{ cookie: { secure: true, ...own() } }", Unknown),
        ("", "{ cookie: { ...own(), secure: true } }", True),
        ("", "{ cookie: { secure: false, secure: true } }", True),
        ("", "{ cookie: { secure: !false } }", True),
        ("", '{ cookie: { ["secure"]: true } }', True),
    ],
)
def test_what_was_told_apart_by_comparison_with_express(before: str, options: str, expected: object) -> None:
    value = only(f"{SESSION}{before}\napp.use(session({options}));").option("cookie", "secure")
    assert type(value) is Unknown if expected is Unknown else value == expected


@pytest.mark.parametrize(
    ("written", "value"), [("36e5", 3600000), ("7.2e6 / 2", 3600000), ("1.5 * 1000", 1500), ("10 - 1", 9)]
)
def test_numbers_are_of_one_type(written: str, value: int) -> None:
    found = only(f"{SESSION}session({{ cookie: {{ maxAge: {written} }} }});").option("cookie", "maxAge")
    assert (found, type(found)) == (value, int)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ("(origin, callback) => callback(null, true)", True),
        ("function (origin, cb) { return cb(null, true); }", True),
        ("(origin: string, cb: Function) => { cb(null, true) }", True),
        ("(origin, cb) => cb(null, allowed.has(origin))", Unknown),
        ("(origin, cb) => cb(new Error('no'))", Unknown),
        ("/.*/", True),
        (r"/\.clinic\.example$/", Unknown),
    ],
)
def test_functions_and_expressions_that_take_every_origin(origin: str, expected: object) -> None:
    value = only(f'import cors from "cors";\ncors({{ origin: {origin} }});', "a.ts").option("origin")
    assert type(value) is Unknown if expected is Unknown else value is expected


def test_undefined_is_given() -> None:
    assert only('require("cors")({ origin: undefined });').gives("origin")
    assert not only('require("cors")({});').gives("origin")


@pytest.mark.parametrize(
    ("call", "options"),
    [
        ('res.setHeader("access-control-allow-origin", "*")', "*"),
        ('res.header("Access-Control-Allow-Origin", req.headers.origin)', True),
        ('res.set("Access-Control-Allow-Origin", own)', Unknown),
    ],
)
def test_headers_that_code_sets(call: str, options: object) -> None:
    found = only(f"// Access-Control-Allow-Origin\napp.use((req, res) => {{ {call}; }});").options
    assert type(found) is Unknown if options is Unknown else found == options
