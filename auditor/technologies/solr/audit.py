"""What Solr's audit log leaves out.

Source: Solr Reference Guide 9.9, "Audit Logging": event types, and rules that mute; the items of an inner list must all
be true.
"""

from typing import Final

from auditor.formats.tree import Mapping, Scalar, Sequence
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass

_DONE: Final = frozenset({"COMPLETED", "AUTHORIZED"})
_REFUSED: Final = frozenset({"REJECTED", "ANONYMOUS_REJECTED", "UNAUTHORIZED"})
_HIDING: Final = {"type:SEARCH": "search", "type:UPDATE": "update", "type:ADMIN": "administration"}


@dataclass(frozen=True)
class Audit:
    """`missing` are kinds of events that are not written, `muted` kinds of requests that a rule hides as a whole."""

    missing: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()


def read_audit(block: Mapping) -> Audit | Unknown:
    """Return the gaps of the block `auditlogging`."""
    if (block.text("class") or "").endswith("MultiDestinationAuditLogger"):
        return Unknown("each of several audit loggers has its own filter")
    missing: list[str] = []
    types = block.sequence("eventTypes")
    if types is not None:
        names = {item.text for item in types.scalars()}
        if types.open or any(HOLE in name for name in names):
            return Unknown("a template expression supplies the events")
        missing += [] if names & _DONE else ["requests that succeed"]
        missing += [] if names >= _REFUSED else ["requests that are refused"]
    muted: list[str] = []
    for rule in block.sequence("muteRules") or ():
        items = [rule] if isinstance(rule, Scalar) else list(rule) if isinstance(rule, Sequence) else []
        if len(items) == 1 and isinstance(items[0], Scalar) and items[0].text in _HIDING:
            muted.append(_HIDING[items[0].text])
    return Audit(tuple(missing), tuple(muted))
