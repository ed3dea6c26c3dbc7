"""Addresses that the server listens on, and the virtual host that serves each.

Source: `server/vhost.c` of 2.4: of the virtual hosts of an address and port the first one is the default; the main
server answers where no virtual host is for the address and port.
"""

from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .nodes import Node, Nodes, either, last


@dataclass(frozen=True)
class Endpoint:
    """An address with a port; `*` is every address, port None is any."""

    address: str
    port: int | None
    at: Location


@dataclass(frozen=True, kw_only=True)
class Host:
    """A virtual host, or the main server (`own` is None), with the endpoints on which requests come to it.

    `open` tells why its endpoints are not all known, None if they are.
    """

    name: str
    main: Nodes
    own: Nodes | None
    at: Location
    endpoints: tuple[Endpoint, ...]
    open: Unknown | None = None
    main_open: Unknown | None = None
    """Why the main server's own directives are not known, None if they are."""

    @property
    def bases(self) -> tuple[Nodes, ...]:
        """The directives of the main server and of the virtual host."""
        return (self.main,) if self.own is None else (self.main, self.own)

    def last(self, name: str) -> Node | Unknown | None:
        """Return the directive in force: the virtual host's, else the main server's; None if nothing sets it."""
        found = last(name, *self.bases)
        return self.main_open if found is None else found


_EVERY = {"", "_default_", "*", "0.0.0.0", "[::]"}  # noqa: S104  # compared with what a file says


def endpoint(word: str, at: Location, *, listening: bool) -> Endpoint | None:
    """Read `80`, `*:80`, `10.0.0.1:80`, `[::1]:80` or `*`; None for what is none."""
    address, colon, port = word.rpartition(":")
    if word.endswith("]") or not colon:
        address, port = (word, "") if not (listening and is_whole_number(word)) else ("*", word)
    if port and port != "*" and not is_whole_number(port):
        return None
    if listening and not port:
        return None
    address = "*" if address.lower() in _EVERY else address.strip("[]")
    return Endpoint(address, int(port) if is_whole_number(port) else None, at)


def listens(main: Nodes) -> list[Endpoint] | Unknown:
    """Return the endpoints of the Listen lines."""
    found: list[Endpoint] = []
    for node in main:
        if node.name == "" and node.unsure is not None:
            return node.unsure
        if node.name == "listen":
            word = node.word(0)
            doubt = node.doubt()
            if doubt is not None or isinstance(word, Unknown):
                return either(doubt, Unknown("an address is not known"))
            read = endpoint(word, node.at, listening=True)
            if read is not None:
                found.append(read)
    return found


def hosts_of(main: Nodes, at: Location, main_open: Unknown | None) -> tuple[Host, ...]:
    """Return the virtual hosts and the main server, each with what comes to it."""
    listening = either(main_open, listens(main))
    sections = [node for node in main if node.name == "virtualhost"]
    plain = tuple(node for node in main if node.name != "virtualhost")
    found: list[Host] = []
    taken = [each for section in sections for each in _wanted(section)]
    for section in sections:
        wanted = _wanted(section)
        unsure = section.doubt()
        if isinstance(listening, Unknown):
            reached = tuple(each for each in wanted if each.port is not None)
        else:
            both = (_reached(each, wanted, taken) for each in listening)
            reached = tuple(each for each in both if each is not None)
        own = section.block or ()
        found.append(
            Host(
                name=_label(own, section),
                main=plain,
                own=own,
                at=section.at,
                endpoints=reached,
                open=either(unsure, listening if isinstance(listening, Unknown) else None),
                main_open=main_open,
            )
        )
    if isinstance(listening, Unknown):
        rest: tuple[Endpoint, ...] = ()
    else:
        rest = tuple(each for each in listening if not any(_serves(one, each) for one in taken))
    if rest or not sections:
        name = _server_name(plain) or ("the main server" if main_open is None else "the server that includes this file")
        open_ = listening if isinstance(listening, Unknown) else None
        found.append(Host(name=name, main=plain, own=None, at=at, endpoints=rest, open=open_, main_open=main_open))
    return tuple(found)


def default_of(host: Host, hosts: tuple[Host, ...]) -> Host:
    """Return the host that answers at one of the same endpoints before a client has named the one it wants."""
    own = {(each.address, each.port) for each in host.endpoints}
    return next((one for one in hosts if own & {(each.address, each.port) for each in one.endpoints}), host)


def _serves(wanted: Endpoint, listening: Endpoint) -> bool:
    """Tell whether a virtual host's address is for all that comes in at a listening endpoint."""
    return wanted.port in {None, listening.port} and wanted.address in {"*", listening.address}


def _wanted(section: Node) -> list[Endpoint]:
    """Return the endpoints that a virtual host's opening line names."""
    names = [endpoint(word, section.at, listening=False) for word in section.words if isinstance(word, str)]
    return [each for each in names if each is not None]


def _reached(listening: Endpoint, wanted: list[Endpoint], taken: list[Endpoint]) -> Endpoint | None:
    """Return where requests come in for a virtual host at a listening endpoint, None if none do.

    A virtual host for any port stands back where another one is for the same address and just this port.
    """
    for one in wanted:
        if one.port not in {None, listening.port}:
            continue
        if one.port is None and any(each.address == one.address and each.port == listening.port for each in taken):
            continue
        if one.address in {"*", listening.address}:
            return listening
        if listening.address == "*" or not one.address[:1].isdigit():
            return Endpoint(one.address, listening.port, listening.at)
    return None


def _server_name(nodes: Nodes) -> str:
    node = last("servername", nodes)
    word = node.word(0) if isinstance(node, Node) else ""
    return word.partition("//")[2] or word if isinstance(word, str) else ""


def _label(own: Nodes, section: Node) -> str:
    word = section.word(0)
    return _server_name(own) or (word if isinstance(word, str) else "a virtual host")
