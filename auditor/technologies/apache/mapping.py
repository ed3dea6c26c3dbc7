"""Where a URL path leads: to a file, to another server, or to another URL.

Source: `translate_alias_redir` of mod_alias and `proxy_trans` of mod_proxy of 2.4. Of the aliases those of the virtual
host come first; ProxyPass is decided before them.
"""

import posixpath
import re

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .addresses import is_loopback
from .hosts import Host
from .nodes import Node, Nodes, either, last

_ALIASES = {"alias", "scriptalias"}
_STATUS = {"permanent", "temp", "seeother", "301", "302", "303", "307", "308"}
_FLAGS = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True)
class Upstream:
    """Another server that requests are passed on to. `path` is the URL path, "" where it is not known."""

    path: str
    url: str
    at: Location


def file_of(host: Host, url: str) -> str | Unknown | None:
    """Return the file or folder (with a slash at its end) that a URL path is mapped to, None if it is passed on."""
    for upstream in upstreams(host):
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
    """Return where ProxyPass lines and rewrites pass requests on to, exceptions (`!`) left out."""
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


def is_clear_upstream(url: str) -> bool:
    """Tell whether requests go to another host without encryption; a socket file and this host are none."""
    scheme, _, rest = url.partition("://")
    if scheme.lower() not in {"http", "ws", "ajp", "fcgi", "scgi", "uwsgi", "h2c", "ftp"} or "|" in url:
        return False
    host = rest.partition("/")[0].rpartition("@")[2]
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    return not is_loopback(name) and "$" not in name


def _balancers(host: Host) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for scope in host.bases:
        for node in scope:
            path = node.word(0)
            if node.name == "proxy" and isinstance(path, str) and path.lower().startswith("balancer://"):
                name = path.lower().partition("://")[2].partition("/")[0]
                found.setdefault(name, []).extend(each for each in node.block or () if each.name == "balancermember")
    return found


def redirects_to_tls(host: Host) -> Node | Unknown | None:
    """Return the line that sends every request to https, None if there is none."""
    hidden: Unknown | None = None
    for node in host.bases[-1]:
        if node.name == "" and node.unsure is not None:
            hidden = node.unsure
        inner: Nodes = (node.block or ()) if node.name == "location" and node.word(0) == "/" else ()
        for each in (node, *inner):
            if _is_redirect(each, inside=each is not node) or _is_rewrite(each):
                return either(each.unsure, each)
    return hidden


def _is_redirect(node: Node, *, inside: bool) -> bool:
    if node.name not in {"redirect", "redirectmatch", "redirectpermanent", "redirecttemp"}:
        return False
    words = [word if isinstance(word, str) else "" for word in node.words]
    if words and words[0].lower() in _STATUS:
        words = words[1:]
    if inside and len(words) == 1:
        return words[0].lower().startswith("https:")
    if len(words) < 2 or not (words[1] or "https:").lower().startswith("https:"):
        return False
    return words[0] in {
        "/",
        "^",
        ".*",
        "^/",
        "(.*)",
        "^(.*)$",
        "^/(.*)$",
        "^/?(.*)$",
        "^.*$",
        "^/.*$",
        "^/(.*)",
        "^(.*)",
    }


def _is_rewrite(node: Node) -> bool:
    if node.name != "rewriterule" or len(node.words) < 2:
        return False
    pattern, target = node.word(0), node.word(1)
    if not isinstance(pattern, str) or pattern.strip("^$/()?") not in {"", ".*", ".+"}:
        return False
    return isinstance(target, str) and target.lower().startswith("https:")
