"""Where TLS ends for the clients of an HTTPRoute: at the listeners of its Gateways.

Source: Gateway API 1.2, HTTPRoute (`parentRefs` name a Gateway and, with `sectionName` or `port`, some of its
listeners) and Gateway (`protocol: HTTPS`; `tls.mode` is Terminate unless written).
"""

from collections.abc import Iterator

from auditor.formats.tree import Mapping
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .catalogue import Catalogue
from .manifest import Manifest
from .reading import as_written

_GROUP = "gateway.networking.k8s.io"
_ELSEWHERE = Unknown("its Gateway is not in the scanned files")


@dataclass(frozen=True)
class Ends:
    """Whether TLS ends there for `some` clients, and for `all` of them (nothing is served in clear)."""

    some: bool | Unknown
    all: bool | Unknown


def ends_at_gateways(route: Manifest, catalogue: Catalogue) -> Ends:
    """Return where TLS ends for the clients of an HTTPRoute."""
    parents = route.body.sequence("spec", "parentRefs")
    answers: list[bool] = []
    for parent in parents.mappings() if parents is not None else ():
        listeners = list(_listeners(parent, route, catalogue))
        if not listeners:
            return Ends(some=_ELSEWHERE, all=_ELSEWHERE)
        answers += [_ends(listener) for listener in listeners]
    if not answers:
        return Ends(some=_ELSEWHERE, all=_ELSEWHERE)
    return Ends(some=any(answers), all=all(answers))


def _listeners(parent: Mapping, route: Manifest, catalogue: Catalogue) -> Iterator[Mapping]:
    name = as_written(parent.scalar("name"), route.source)
    scope = parent.text("namespace") or route.scope
    for gateway in catalogue.of("Gateway", _GROUP):
        if gateway.name != name or gateway.scope != scope:
            continue
        listed = gateway.body.sequence("spec", "listeners")
        for listener in listed.mappings() if listed is not None else ():
            section, port = parent.text("sectionName"), parent.text("port")
            if section in {None, listener.text("name")} and port in {None, listener.text("port")}:
                yield listener


def _ends(listener: Mapping) -> bool:
    return listener.text("protocol") in {"HTTPS", "TLS"} and listener.text("tls", "mode") in {None, "Terminate"}
