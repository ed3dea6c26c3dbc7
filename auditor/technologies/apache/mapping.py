"""Where a URL path leads: to a file or to another server.

Source: `translate_alias_redir` of mod_alias and `proxy_trans` of mod_proxy of 2.4. Of the aliases those of the virtual
host come first; ProxyPass is decided before them.
"""

import posixpath
from collections.abc import Iterator

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .addresses import is_loopback
from .hosts import Host
from .nodes import Node, Nodes, either, last

_ALIASES = {"alias", "scriptalias"}
_AUTHORITY_END = lazy(r"[/$%|]")
_SECTIONS = {"directory", "directorymatch", "files", "filesmatch", "location", "locationmatch", "if", "elseif", "else"}


@dataclass(frozen=True)
class Upstream:
    """Another server that requests are passed on to. `path` is the URL path, "" where it is not known."""

    path: str
    url: str
    at: Location

    @property
    def authority(self) -> str:
        """The host with its port, "" where a variable says it."""
        return _AUTHORITY_END.split(self.url.partition("://")[2], maxsplit=1)[0]

    @property
    def is_local(self) -> bool:
        """Whether nobody on a network can listen: a socket file or the same host."""
        return "|" in self.url or is_loopback(_host_of(self.authority))

    @property
    def is_clear(self) -> bool:
        """Whether requests go to another host without encryption."""
        return self.url.partition("://")[0].lower() in _CLEAR and bool(self.authority) and not self.is_local


_CLEAR = {"http", "ws", "ajp", "fcgi", "scgi", "uwsgi", "h2c", "ftp"}


def _host_of(authority: str) -> str:
    host = authority.rpartition("@")[2]
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def file_of(host: Host, url: str) -> str | Unknown | None:
    """Return the file or folder (with a slash at its end) that a URL path is mapped to, None if it is passed on."""
    for upstream in passed_on(host):
        if isinstance(upstream, Unknown):
            return upstream
        if _below(url, upstream.path):
            return None
    for scope in reversed(host.bases):
        for node in scope:
            if node.name not in _ALIASES or len(node.words) < 2:
                continue
            doubt = node.doubt()
            if doubt is not None:
                return doubt
            fake, real = str(node.words[0]), str(node.words[1])
            rest = _alias_rest(url, fake)
            if rest is not None:
                return _absolute(real + rest)
    root = last("documentroot", *host.bases)
    if isinstance(root, Unknown) or root is None:
        return either(root, either(host.main_open, Unknown("no DocumentRoot is in the scanned files")))
    word = root.word(0)
    return word if isinstance(word, Unknown) else _absolute(word.rstrip("/") + url)


def _absolute(path: str) -> str | Unknown:
    if not path.startswith("/"):
        return Unknown("a relative path is not followed")
    return posixpath.normpath(path) + ("/" if path.endswith("/") else "")


def _alias_rest(url: str, fake: str) -> str | None:
    if not url.startswith(fake):
        return None
    rest = url[len(fake) :]
    return rest if fake.endswith("/") or not rest or rest.startswith("/") else None


def _below(url: str, path: str) -> bool:
    return url.startswith(path) and (path.endswith("/") or url[len(path) : len(path) + 1] in {"", "/"})


def upstreams(host: Host) -> list[Upstream | Unknown]:
    """Return where ProxyPass lines, rewrites (`[P]`) and handlers pass requests on to, exceptions (`!`) left out."""
    engine = host.last("rewriteengine")
    is_on = isinstance(engine, Node) and str(engine.lower()[0]) == "on"
    found = passed_on(host)
    for scope in reversed(host.bases):
        found += _by_handlers(scope, rewrites=is_on and scope is host.bases[-1])
    return found


def _by_handlers(nodes: Nodes, *, rewrites: bool) -> Iterator[Upstream | Unknown]:
    """Yield what RewriteRule and SetHandler lines pass on, in sections too, where RewriteEngine stands beside them."""
    for node in nodes:
        target = _target(node, rewrites=rewrites)
        if isinstance(target, str):
            yield either(node.unsure, Upstream("", target, node.at))
        elif node.name in _SECTIONS:
            engine = last("rewriteengine", node.block or ())
            is_on = isinstance(engine, Node) and str(engine.lower()[0]) == "on"
            yield from _by_handlers(node.block or (), rewrites=is_on)


def _target(node: Node, *, rewrites: bool) -> str | None:
    """Return the address that a RewriteRule with the flag P, or a handler `proxy:`, passes requests on to."""
    if node.name == "rewriterule" and rewrites and len(node.words) > 2:
        target, flags = node.word(1), str(node.word(2)).strip("[]").lower().split(",")
        is_passed = bool({"p", "proxy"} & {flag.strip() for flag in flags})
        return target if is_passed and isinstance(target, str) and "://" in target else None
    if node.name == "sethandler" and isinstance(node.word(0), str):
        scheme, colon, target = str(node.word(0)).partition(":")
        return target if scheme.lower() == "proxy" and colon and "|" not in target and "://" in target else None
    return None


def passed_on(host: Host) -> list[Upstream | Unknown]:
    """Return where ProxyPass lines pass requests on to, exceptions (`!`) left out."""
    found: list[Upstream | Unknown] = []
    members = _balancers(host)
    for scope in reversed(host.bases):
        for node in scope:
            if node.name in {"location", "locationmatch"} and node.block is not None:
                path = node.word(0)
                for inner in node.block:
                    found += _of(inner, path if isinstance(path, str) else "", members)
            else:
                found += _of(node, None, members)
    return found


def _of(node: Node, location: str | None, members: dict[str, list[Node]]) -> list[Upstream | Unknown]:
    if node.name in {"proxypass", "proxypassmatch"} and node.words:
        index = 0 if location is not None else 1
        path, target = (location if location is not None else node.word(0)), node.word(index)
        if node.unsure is not None:
            return [node.unsure]
        if isinstance(target, Unknown) or isinstance(path, Unknown):
            return [target if isinstance(target, Unknown) else Unknown("a path is not known")]
        if target == "!":
            return []
        at = node.places[index] if index < len(node.places) else node.at
        name = target.lower().partition("://")[2].partition("/")[0]
        if target.lower().startswith("balancer://") and name in members:
            shown = "" if node.name.endswith("match") else path
            return [
                Upstream(shown, str(each.word(0)), each.at)
                for each in members[name]
                if each.doubt() is None and each.words
            ]
        return [Upstream(path if not node.name.endswith("match") else "", target, at)]
    return []


def _balancers(host: Host) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for scope in host.bases:
        for node in scope:
            path = node.word(0)
            if node.name == "proxy" and isinstance(path, str) and path.lower().startswith("balancer://"):
                name = path.lower().partition("://")[2].partition("/")[0]
                found.setdefault(name, []).extend(each for each in node.block or () if each.name == "balancermember")
    return found
