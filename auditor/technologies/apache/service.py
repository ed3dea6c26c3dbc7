"""Apache HTTPD as a fact."""

from collections.abc import Iterable, Mapping
from dataclasses import field

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.linking import Upstream
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .access import OK, access_of
from .access_rules import Client
from .addresses import is_loopback
from .hosts import Endpoint
from .nodes import Node, Nodes, cloud, either
from .page import STRANGER, Page
from .sections import sections_of
from .site import Site

_WIDEST = (Reach.PUBLISHED, Reach.HOST_NETWORK, Reach.UNKNOWN, Reach.CONTAINER_NETWORK, Reach.LOOPBACK)


@dataclass(frozen=True, kw_only=True)
class Apache(Service):
    """A server with its effective configuration.

    `sites` are its virtual hosts, and the main server where no virtual host answers. `main_open` tells why the main
    server's own directives are not known: the file is a part that some other one includes.
    """

    sites: tuple[Site, ...] = ()
    main: Nodes = ()
    main_open: Unknown | None = None
    exposures: Mapping[int, Exposure] = field(default_factory=dict[int, Exposure])
    """From where a port can be reached, where a container or unit runs the server."""

    def hands_on(self) -> Iterable[Upstream]:
        from .handing import handed_on  # noqa: PLC0415  # it needs this class

        return handed_on(self)

    def reach(self, endpoint: Endpoint) -> Exposure:
        """Return from where an address that the server listens on can be reached."""
        if is_loopback(endpoint.address):
            return Exposure(Reach.LOOPBACK, f"it listens on {endpoint.address} only", endpoint.at)
        return self.exposures.get(endpoint.port, self.exposure) if endpoint.port is not None else self.exposure

    def reach_of(self, site: Site) -> Exposure:
        """Return from where a site can be reached: by that of its addresses which most clients reach."""
        found = [self.reach(endpoint) for endpoint in site.endpoints]
        return min(found, key=lambda exposure: _WIDEST.index(exposure.reach)) if found else self.exposure

    @property
    def reachable(self) -> tuple[Site, ...]:
        """The sites that clients of other hosts reach, or may reach where the files do not tell."""
        return tuple(site for site in self.sites if site.is_reachable is not False)

    @property
    def pages(self) -> tuple[tuple[Site, Page], ...]:
        """Every path that the configuration names, with its site; each line that names one counts once."""
        found: dict[tuple[str, str], tuple[Site, Page]] = {}
        for site in self.reachable:
            for page in site.pages:
                found.setdefault((site.name, page.url), (site, page))
        return tuple(found.values())

    @property
    def upload_folders(self) -> tuple[tuple[Site, Page], ...]:
        """The folders for uploads that strangers reach, each with its site."""
        return tuple((site, page) for site in self.reachable for page in site.upload_folders)

    @property
    def serves_disk_root(self) -> bool | Unknown:
        """Whether strangers would get a file that lies outside of every folder the configuration names."""
        if self.main_open is not None:
            return self.main_open
        hidden = cloud(self.main)
        scopes = sections_of((self.main,), "/", "/no-such-folder/", lambda _folder, _scopes: ())
        status = access_of(scopes).status(Client(STRANGER, tls=True))
        if isinstance(status, Unknown) or (status == OK and hidden is not None):
            return status if isinstance(status, Unknown) else either(hidden, False)
        return status == OK

    def directive(self, name: str) -> Node | Unknown | None:
        """Return a directive of the main server, None if nothing sets it."""
        for node in reversed(self.main):
            if node.name in {name, ""} and node.unsure is not None:
                return node.unsure
            if node.name == name:
                return node
        return self.main_open
