"""Calls that take a key, and what they use it for.

jsonwebtoken 9, jose 5 (SignJWT, jwtVerify), hono 4 (JWT helper), express-jwt 8, koa-jwt 4, @nestjs/jwt 10,
@fastify/{jwt 8,cookie 9,session 10,secure-session 7}, express-session 1.18, cookie-session 2, cookie-parser 1.4,
cookie-signature 1, csrf-csrf 3, tiny-csrf 1, NextAuth 4 and Auth.js 5, iron-session 8, Better Auth 1, passport-jwt 4,
jwt-simple 0.5, crypto-js 4 (READMEs); Node.js 20 (crypto).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from tree_sitter import Node

from auditor.credentials.keys import tokens
from auditor.records import dataclass

from .scopes import Scope, dotted
from .syntax import arguments_of, bare, pairs_of, returned_by


@dataclass(frozen=True)
class Sink:
    """What takes a key: its mechanism, and which argument (position) or option (names) the key is.

    `payload` is the position of a token's claims. Where `expires_by` names an option or method, its presence limits
    the token's life; `expires_elsewhere` if a module's registration can do so as well.
    """

    mechanism: str
    position: int | None = None
    options: tuple[str, ...] = ()
    payload: int | None = None
    expires_by: str = ""
    expires_elsewhere: bool = False


_JWT_OPTION = Sink("jwt", options=("secret",))
_SESSION_SECRET = Sink("session", options=("secret",))
_IRON = Sink("session", options=("password",))
_CIPHER = Sink("encryption", 1)
_SINKS: Final[Mapping[str, Sink]] = {
    "jsonwebtoken#sign": Sink("jwt", 1, payload=0, expires_by="expiresIn"),
    "jsonwebtoken#verify": Sink("jwt", 1),
    "jose#jwtVerify": Sink("jwt", 1),
    "jose#jwtDecrypt": Sink("jwt", 1),
    "hono/jwt#sign": Sink("jwt", 1, payload=0),
    "hono/jwt#verify": Sink("jwt", 1),
    "hono/jwt#jwt": _JWT_OPTION,
    "jwt-simple#encode": Sink("jwt", 1, payload=0),
    "jwt-simple#decode": Sink("jwt", 1),
    "express-jwt": _JWT_OPTION,
    "express-jwt#expressjwt": _JWT_OPTION,
    "koa-jwt": _JWT_OPTION,
    "@nestjs/jwt#JwtModule.register": _JWT_OPTION,
    "@nestjs/jwt#JwtModule.registerAsync": _JWT_OPTION,
    "express-session": _SESSION_SECRET,
    "cookie-session": Sink("session", options=("secret", "keys")),
    "cookie-parser": Sink("session", 0),
    "cookie-signature#sign": Sink("session", 1),
    "cookie-signature#unsign": Sink("session", 1),
    "csrf-csrf#doubleCsrf": Sink("csrf", options=("getSecret",)),
    "tiny-csrf": Sink("csrf", 0),
    "next-auth": _SESSION_SECRET,
    "next-auth/jwt#getToken": _SESSION_SECRET,
    "better-auth#betterAuth": _SESSION_SECRET,
    "iron-session#getIronSession": _IRON,
    "iron-session#sealData": _IRON,
    "iron-session#unsealData": _IRON,
    "crypto#createHmac": Sink("signing", 1),
    "crypto#createCipheriv": _CIPHER,
    "crypto#createDecipheriv": _CIPHER,
    "crypto-js#AES.encrypt": _CIPHER,
    "crypto-js#AES.decrypt": _CIPHER,
    "crypto-js#HmacSHA256": Sink("signing", 1),
    "crypto-js#HmacSHA512": Sink("signing", 1),
}
_PLUGINS: Final[Mapping[str, Sink]] = {
    "@fastify/jwt": _JWT_OPTION,
    "fastify-jwt": _JWT_OPTION,
    "@fastify/cookie": _SESSION_SECRET,
    "@fastify/session": _SESSION_SECRET,
    "@fastify/secure-session": Sink("session", options=("secret", "key")),
}
"""What Fastify's `register` is given."""
_NEST_SIGN = Sink("jwt", options=("secret", "privateKey"), payload=0, expires_by="expiresIn", expires_elsewhere=True)
_NEST_VERIFY = Sink("jwt", options=("secret",))
_CHAINS: Final[Mapping[str, Sink]] = {
    "jose#SignJWT": Sink("jwt", 0, payload=0, expires_by="setExpirationTime"),
    "crypto#createSign": Sink("signing", 0),
}
"""Builders that are given the key by `.sign(key)` at the end of a chain of calls."""
OPTIONS: Final[Mapping[str, str]] = {"secretOrKey": "jwt"}
"""Options whose name alone tells what takes them: passport-jwt's."""


