"""Members of an ensemble: `server.N=host:quorum port:election port[:role][;[address:]client port]`.

Source: `QuorumPeer.QuorumServer` of ZooKeeper 3.9.5; several addresses of one member are joined by `|`.
"""

import re

from auditor.model.location import Location
from auditor.patterns import lazy
from auditor.records import dataclass

_KEY = lazy(r"server\.([0-9]{1,18})")
_FORM = lazy(
    r"(?P<host>\[[^\]]*\]|[^:;|\[\]]+):(?P<quorum>\d{1,9}):(?P<election>\d{1,9})(?::(?P<role>participant|observer))?"
    r"(?:\|[^;]*?(?::(?P<late_role>participant|observer))?)?"
    r"(?:;(?:(?P<address>\[[^\]]*\]|[^:;]*):)?(?P<client>\d{1,9}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Member:
    """`client_port` is None where the line does not tell."""

    number: int
    host: str
    is_observer: bool
    client_port: int | None
    client_address: str
    at: Location


def number_of(key: str) -> int | None:
    """Return the N of a key `server.N`, None if it is another key."""
    match = _KEY.fullmatch(key)
    return int(match[1]) if match else None


def parse_member(number: int, value: str, at: Location) -> Member | None:
    """Read a member's line; None if the server would refuse it."""
    match = _FORM.fullmatch(value.replace(" ", ""))
    if match is None:
        return None
    role = (match["role"] or match["late_role"] or "participant").lower()
    client = int(match["client"]) if match["client"] else None
    return Member(number, match["host"].strip("[]"), role == "observer", client, match["address"] or "", at)
