"""What a key is used for in JavaScript: libraries, options, the names around, start-up checks."""

import pytest

from tests.technologies.common.code.reading import kept_apart, mechanisms, uses

KEY = "process.env.APP_SECRET"


@pytest.mark.parametrize(
    ("text", "mechanism"),
    [
        (f"import jwt from 'jsonwebtoken'; jwt.verify(t, {KEY});", "jwt"),
        (f"const {{ sign }} = require('jsonwebtoken'); sign({{}}, {KEY});", "jwt"),
        (f"require('jsonwebtoken').sign({{}}, {KEY});", "jwt"),
        (f"import {{ sign as s }} from 'jsonwebtoken'; const refreshToken = () => s({{}}, {KEY});", "jwt-refresh"),
        (f"import {{ SignJWT }} from 'jose'; new SignJWT({{}}).setIssuedAt().sign({KEY});", "jwt"),
        (f"import {{ jwtVerify }} from 'jose'; await jwtVerify(t, {KEY});", "jwt"),
        (f"import {{ JwtModule }} from '@nestjs/jwt'; JwtModule.register({{ secret: {KEY} }});", "jwt"),
        (
            (
                "import { JwtModule } from '@nestjs/jwt';\n"
                "JwtModule.registerAsync({ useFactory: (c) => { return { secret: c.get('APP_SECRET') }; } });"
            ),
            "jwt",
        ),
        (f"class A {{ make() {{ return this.jwtService.sign({{}}, {{ secret: {KEY} }}); }} }}", "jwt"),
        (f"class A extends B {{ constructor() {{ super({{ secretOrKey: {KEY} }}); }} }}", "jwt"),
        (f"import fastifyJwt from '@fastify/jwt'; app.register(fastifyJwt, {{ secret: {KEY} }});", "jwt"),
        (f"fastify.register(require('@fastify/cookie'), {{ secret: {KEY} }});", "session"),
        (
            f"import {{ expressjwt }} from 'express-jwt'; app.use(expressjwt({{ secret: {KEY}, algorithms: [] }}));",
            "jwt",
        ),
        (f"import session from 'express-session'; app.use(session({{ secret: {KEY} }}));", "session"),
        (f"import session from 'express-session'; const o = {{ secret: [{KEY}, 'x'] }}; session(o);", "session"),
        (f"import cookies from 'cookie-session'; cookies({{ keys: [{KEY}] }});", "session"),
        (f"import cookieParser from 'cookie-parser'; app.use(cookieParser({KEY}));", "session"),
        (f"import {{ doubleCsrf }} from 'csrf-csrf'; doubleCsrf({{ getSecret: () => {KEY} }});", "csrf"),
        (f"import {{ doubleCsrf }} from 'csrf-csrf'; doubleCsrf({{ getSecret(req) {{ return {KEY}; }} }});", "csrf"),
        (f"import crypto from 'crypto'; crypto.createHmac('sha256', {KEY});", "signing"),
        (f"import * as c from 'node:crypto'; function verifyWebhook() {{ c.createHmac('sha256', {KEY}); }}", "webhook"),
        (f"import {{ createCipheriv }} from 'crypto'; createCipheriv('aes', {KEY}, iv);", "encryption"),
        (f"import {{ createSign }} from 'crypto'; createSign('SHA256').update(x).sign({KEY});", "signing"),
        (f"import NextAuth from 'next-auth'; export default NextAuth({{ secret: {KEY} }});", "session"),
        (f"import {{ getIronSession }} from 'iron-session'; getIronSession(a, b, {{ password: {KEY} }});", "session"),
        (f"module.exports = {{ projectConfig: {{ jwtSecret: {KEY} }} }};", "jwt"),
        (f"module.exports = {{ projectConfig: {{ cookieSecret: {KEY} }} }};", "session"),
    ],
)
def test_libraries_and_the_names_around_them(text: str, mechanism: str) -> None:
    assert mechanisms({"src/a.ts": text}) == {("APP_SECRET", mechanism)}


@pytest.mark.parametrize(
    "text",
    [
        f"import x from 'other'; x.sign({{}}, {KEY});",
        f"sign({{}}, {KEY});",
        f"import session from './session'; session({{ secret: {KEY} }});",
        f"wallet.sign({{}}, {{ secret: {KEY} }});",
        f"app.register(plugin, {{ secret: {KEY} }});",
        f"import session from 'express-session'; session({{ name: {KEY} }});",
    ],
)
def test_calls_of_other_libraries_take_no_key(text: str) -> None:
    assert uses({"src/a.ts": text}) == []


def test_options_that_take_one_setting_for_two_purposes() -> None:
    text = "module.exports = { http: { jwtSecret: process.env.JWT_SECRET, cookieSecret: process.env.JWT_SECRET } };"
    assert mechanisms({"medusa-config.js": text}) == {("JWT_SECRET", "jwt"), ("JWT_SECRET", "session")}
    text = "module.exports = { http: { jwtSecret: process.env.JWT_SECRET, cookieSecret: process.env.COOKIE_SECRET } };"
    assert mechanisms({"medusa-config.js": text}) == set()


def test_a_constant_that_takes_another_setting_s_value() -> None:
    text = "const { JWT_SECRET } = process.env;\nexport const CSRF_SECRET = JWT_SECRET;\nconst sessionSecret = JWT_SECRET;\n"
    assert mechanisms({"src/config.ts": text}) == {("JWT_SECRET", "jwt"), ("JWT_SECRET", "csrf")}


@pytest.mark.parametrize(
    "text",
    [
        "if (env.JWT_SECRET === env.CSRF_SECRET) throw new Error('equal');",
        "if (env.JWT_SECRET == env.CSRF_SECRET) { console.error('equal'); process.exit(1); }",
        "assert(env.JWT_SECRET !== env.CSRF_SECRET);",
        "assert.notStrictEqual(env.JWT_SECRET, env.CSRF_SECRET);",
        "if (new Set([env.JWT_SECRET, env.CSRF_SECRET]).size !== 2) throw new Error('equal');",
        "const schema = z.object({}).refine((env) => env.JWT_SECRET !== env.CSRF_SECRET, 'equal');",
    ],
)
def test_a_program_that_refuses_equal_secrets(text: str) -> None:
    assert kept_apart({"a.ts": text}) == {frozenset({"JWT_SECRET", "CSRF_SECRET"})}


@pytest.mark.parametrize(
    "text",
    [
        "if (env.JWT_SECRET === env.CSRF_SECRET) console.warn('equal');",
        "if (env.JWT_SECRET !== env.CSRF_SECRET) throw new Error('differ');",
        "assert(env.JWT_SECRET === env.CSRF_SECRET);",
        "if (env.JWT_SECRET === 'x') throw new Error('default');",
        "if (new Set([env.JWT_SECRET, env.CSRF_SECRET]).size === 2) throw new Error('differ');",
    ],
)
def test_other_comparisons_keep_nothing_apart(text: str) -> None:
    assert kept_apart({"a.ts": text}) == set()
