"""Objects of a Kubernetes cluster that several technologies declare."""

from auditor.records import dataclass

from .fact import Fact
from .location import Location
from .unknown import Unknown


@dataclass(frozen=True, kw_only=True)
class ServiceObject(Fact):
    """A Service. `type` is Unknown if a template sets it; `datastore` is the product behind it, "" if none is known.

    `internal` tells whether annotations keep the load balancer inside the provider's private network.
    """

    name: str
    type: str | Unknown
    type_at: Location
    datastore: str = ""
    datastore_at: Location | None = None
    internal: bool = False
    source_ranges: bool = False
