"""Configurations with which HAProxy does not start, as far as 2.6 and later agree (2.6 tried)."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from auditor.model.fact import Problem
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy

from .acl import PREDEFINED, condition_of, terms_of
from .binds import addresses_of
from .inheritance import inheritance, names
from .options import Options, bind_options, server_options
from .proxies import Proxy
from .sections import Line, Section, each
from .tls import NAMES, methods_of, versions_of

_RULES = frozenset(
    "http-request http-response http-after-response tcp-request tcp-response use_backend use-server redirect".split()
)
_CONDITIONS = frozenset({"if", "unless"})
_AUTH = lazy(r"http_auth(?:_group)?\(([^()]*)\)")
_TIME = lazy(r"\d+(?:(?:us|[mshd]).*)?")
"""A time; of letters behind the first one of a unit (`15min`), 2.6 warns only."""
_TIMEOUTS = frozenset(
    "check client client-fin connect http-keep-alive http-request queue server server-fin tarpit tunnel".split()
)
_MODES = frozenset({"tcp", "http", "health", "log", "spop", "haterm"})
_VERIFY_BIND = frozenset({"none", "optional", "required"})
_LEVELS = frozenset({"user", "operator", "admin"})
_CERTIFICATES = frozenset({"crt", "crt-list", "default-crt", "generate-certificates", "strict-sni"})


def refusals(sections: Sequence[Section], proxies: Sequence[Proxy]) -> Iterator[Problem]:
    """Yield what keeps HAProxy from starting."""
    yield from names(sections)
    yield from inheritance(proxies, sections)
    is_open = any(section.open or HOLE in section.name for section in sections)
    lists = None if is_open else {section.name for section in each(sections, "userlist")}
    names_of_backends = {proxy.name for proxy in proxies if proxy.is_backend}
    backends = None if any(HOLE in name for name in names_of_backends) else names_of_backends
    verify = next(
        (line.word(1) for one in each(sections, "global") for line in one.lines if line.name == "ssl-server-verify"), ""
    )
    for section in each(sections, "global"):
        for line in section.lines:
            if line.starts("stats", "socket") and not line.doubt and not line.is_open:
                yield from _socket(line)
    for proxy in proxies:
        if proxy.section.doubt:
            continue
        if backends is not None:
            yield from _proxy(proxy, backends)
        yield from _statistics(proxy)
        general = global_bind_options(sections, proxy.section.order)
        for line in proxy.section.lines:
            if line.doubt or line.is_open:
                continue
            yield from _setting(line)
            yield from _line(proxy, line, general)
            yield from _acls(proxy, line)
            if lists is not None:
                yield from _lists(line, lists)
            if line.name == "server":
                yield from _server(proxy, line, verify)
    for section in each(sections, "defaults"):
        yield from _defaults(section)


def global_bind_options(sections: Sequence[Section], order: int) -> Options:
    """Return the options of `ssl-default-bind-options` in the sections before `order`."""
    pairs = [
        pair
        for section in each(sections[:order], "global")
        for line in section.lines
        if line.name == "ssl-default-bind-options"
        for pair in bind_options(line.words[1:]).pairs
    ]
    return Options(pairs)


def _problem(line: Line, expected: str) -> Problem:
    return Problem(at=line.at, message=f"expected {expected}")


def _proxy(proxy: Proxy, backends: AbstractSet[str]) -> Iterator[Problem]:
    lines = [line for line in proxy.own("use_backend") if not line.doubt]
    default = proxy.last("default_backend")
    lines += [default] if isinstance(default, Line) and not default.doubt else []
    if proxy.is_disabled is True:
        return
    for line in lines:
        name = line.word(1)
        if isinstance(name, str) and name and "%[" not in name and name not in backends:
            yield _problem(line, f"a backend or listen section with the name that {line.name} gives")


def _statistics(proxy: Proxy) -> Iterator[Problem]:
    lines = list(proxy.own("stats"))
    rules = any(line.starts("stats", "http-request") for line in lines)
    others = [line for line in lines if line.words[1:2] in {("auth",), ("realm",)}]
    if rules and others and not any(line.doubt for line in lines):
        yield _problem(others[0], "no stats auth or stats realm beside stats http-request")


def _line(proxy: Proxy, line: Line, general: Options) -> Iterator[Problem]:
    if line.name == "bind":
        yield from _bind(line, general)
    elif line.name in {"server", "server-template"} and not proxy.is_backend:
        yield _problem(line, "no server in a frontend")
    elif line.name == "server" and len(line.words) < 3:
        yield _problem(line, "a name and an address behind server")
    elif line.name == "tcp-request" and line.words[1:2] != ("content",) and not proxy.is_frontend:
        if line.words[1:2] in {("connection",), ("session",)}:
            yield _problem(line, f"no tcp-request {line.words[1]} in a backend")
    elif line.starts("stats", "admin") and line.words[2:3] and line.words[2] not in _CONDITIONS:
        yield _problem(line, "if or unless behind stats admin")
    elif line.name == "use_backend" and len(line.words) > 2 and line.words[2] not in _CONDITIONS:
        yield _problem(line, "if or unless behind the backend")


def _setting(line: Line) -> Iterator[Problem]:
    """Yield what is wrong with a setting that proxies and defaults share."""
    if line.name == "timeout" and line.words[1:2] and line.words[1] in _TIMEOUTS:
        if len(line.words) < 3 or not _TIME.fullmatch(line.words[2]):
            yield _problem(line, "a number with a unit of time")
    elif line.name == "mode" and (len(line.words) < 2 or line.words[1] not in _MODES):
        yield _problem(line, "tcp or http behind mode")


def _bind(line: Line, general: Options) -> Iterator[Problem]:
    if len(line.words) < 2:
        yield _problem(line, "an address behind bind")
        return
    options = bind_options(line.words[2:])
    for bind in addresses_of(line, general):
        if not bind.is_socket_file and ":" not in bind.address:
            yield _problem(line, "a port behind the address")
    yield from _values(line, options)
    if "ssl" not in options:
        return
    if not _CERTIFICATES & set(options):
        yield _problem(line, "a certificate (crt) beside ssl")
    if options.get("verify") in {"optional", "required"} and not {"ca-file", "ca-verify-file"} & set(options):
        yield _problem(line, "a ca-file beside verify")
    versions = versions_of(methods_of(options), methods_of(general), default_since=True)
    if not isinstance(versions, Unknown) and not versions.names:
        yield _problem(line, "at least one version of TLS to be left")


def _values(line: Line, options: Options) -> Iterator[Problem]:
    for name in ("ssl-min-ver", "ssl-max-ver"):
        if name in options and options[name] not in NAMES:
            yield _problem(line, f"a version of TLS behind {name}")
    if options.get("verify", "none") not in _VERIFY_BIND:
        yield _problem(line, "none, optional or required behind verify")


def _socket(line: Line) -> Iterator[Problem]:
    if len(line.words) < 3:
        yield _problem(line, "an address behind stats socket")
    elif bind_options(line.words[3:]).get("level", "user") not in _LEVELS:
        yield _problem(line, "user, operator or admin behind level")


def _server(proxy: Proxy, line: Line, general: str | Unknown) -> Iterator[Problem]:
    before = proxy.default_servers
    if any(one.doubt or one.is_open for one in before) or proxy.open:
        return
    own = [one for one in before if not proxy.is_own(one) or one.at < line.at]
    defaults = [one.words[1:] for one in own]
    options = server_options(*defaults, line.words[3:])
    # A server with `no-ssl` is made ready for TLS all the same, to be switched on while it runs (SRV_F_DEFSRV_USE_SSL).
    has_tls = "ssl" in options or "check-ssl" in options or "ssl" in server_options(*defaults)
    if options.get("verify", "none") not in {"none", "required"}:
        yield _problem(line, "none or required behind verify")
    elif isinstance(general, Unknown) and "verify" not in options:
        return
    elif has_tls and (options.get("verify") or general) != "none" and "ca-file" not in options:
        yield _problem(line, "a ca-file beside ssl, or verify none")


def _acls(proxy: Proxy, line: Line) -> Iterator[Problem]:
    if line.name not in _RULES and not line.starts("stats", "http-request") and not line.starts("stats", "admin"):
        return
    if proxy.has_doubtful_acls or proxy.section.open:
        return
    declared: Mapping[str, object] = proxy.acls(line)
    _, condition = condition_of(line.words)
    names = [term.name for terms in terms_of(condition) for term in terms if term.name]
    if any(name not in declared and name not in PREDEFINED for name in names):
        yield _problem(line, "an acl with the name that the condition gives")


def _lists(line: Line, lists: AbstractSet[str]) -> Iterator[Problem]:
    for word in line.words:
        for name in _AUTH.findall(word):
            if name not in lists:
                yield _problem(line, "a userlist with the name that http_auth gives")


def _defaults(section: Section) -> Iterator[Problem]:
    for line in section.lines:
        if line.doubt or line.is_open:
            continue
        yield from _setting(line)
        if line.name in {"bind", "server", "use_backend"}:
            yield _problem(line, f"no {line.name} in a defaults section")
        elif not section.name and line.name in {"http-request", "http-response", "tcp-request", "acl"}:
            yield _problem(line, f"a name behind defaults, without which {line.name} is not taken")
        elif line.starts("stats", "http-request") or line.starts("stats", "admin"):
            yield _problem(line, "this line in a proxy, not in defaults")
