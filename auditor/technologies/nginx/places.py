"""The places of a server that answer requests: its locations, and what they do with a request."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .access import Access, access_of
from .headers import Header, headers_of
from .levels import Level, Line
from .listening import is_loopback
from .locations import Head, head_of
from .variables import expanded

PASSES = ("proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass")
_PROGRAMS = ("content_by_lua_block", "content_by_lua_file", "content_by_lua", "js_content", "perl")
_SCHEME_TEST = lazy(r"\$(?:scheme|https|ssl_protocol|server_port|http_x_forwarded_proto|http_x_forwarded_protocol)\b")
_PATH = lazy(r"/|\$\{?(?:request_)?uri\b")
_EVERY_PATH = frozenset({"^", "^/", ".*", "(.*)", "^(.*)", "^(.*)$", "^.*$", "^/(.*)", "^/(.*)$", "/(.*)", "^(.+)$"})


@dataclass(frozen=True)
class Place:
    """A location, or the server itself for the paths that no location answers."""

    level: Level
    head: Head | None

    @property
    def at(self) -> Location:
        return self.level.at

    @property
    def path(self) -> str:
        return self.head.path if self.head else "/"

    def __str__(self) -> str:
        name = str(self.head) if self.head else "a path without a location"
        return f"an if of {name}" if self.level.kind == "if" else name

    @property
    def access(self) -> Access | Unknown:
        return access_of(self.level)

    @property
    def headers(self) -> tuple[Header, ...] | Unknown:
        return headers_of(self.level)

    def header(self, name: str) -> Header | Unknown | None:
        """Return the header `name` (lower case) that responses of this place carry."""
        headers = self.headers
        if isinstance(headers, Unknown):
            return headers
        return next((header for header in headers if header.name == name and header.value != ""), None)

    @property
    def returns(self) -> Line | None:
        """The `return` that answers every request here before anything else is done."""
        found = self.level.own("return")
        return found[0] if found and not found[0].conditional else None

    @property
    def speaks(self) -> bool:
        """Whether every request here is answered with a text that stands in the configuration."""
        words = () if self.returns is None else self.returns.words
        return len(words) > 1 and isinstance(words[0], str) and words[0].startswith("2") and words[1] != ""

    @property
    def passes(self) -> Line | None:
        """The line that hands requests to another server."""
        return next((line for name in PASSES for line in self.level.own(name)), None)

    @property
    def cases(self) -> Iterator["Place"]:
        """The `if` blocks of a location: each is a location of its own to the requests that its test is true for."""
        for block in self.level.children("if") if self.level.kind == "location" else ():
            yield Place(block, self.head)

    @property
    def is_internal(self) -> bool:
        """Whether clients cannot ask for it."""
        return bool(self.level.own("internal")) or (self.head is not None and self.head.sign == "@")

    @property
    def is_status(self) -> bool:
        return bool(self.level.own("stub_status") or self.level.own("api"))

    @property
    def is_challenge(self) -> bool:
        """Whether it is for certificate authorities, which ask in clear text (RFC 8555, section 8.3)."""
        return ".well-known" in self.path.replace("\\", "")

    @property
    def is_bare(self) -> bool:
        """Whether it is what no location is for, in a server that names neither files nor another server for it."""
        return self.head is None and not self.level.own("root") and self.passes is None

    @property
    def redirects(self) -> bool:
        """Whether every request is sent to another address."""
        return any(_is_redirect(line) for line in (*self.level.own("return"), *self.level.own("rewrite")))

    @property
    def redirects_clear_text(self) -> bool:
        """Whether requests without TLS are sent elsewhere by a test of the scheme."""
        for block in self.level.children("if"):
            test = " ".join(word for word in block.words if isinstance(word, str))
            if _SCHEME_TEST.search(test) and (block.own("return") or block.own("rewrite")):
                return True
        return False

    @property
    def serves_files(self) -> bool:
        """Whether it answers with files of the host."""
        return self.passes is None and self.returns is None and not self.is_status and not self.runs_program

    @property
    def runs_program(self) -> bool:
        return any(self.level.own(name) for name in _PROGRAMS)


def _is_redirect(line: Line) -> bool:
    words = [word if isinstance(word, str) else "" for word in line.words]
    if line.conditional or not words:
        return False
    if line.name == "return":
        return words[0] in {"301", "302", "303", "307", "308"} or words[0].startswith(
            ("http://", "https://", "$scheme")
        )
    target_unknown = isinstance(line.words[1] if len(line.words) > 1 else "", Unknown)
    goes_away = (
        words[-1] in {"redirect", "permanent"}
        or "".join(words[1:2]).startswith(("http", "$scheme"))
        or target_unknown  # filled in by a template: mostly another address
    )
    return words[0] in _EVERY_PATH and goes_away


def places_of(server: Level) -> Iterator[Place | Unknown]:
    """Yield the places of a server, nested ones too. A `return` of the server itself leaves only that one."""
    root = Place(server, None)
    if root.returns is not None:
        yield root
        return
    tops = [head_of(block) for block in server.children("location")]
    if not any(isinstance(head, Head) and head.sign in {"", "^~"} and head.path == "/" for head in tops):
        yield root
    for block in server.walk():
        if block.kind == "location":
            head = head_of(block)
            yield head if isinstance(head, Unknown) else Place(block, head)


@dataclass(frozen=True)
class Target:
    """Where requests are handed on to: a scheme and a host of the configuration, or an `upstream` of several."""

    scheme: str
    host: str
    line: Line
    port: int = 0
    """0 where it is not known."""

    @property
    def is_local(self) -> bool:
        """Whether nobody on a network can listen: a socket file or the same host."""
        return self.host.startswith("unix:") or is_loopback(self.host)

    @property
    def is_encrypted(self) -> bool:
        return self.scheme in {"https", "grpcs", "suwsgi"}


_DEFAULT_SCHEME = {"fastcgi_pass": "fastcgi", "uwsgi_pass": "uwsgi", "scgi_pass": "scgi", "grpc_pass": "grpc"}


def targets_of(line: Line, level: Level, upstreams: dict[str, Level]) -> tuple[Target, ...] | Unknown:
    """Return the servers that a `proxy_pass` and its kin on `level` hand requests to."""
    if isinstance(line.word, Unknown):
        return line.word
    text = expanded(line.word, level)
    scheme, separator, rest = text.partition("://")
    if not separator:
        scheme, rest = _DEFAULT_SCHEME.get(line.name, "http"), text
    if rest.startswith("unix:"):
        return (Target(scheme, "unix:", line),)
    authority = _PATH.split(rest, maxsplit=1)[0]
    if "$" in scheme or "$" in authority:
        return Unknown(f"a variable decides where {line.name} goes")
    host = _host(authority)
    upstream = upstreams.get(authority) or upstreams.get(host)
    if upstream is None:
        return (Target(scheme.lower(), host, line, _port(authority, scheme)),)
    if upstream.open or any(isinstance(each.word, Unknown) for each in upstream.own("server")):
        return Unknown("the servers of the upstream are not known")
    servers = [str(each.word) for each in upstream.own("server") if "down" not in each.words]
    # A server of an upstream has port 80 unless it says another one, also for https (ngx_http_upstream_module, server).
    return tuple(Target(scheme.lower(), _host(server), line, _port(server, "http")) for server in servers)


def _port(authority: str, scheme: str) -> int:
    """Return the port of an address, that of its scheme where it has none, and 0 where it is not a number."""
    _, colon, port = authority.rpartition(":")
    if not colon or port.endswith("]"):
        return {"http": 80, "https": 443, "grpc": 80, "grpcs": 443}.get(scheme.lower(), 0)
    return int(port) if is_whole_number(port) and len(port) < 6 else 0


def _host(authority: str) -> str:
    if authority.startswith("unix:"):
        return "unix:"
    try:
        found = urlsplit(f"//{authority}").hostname or authority
    except ValueError:
        return authority
    return f"[{found}]" if ":" in found else found
