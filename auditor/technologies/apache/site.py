"""A virtual host as clients meet it: encryption, log, and what is behind its paths."""

from collections.abc import Iterator
from dataclasses import field
from functools import cached_property

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.origins import ANYBODY, strangers

from .access import OK, access_of
from .access_rules import Client
from .addresses import is_loopback
from .hosts import Endpoint, Host
from .mapping import Upstream, file_of, upstreams
from .nodes import Node, Nodes, either, every, last
from .page import STRANGER, Page
from .patterns import is_pattern, matches_regex
from .redirects import redirects_to_tls
from .sections import Htaccess, is_regex, sections_of
from .tls import ALL, versions

_UPLOADS = {"upload", "uploads", "uploaded", "userfiles", "attachments", "incoming", "documents", "files", "media"}
_SCRIPTS = (".php", ".cgi", ".pl", ".py", ".phtml")
_PATHS = {"alias", "scriptalias", "proxypass"}
_ORIGIN_EXPRESSIONS = {"%{http:origin}", "%{req:origin}", "%{http_origin}"}


@dataclass(frozen=True, kw_only=True)
class Site:
    """A virtual host, or the main server where no virtual host is for an address."""

    host: Host
    default: Host
    """The host that a client meets here before it names the one it wants, which may be this one."""
    htaccess: Htaccess = field(repr=False)

    @property
    def name(self) -> str:
        """Its ServerName with its ports, as in `records.clinic.example:443`."""
        ports = sorted({each.port for each in self.host.endpoints if each.port is not None})
        listed = ",".join(str(port) for port in ports)
        name = self.host.name
        return name if not listed or name.endswith(tuple(f":{port}" for port in ports)) else f"{name}:{listed}"

    @property
    def at(self) -> Location:
        return self.host.at

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """Where it listens beyond loopback, as far as the files tell."""
        return tuple(each for each in self.host.endpoints if not is_loopback(each.address))

    @property
    def is_reachable(self) -> bool | Unknown:
        """Whether a client of another host can reach it."""
        if self.endpoints:
            return True
        return either(self.host.open, False)

    def where(self, name: str) -> Location:
        """Return the line of the directive in force, or the host's."""
        node = self.host.last(name)
        return node.at if isinstance(node, Node) else self.at

    def sets(self, name: str) -> bool:
        """Tell whether a line sets a directive, be its value known or not."""
        return isinstance(self.host.last(name), Node)

    def word(self, name: str, default: str) -> str | Unknown:
        """Return the first word of a directive in lower case, `default` where nothing sets it."""
        node = self.host.last(name)
        if isinstance(node, Unknown):
            return node
        if node is None:
            return default
        return either(node.doubt(), str(node.word(0)).lower())

    @property
    def tls(self) -> bool | Unknown:
        """Whether it speaks TLS. `Listen 443` alone does not make it.

        Of a virtual host in a file of its own it is taken that the main server, which is not known, has no SSLEngine.
        """
        if self.host.main_open is not None and self.host.last("sslengine") is self.host.main_open:
            return False
        value = self.word("sslengine", "off")
        return value if isinstance(value, Unknown) else value in {"on", "optional"}

    @property
    def tls_versions(self) -> frozenset[str] | Unknown:
        """The versions that SSLProtocol permits; the default is `all -SSLv3`.

        A host that no SSLProtocol is for keeps the versions of the default host (seen with 2.4.71).
        """
        node = self.host.last("sslprotocol")
        if node is None:
            node = self.default.last("sslprotocol")
        if isinstance(node, Unknown):
            return node
        if node is None:
            return ALL
        doubt = node.doubt()
        return either(doubt, versions([word for word in node.words if isinstance(word, str)]) or frozenset())

    @property
    def expects_tls(self) -> bool:
        """Whether it is meant for TLS: it has a certificate of its own, or port 443 and no other."""
        own = self.host.own or ()
        ports = {each.port for each in self.host.endpoints}
        return any(node.name == "sslcertificatefile" and node.unsure is None for node in own) or ports == {443}

    @property
    def redirect(self) -> Node | Unknown | None:
        """The line that sends every request to https."""
        return redirects_to_tls(self.host, self.page("/").scopes)

    @property
    def upstreams(self) -> list[Upstream | Unknown]:
        """Where requests are passed on to."""
        return upstreams(self.host)

    @property
    def serves_anything(self) -> bool | Unknown:
        """Whether it has contents of its own: a folder or another server behind it."""
        if self.upstreams or self.host.own is not None:
            return True
        root = self.host.last("documentroot")
        return root if isinstance(root, Unknown) else root is not None

    @property
    def access_logs(self) -> list[Node] | Unknown:
        """The lines that log requests: a virtual host's own ones take the place of the main server's."""
        found: list[Node] = []
        for scope in reversed(self.host.bases):
            found = [node for node in scope if node.name in {"customlog", "transferlog"}]
            hidden = next((node.unsure for node in scope if node.name == "" and node.unsure is not None), None)
            if found or hidden is not None:
                return hidden if not found and hidden is not None else found
        always = every("globallog", self.host.main)
        return always or either(self.host.main_open, found)

    @property
    def log_formats(self) -> list[tuple[str | Unknown, Location]]:
        """The formats that its access logs write, each with its line."""
        logs = self.access_logs
        named: dict[str, tuple[str | Unknown, Location]] = {}
        for scope in self.host.bases:
            for node in scope:
                name = node.word(1)
                if node.name == "logformat" and isinstance(name, str) and name:
                    named[name] = (node.word(0), node.at)
        found: list[tuple[str | Unknown, Location]] = []
        for node in [] if isinstance(logs, Unknown) else logs:
            text = node.word(1)
            if isinstance(text, str) and node.name != "transferlog":
                found.append(named.get(text, (text, node.at)))
        return found

    @property
    def dumps(self) -> list[Node]:
        """The lines that log whole requests: ForensicLog, and DumpIO where LogLevel lets it (`trace7`, mod_dumpio)."""
        level = self.host.last("loglevel")
        words = [str(word) for word in level.lower()] if isinstance(level, Node) else []
        own = [word.partition(":")[2] for word in words if word.startswith(("dumpio:", "dumpio_module:"))]
        general = [word for word in words if ":" not in word]
        lets = (own or general)[-1:] in (["trace7"], ["trace8"])
        found = [self.host.last("forensiclog")]
        found += [self.host.last(name) for name in ("dumpioinput", "dumpiooutput")] if lets else []
        nodes = [node for node in found if isinstance(node, Node) and node.doubt() is None]
        return [node for node in nodes if node.name == "forensiclog" or node.lower()[:1] == ("on",)]

    @property
    def forwards_for_anybody(self) -> bool | Unknown:
        """Whether a client from anywhere may use it as a forward proxy, by the `<Proxy>` sections for all URLs."""
        scopes: list[Nodes] = []
        for scope in self.host.bases:
            scopes += [node.block or () for node in scope if node.name == "proxy" and node.words == ("*",)]
        status = access_of(tuple(scopes)).status(Client(STRANGER, tls=True))
        return status if isinstance(status, Unknown) else status == OK

    def stranger_reflected(self, value: str | Unknown) -> str | None:
        """Return an origin of a stranger that a header's value names back, None where none is known.

        The value is a variable that SetEnvIf takes from the Origin, or an expression that says it.
        """
        text = value.lower() if isinstance(value, str) else ""
        if text.startswith("expr=") and text[5:].strip() in _ORIGIN_EXPRESSIONS:
            return ANYBODY
        if not text.startswith("%{") or not text.endswith("}e"):
            return None
        for scope in self.host.bases:
            for node in scope:
                found = _stranger(node, text[2:-2]) if node.name.startswith("setenvif") else None
                if found is not None:
                    return found
        return None

    def page(self, url: str, at: Location | None = None) -> Page:
        """Return what is in force at a URL path."""
        file = file_of(self.host, url)
        name = None if isinstance(file, Unknown) else file
        return Page(url, file, sections_of(self.host.bases, url, name, self.htaccess), at or self.at)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The root and every path that the configuration names, in the order of the files."""
        found: dict[str, Location] = {"/": self.at}
        for url, at in self._named_paths():
            found.setdefault(url, at)
        return tuple(self.page(url, at) for url, at in found.items())

    @property
    def upload_folders(self) -> tuple[Page, ...]:
        """The paths whose name says that people's files are put there, and that are served to strangers."""
        return tuple(
            page for page in self.pages if _UPLOADS & set(page.url.lower().split("/")) and page.is_open() is True
        )

    def script_handler(self, url: str) -> Node | Unknown | None:
        """Return the line that makes a script run below a folder, None if scripts are handed out as they are."""
        folder = url if url.endswith("/") else f"{url}/"
        for ending in _SCRIPTS:
            page = self.page(f"{folder}sample{ending}")
            handler = page.handler(ending)
            if page.is_open() is True and handler is not None:
                return handler
        return None

    def _named_paths(self) -> Iterator[tuple[str, Location]]:
        for scope in self.host.bases:
            for node in scope:
                path = node.word(0)
                if node.unsure is not None or not isinstance(path, str):
                    continue
                if (
                    node.name == "location" and path.startswith("/") and not is_pattern(path) and not is_regex(node)
                ) or (node.name in _PATHS and path.startswith("/") and not is_pattern(path)):
                    yield path, node.at
                elif node.name == "directory" and not is_pattern(path) and not is_regex(node):
                    yield from ((url, node.at) for url in self._urls_of(path))

    def _urls_of(self, folder: str) -> Iterator[str]:
        """Yield the URL paths at which a folder of the disk is served."""
        folder = folder.rstrip("/") + "/"
        for scope in self.host.bases:
            for node in scope:
                if node.name in {"alias", "scriptalias"} and len(node.words) > 1 and node.doubt() is None:
                    fake, real = str(node.words[0]), str(node.words[1]).rstrip("/") + "/"
                    if folder.startswith(real):
                        yield fake.rstrip("/") + "/" + folder[len(real) :]
        root = last("documentroot", *self.host.bases)
        word = root.word(0) if isinstance(root, Node) else None
        if isinstance(word, str) and folder.startswith(word.rstrip("/") + "/"):
            yield "/" + folder[len(word.rstrip("/")) + 1 :]


def _stranger(node: Node, name: str) -> str | None:
    """Return a stranger's origin that `SetEnvIf Origin` puts into a variable: the whole match, or all of it in $1."""
    words = [word if isinstance(word, str) else "" for word in node.words]
    if len(words) < 3 or words[0].lower() != "origin" or node.unsure is not None:
        return None
    whole = {f"{name}=$0"}
    if words[1].lstrip("^").startswith("(") and not words[1].lstrip("^").startswith("(?"):
        whole.add(f"{name}=$1")
    if not any(word.lower() in whole for word in words[2:]):
        return None
    return next((origin for origin in strangers(words[1]) if matches_regex(words[1].lower(), origin) is True), None)
