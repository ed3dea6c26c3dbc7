"""Which setting an expression given to `jwt.sign` stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.technologies.common.code.reading import mechanisms, uses

IMPORTS = (
    "import jwt from 'jsonwebtoken';\nimport crypto, { createHmac, createCipheriv } from 'node:crypto';\n"
    "import { JWT_SECRET } from './constants';\nimport config from 'config';\n"
)


def found(expression: str, before: str = "", path: str = "src/a.ts") -> list[tuple[str, bool, bool]]:
    text = f"{IMPORTS}{before}\nexport const token = jwt.sign({{}}, {expression});\n"
    return [(use.symbol, use.is_separated, use.is_fallback) for use in uses({path: text})]


@pytest.mark.parametrize(
    "expression",
    [
        "process.env.JWT_SECRET",
        "process.env.JWT_SECRET!",
        "process.env['JWT_SECRET']",
        'process.env["JWT_SECRET"] as string',
        "<string>process.env.JWT_SECRET",
        "(process.env.JWT_SECRET)",
        "import.meta.env.JWT_SECRET",
        "env.JWT_SECRET",
        "config.get('jwt.secret')",
        "config.get('jwt:secret')",
        "config.jwt.secret",
        "config.jwtSecret",
        "configService.get<string>('JWT_SECRET')",
        "configService.getOrThrow('JWT_SECRET')",
        "this.configService.get('jwtSecret')",
        "getConfig().jwtSecret",
        "this.config.jwtSecret",
        "env('JWT_SECRET')",
        "JWT_SECRET",
        "Buffer.from(JWT_SECRET, 'hex')",
        "String(JWT_SECRET)",
        "JWT_SECRET.toString()",
        "JWT_SECRET.trim()",
        "`${JWT_SECRET}`",
        "new TextEncoder().encode(JWT_SECRET)",
        "crypto.createSecretKey(Buffer.from(JWT_SECRET))",
        "await config.get('JWT_SECRET')",
    ],
)
def test_wrappers_are_seen_through(expression: str) -> None:
    assert found(expression) == [("JWT_SECRET", False, False)]


@pytest.mark.parametrize(
    "expression",
    [
        "key",
        "user.secret",
        "hook.signingSecret",
        "req.headers['x-api-key']",
        "req.cookies.csrfToken",
        "'a literal'",
        "load()",
        "this.secret",
        "1 - 2",
    ],
)
def test_what_may_be_anything_is_no_setting(expression: str) -> None:
    assert found(expression) == []


@pytest.mark.parametrize(
    ("before", "expression"),
    [
        ("const key = process.env.JWT_SECRET;", "key"),
        ("const { JWT_SECRET: key } = process.env;", "key"),
        ("const { JWT_SECRET: key = 'kd83-Plover' } = process.env;", "key"),
        ("const { jwt: { secret } } = config;", "secret"),
        ("const options = { jwt: { secret: process.env.JWT_SECRET } };", "options.jwt.secret"),
        ("const { secret } = { secret: process.env.JWT_SECRET };", "secret"),
        ("const c = getConfig();", "c.jwtSecret"),
        ("const read = process.env;", "read.JWT_SECRET"),
        ("const secrets = require('./secrets');", "secrets.jwtSecret"),
    ],
)
def test_names_of_the_module_are_followed(before: str, expression: str) -> None:
    assert found(expression, before) == [("JWT_SECRET", False, False)]


def test_a_parameter_hides_the_constant_of_its_name() -> None:
    text = f"{IMPORTS}const key = process.env.JWT_SECRET;\nconst make = (key) => jwt.sign({{}}, key);\nfunction f({{ key }}) {{ jwt.sign({{}}, key) }}\n"
    assert uses({"a.js": text}) == []


@pytest.mark.parametrize("operator", ["||", "??"])
def test_a_fallback_is_second(operator: str) -> None:
    assert found(f"process.env.CSRF_SECRET {operator} process.env.JWT_SECRET") == [
        ("CSRF_SECRET", False, False),
        ("JWT_SECRET", False, True),
    ]


@pytest.mark.parametrize(
    "expression",
    [
        "JWT_SECRET + 'csrf'",
        "`${JWT_SECRET}:csrf`",
        "crypto.scryptSync(JWT_SECRET, 'csrf', 32)",
        "crypto.hkdfSync('sha256', JWT_SECRET, '', 'csrf', 32)",
        "crypto.createHash('sha256').update(JWT_SECRET).digest()",
    ],
)
def test_a_derived_key_is_kept_apart(expression: str) -> None:
    assert found(expression) == [("JWT_SECRET", True, False)]


def test_a_member_of_this_is_what_the_class_assigns() -> None:
    text = """
