"""Sockets that systemd opens for dockerd (`-H fd://`).

Source: systemd.socket(5) of 252, ListenStream=: a number is a port of all addresses, an empty line resets the
list. moby 29, `daemon/listeners/listeners_linux.go`: dockerd takes every socket that it is handed, those of TCP with
TLS as for its own.
"""

import re

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.patterns import lazy
from auditor.technologies.document import FileView

_FOLDER = "/etc/systemd/system"
_UNITS = ("docker.socket", "docker-tcp.socket")
_LISTEN = lazy(r"^[ \t]*ListenStream[ \t]*=[ \t]*(?P<address>\S*)[ \t]*\r?$", re.M)


def sockets_of(view: FileView) -> list[Located[str]]:
    """Return the TCP addresses, as dockerd writes them, of the socket units that start it and are in the tree."""
    found: list[Located[str]] = []
    for name in _UNITS:
        source = view.open(f"{_FOLDER}/{name}")
        if isinstance(source, Source):
            found += _addresses(source)
    return found


def _addresses(source: Source) -> list[Located[str]]:
    found: list[Located[str]] = []
    for match in _LISTEN.finditer(source.text):
        address = match["address"]
        line = source.text.count("\n", 0, match.start("address")) + 1
        column = match.start("address") - source.text.rfind("\n", 0, match.start("address"))
        at = source.at(line, column, line, column + max(len(address), 1) - 1)
        if not address:
            found = []
        elif "%" in address or "{" in address:
            found.append(Located(value=Unknown("a template supplies a socket's address"), at=at))
        elif address.isdigit():
            found.append(Located(value=f"tcp://0.0.0.0:{address}", at=at))
        elif not address.startswith(("/", "@", "vsock:")):
            found.append(Located(value=f"tcp://{address}", at=at))
    return found