@dataclass(frozen=True)
class Call:
    """A call that takes a key; `methods` are the names called on the builder before it."""

    name: str
    sink: Sink
    arguments: list[Node]
    payload: Node | None = None
    methods: frozenset[str] = frozenset()


def call_of(node: Node, scope: Scope) -> Call | None:
    """Return what is known of a call or `new`, None if it takes no key."""
    function = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    if function is None:
        return None
    arguments = arguments_of(node)
    name = dotted(function, scope)
    sink = _SINKS.get(name)
    if sink is None and name.endswith(".register") and arguments:
        name = dotted(arguments[0], scope)
        sink = _PLUGINS.get(name)
    if sink is None and function.type == "member_expression":
        return _method(function, arguments, scope)
    if sink is None:
        return None
    payload = arguments[sink.payload] if sink.payload is not None and len(arguments) > sink.payload else None
    return Call(name, sink, arguments, payload)


def _method(function: Node, arguments: list[Node], scope: Scope) -> Call | None:
    method = scope.script.name(function.child_by_field_name("property")) or ""
    holder = function.child_by_field_name("object")
    if holder is None or method not in {"sign", "signAsync", "verify", "verifyAsync"}:
        return None
    base = dotted(holder, scope)
    if base:
        if "#" in base or "jwt" not in tokens(base.rpartition(".")[2]):
            return None
        sink = _NEST_SIGN if method.startswith("sign") else _NEST_VERIFY
        payload = arguments[0] if sink.payload is not None and arguments else None
        return Call(f"{base}.{method}", sink, arguments, payload)
    return _chain(holder, method, arguments, scope)


def _chain(holder: Node, method: str, arguments: list[Node], scope: Scope) -> Call | None:
    methods: set[str] = set()
    node = bare(holder)
    while node.type == "call_expression":
        function = node.child_by_field_name("function")
        if function is None or function.type != "member_expression":
            break
        below = function.child_by_field_name("object")
        if below is None or bare(below).type not in {"call_expression", "new_expression"}:
            break
        methods.add(scope.script.name(function.child_by_field_name("property")) or "")
        node = bare(below)
    start = node.child_by_field_name("constructor") or node.child_by_field_name("function")
    name = dotted(start, scope) if start is not None else ""
    sink = _CHAINS.get(name)
    if sink is None:
        return None
    given = arguments_of(node)
    payload = given[0] if sink.payload is not None and given else None
    return Call(f"{name}.{method}", sink, arguments, payload, frozenset(methods))


def keys_of(call: Call, scope: Scope) -> Iterator[Node]:
    """Yield the key or keys that a call is given."""
    sink = call.sink
    if sink.position is not None and len(call.arguments) > sink.position:
        yield from _each(call.arguments[sink.position])
    for argument in call.arguments:
        options = written_out(argument, scope)
        if options is None:
            continue
        for key, value in pairs_of(options):
            name = scope.script.name(key)
            if name in sink.options:
                yield from _each(value)
            elif name == "useFactory":
                made = returned_by(value)
                if made is not None and made.type == "object":
                    yield from (v for k, v in pairs_of(made) if scope.script.name(k) in sink.options)


def _each(node: Node) -> Iterator[Node]:
    """Yield the keys of a list that is made for their rotation, or the one key."""
    if node.type == "array":
        yield from (bare(child) for child in node.named_children if child.type != "comment")
    else:
        yield node


def written_out(node: Node, scope: Scope) -> Node | None:
    """Return the object that an argument is, directly or by the name of a constant."""
    if node.type == "identifier":
        found = scope.find(scope.script.text(node))
        node = found[0].node if found is not None and not found[0].path else node
    return node if node.type == "object" else None