import jwt from 'jsonwebtoken';
import { createHmac } from 'crypto';
class Hooks {
  constructor(secret) { this.secret = secret; }
  check(body) { return createHmac('sha256', this.secret).update(body); }
}
class Tokens {
  key = process.env.JWT_SECRET;
  constructor() { this.other = process.env.REFRESH_SECRET; }
  make() { return jwt.sign({}, this.key); }
  refresh() { return jwt.sign({}, this.other); }
}
"""
    assert mechanisms({"a.js": text}) == {("JWT_SECRET", "jwt"), ("REFRESH_SECRET", "jwt-refresh")}


@pytest.mark.parametrize(
    ("module", "imported", "expression"),
    [
        ("export const KEY = process.env.JWT_SECRET;", "import { KEY } from './config';", "KEY"),
        ("export const KEY = process.env.JWT_SECRET;", "import * as c from './config.js';", "c.KEY"),
        ("const key = process.env.JWT_SECRET;\nexport { key as KEY };", "import { KEY } from './config';", "KEY"),
        ("export default { key: process.env.JWT_SECRET };", "import c from './config';", "c.key"),
        (
            "const c = { a: { key: process.env.JWT_SECRET } };\nexport default c;",
            "import c from './config';",
            "c.a.key",
        ),
        ("module.exports = { key: process.env.JWT_SECRET };", "const { key } = require('./config');", "key"),
        ("exports.key = process.env.JWT_SECRET;", "const c = require('./config');", "c.key"),
        ("export const jwtSecret = 'kd83-Plover-19';", "import { jwtSecret } from './config';", "jwtSecret"),
    ],
)
def test_constants_of_another_module(module: str, imported: str, expression: str) -> None:
    text = f"import jwt from 'jsonwebtoken';\n{imported}\njwt.sign({{}}, {expression});\n"
    assert mechanisms({"src/config.ts": module, "src/a.ts": text}) == {("JWT_SECRET", "jwt")}


def test_a_module_of_another_folder_is_found_by_its_path() -> None:
    files = {
        "src/config/index.ts": "export const KEY = process.env.JWT_SECRET;",
        "config/index.ts": "export const KEY = process.env.SESSION_SECRET;",
        "src/auth/a.ts": "import jwt from 'jsonwebtoken';\nimport { KEY } from '../config';\njwt.sign({}, KEY);\n",
    }
    assert mechanisms(files) == {("JWT_SECRET", "jwt")}


def test_two_programs_have_two_keys_of_one_name() -> None:
    text = "import jwt from 'jsonwebtoken';\njwt.sign({}, process.env.JWT_SECRET);\n"
    files = {"api/package.json": "{}", "api/src/a.ts": text, "web/package.json": "{}", "web/b.ts": text}
    assert {use.unit for use in uses(files)} == {"api", "web"}


_NAMES = st.sampled_from(["JWT_SECRET", "CSRF_SECRET", "SESSION_SECRET", "APP_SECRET_KEY"])
_READS = st.sampled_from(
    ["process.env.{}", "process.env['{}']!", "configService.get<string>('{}')", "env.{}", "config.get('{}')"]
)
_WRAPPERS = st.lists(
    st.sampled_from(
        ["({})", "Buffer.from({})", "String({})", "`${{{}}}`", "({} as string)", "new TextEncoder().encode({})"]
    ),
    max_size=5,
)
_CALLS = st.sampled_from(
    [
        ("export function token() {{ return jwt.sign({{}}, {}); }}\n", "jwt"),
        ("const makeCsrf = (s) => createHmac('sha256', {}).update(s);\n", "csrf"),
        ("class A {{ signSession(s) {{ return createHmac('sha256', {}); }} }}\n", "session"),
        ("export const seal = (iv) => createCipheriv('aes-256-gcm', {}, iv);\n", "encryption"),
        ("async function resetToken() {{ return jwt.sign({{}}, {}, {{ expiresIn: '1h' }}); }}\n", "password-reset"),
    ]
)


@given(st.lists(st.tuples(_NAMES, _READS, _WRAPPERS, _CALLS), min_size=1, max_size=6))
def test_every_setting_of_a_generated_module_is_found_with_its_mechanism(
    parts: list[tuple[str, str, list[str], tuple[str, str]]],
) -> None:
    text = IMPORTS
    expected: set[tuple[str, str]] = set()
    for name, read, wrappers, (call, mechanism) in parts:
        expression = read.format(name)
        for wrapper in wrappers:
            expression = wrapper.format(expression)
        text += call.format(expression)
        expected.add((name, mechanism))
    assert mechanisms({"a.ts": text}) == expected
