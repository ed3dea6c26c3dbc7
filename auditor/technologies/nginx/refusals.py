"""What `nginx -t` refuses, as far as it bears on security (nginx 1.22-1.29)."""

from collections.abc import Iterator

from auditor.model.fact import Problem
from auditor.model.unknown import Unknown

from .levels import ACCUMULATING, Level, Line
from .locations import Head, head_of
from .service import Nginx

_FLAGS = frozenset(
    {
        "autoindex", "ssl_session_tickets", "ssl_prefer_server_ciphers", "proxy_ssl_verify", "ssl_stapling",
        "proxy_ssl_server_name", "real_ip_recursive", "merge_slashes", "log_not_found", "proxy_buffering",
    }
)  # fmt: skip
_ONCE = _FLAGS | {
    "server_tokens", "client_max_body_size", "auth_basic", "auth_basic_user_file", "satisfy", "root",
    "ssl_ciphers", "ssl_verify_client", "ssl_client_certificate", "auth_request", "proxy_ssl_trusted_certificate",
    "keepalive_timeout", "user", "pid", "worker_processes", "default_type", "ssl_session_timeout", "alias",
}  # fmt: skip
_PROTOCOLS = frozenset({"SSLv2", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"})
_CHOICES = {
    "satisfy": frozenset({"all", "any"}),
    "ssl_verify_client": frozenset({"on", "off", "optional", "optional_no_ca"}),
    "server_tokens": frozenset({"on", "off", "build"}),
}


_NOT_ALLOWED = {
    "limit_except": frozenset({"auth_request", "satisfy", "add_header", "root", "alias", "return", "autoindex"}),
    "if": frozenset(
        {
            "allow",
            "deny",
            "auth_basic",
            "auth_basic_user_file",
            "auth_request",
            "satisfy",
            "autoindex",
            "alias",
            "listen",
        }
    ),
    "location": frozenset({"listen", "server_name", "ssl_protocols", "ssl_ciphers", "ssl_verify_client"}),
    "server": frozenset({"alias", "proxy_pass", "fastcgi_pass"}),
    "http": frozenset({"listen", "server_name", "alias", "return", "proxy_pass"}),
}
"""Directives that a block does not take (their context in the manual)."""


def refusals(nginx: Nginx) -> Iterator[Problem]:
    """Yield what the server would refuse in the levels of a configuration."""
    for level in nginx.main.walk():
        yield from _lines(level)
        yield from _locations(level)
    for context in (nginx.servers, nginx.streams):
        for server in () if isinstance(context, Unknown) else context:
            sockets: set[object] = set()
            for listen in server.listens:
                if listen.socket in sockets:
                    yield Problem(at=listen.at, message="expected each address and port once in a server")
                sockets.add(listen.socket)
    yield from _sockets(nginx)


def _lines(level: Level) -> Iterator[Problem]:
    seen: set[str] = set()
    if level.kind in {"map", "geo", "types", "split_clients", "charset_map", "upstream"}:
        return
    for line in level.lines:
        if line.conditional:
            continue
        if line.name in seen and line.name in _ONCE and line.name not in ACCUMULATING:
            yield Problem(at=line.at, message=f"expected {line.name} at most once in a block")
        seen.add(line.name)
        if line.name in _NOT_ALLOWED.get(level.kind, ()) and not _in_stream(level):
            yield Problem(at=line.at, message=f"expected no {line.name} in {level.kind}")
        expected = _expected(line)
        if expected:
            yield Problem(at=line.at, message=f"expected {expected} behind {line.name}")


def _in_stream(level: Level) -> bool:
    return level.parent is not None and level.parent.kind == "stream"


def _expected(line: Line) -> str:
    words = [word for word in line.words if isinstance(word, str)]
    if len(words) != len(line.words):
        return ""
    first = words[0].lower() if words else ""
    if line.name in _FLAGS and first not in {"on", "off"}:
        return "on or off"
    choices = _CHOICES.get(line.name)
    if choices is not None and first not in choices and "$" not in first:
        return " or ".join(sorted(choices))
    if line.name == "ssl_protocols" and any(word not in _PROTOCOLS for word in words):
        return "names of protocols such as TLSv1.2"
    return ""


def _locations(level: Level) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    outer = head_of(level) if level.kind == "location" else None
    for block in level.children("location"):
        head = head_of(block)
        if isinstance(head, Unknown) or block.conditional:
            continue
        own = ("" if head.sign == "^~" else head.sign, head.path)
        if own in seen and not head.is_regex:
            yield Problem(at=block.at, message="expected each location once")
        seen.add(own)
        if isinstance(outer, Head):
            yield from _nested(outer, head, block)


def _nested(outer: Head, head: Head, block: Level) -> Iterator[Problem]:
    if outer.sign in {"=", "@"}:
        yield Problem(at=block.at, message="expected no location inside an exact or a named one")
    elif head.sign == "@":
        yield Problem(at=block.at, message="expected a named location on the level of its server")
    elif not head.is_regex and not head.path.startswith(outer.path):  # also if that one is an expression
        yield Problem(at=block.at, message="expected the path to begin with that of the location around it")


def _sockets(nginx: Nginx) -> Iterator[Problem]:
    if isinstance(nginx.servers, Unknown):
        return
    seen: set[object] = set()
    for server in nginx.servers:
        for listen in server.listens:
            if listen.is_default:
                if listen.socket in seen:
                    yield Problem(at=listen.at, message="expected one default server for each address and port")
                seen.add(listen.socket)
    tls = {listen.socket: listen for server in nginx.servers for listen in nginx.tls(server)}
    for listen in tls.values():
        default = nginx.default_of(listen)
        if _lacks_certificate(default.level, "ssl_reject_handshake"):
            yield Problem(at=default.at, message=f"expected ssl_certificate in the default server of {listen}")


def _lacks_certificate(level: Level, instead: str) -> bool:
    found = level.in_force("ssl_certificate")
    if isinstance(found, Unknown) or found:
        return False
    return level.flag(instead) is False
