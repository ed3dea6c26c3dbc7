"""An etcd member with the options in force."""

import ipaddress
import re

from auditor.model.exposure import Exposure
from auditor.model.fact import Problem
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.configured import (
    Configured,
    exposure_of,
    is_any_address,
    is_loopback,
    major_of,
    version_of,
)

from .document import Option
from .flags import TRUE

_LAST_WITHOUT_MODE = (3, 4)
_URL = lazy(r"(?P<scheme>https?|unixs?)://(?P<host>\[[^\]]*\]|[^:/]*)(?::(?P<port>\d{1,5}))?/?")


@dataclass(frozen=True)
class Url:
    """A URL to listen on; `host` is without brackets."""

    text: str
    scheme: str
    host: str
    port: int

    @property
    def has_tls(self) -> bool:
        return self.scheme in {"https", "unixs"}

    @property
    def is_loopback(self) -> bool:
        return self.scheme.startswith("unix") or is_loopback(self.host)

    @property
    def can_be_bound(self) -> bool:
        """Whether it names an address, as etcd asks of a URL to listen on."""
        try:
            ipaddress.ip_address(self.host)
        except ValueError:
            return self.scheme.startswith("unix") or self.host in {"localhost", ""}
        return True

    def __str__(self) -> str:
        return f"all addresses, port {self.port}" if is_any_address(self.host) else self.text


def read_urls(text: str) -> tuple[Url, ...] | None:
    """Return the URLs of a list, None if one is none."""
    found: list[Url] = []
    for part in text.split(","):
        match = _URL.fullmatch(part.strip())
        if match is None or (match["port"] is None and match["scheme"].startswith("http")):
            return None
        found.append(Url(part.strip(), match["scheme"], match["host"].strip("[]"), int(match["port"] or 0)))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class EtcdServer(Configured):
    """An etcd member. `misplaced` are keys that its file has in a place where etcd does not look.

    `is_control_plane` tells that Kubernetes' own checks judge its listeners. `has_root_password` tells that the
    start script of Bitnami's image switches user accounts on.
    """

    misplaced: tuple[Option, ...] = ()
    unrecognised: tuple[Problem, ...] = ()
    """Flags that no version known here has; a newer one may."""
    is_control_plane: bool = False
    has_root_password: bool | Unknown = False
    is_from_file: bool = False
    """Whether a YAML file holds its options."""
    workload: Workload | None = None
    """The container that runs it, None for a member of a file."""

    def is_on(self, name: str) -> bool | Unknown:
        """Return a switch."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value in TRUE

    def urls(self, name: str) -> tuple[Url, ...] | Unknown:
        """Return the URLs of an option such as `listen-client-urls`."""
        value = self.text(name)
        if value is None or isinstance(value, Unknown):
            return value if isinstance(value, Unknown) else ()
        return (read_urls(value) or ()) if value else ()

    def outside(self, name: str) -> tuple[Url, ...] | Unknown:
        """Return the URLs of an option that other hosts reach."""
        urls = self.urls(name)
        if isinstance(urls, Unknown):
            return urls
        return tuple(url for url in urls if not url.is_loopback)

    def asks_certificate(self, prefix: str = "") -> bool | Unknown:
        """Whether its TLS listeners need a client's certificate; `prefix` is "peer-" for other members.

        A CA file alone makes it ask as well (tried: 3.4.23; `TLSInfo.ServerConfig`).
        """
        switch, file = self.is_on(f"{prefix}client-cert-auth"), self.is_set(f"{prefix}trusted-ca-file")
        if switch is True or file is True:
            return True
        return switch if isinstance(switch, Unknown) else file

    @property
    def compacts(self) -> bool | Unknown:
        """Whether it drops old versions of keys by itself.

        From a configuration file without `auto-compaction-mode`, 3.4.23 takes a number of hours for none.
        """
        major = major_of(self.version)
        if major is not None and major < 3:  # the versioned store came with 3
            return Unknown("etcd 2 keeps no versions of keys")
        retention = self.text("auto-compaction-retention")
        if isinstance(retention, Unknown):
            return retention
        if retention is None or re.fullmatch(r"0*[smh]?", retention):
            return False
        if not self.is_from_file or not retention.isdigit() or self.is_set("auto-compaction-mode") is True:
            return True
        version = version_of(self.version)
        if version is None or version > _LAST_WITHOUT_MODE:
            return Unknown("etcd 3.4 does not compact without auto-compaction-mode in its file; a later one may")
        return False

    @property
    def peer_exposure(self) -> Exposure:
        """From where its peer URLs are reached."""
        urls = self.outside("listen-peer-urls")
        if isinstance(urls, Unknown) or not urls:
            return self.exposure
        at = self.where("listen-peer-urls")
        return exposure_of([url.host for url in urls], {url.port for url in urls}, self.workload, at)

    @property
    def members(self) -> tuple[str, ...] | Unknown:
        """The names of `initial-cluster`; one member where it is not set and nothing discovers others."""
        for name in ("discovery", "discovery-srv", "discovery-endpoints"):
            if self.is_set(name) is not False:
                return Unknown("discovery finds the members")
        text = self.text("initial-cluster")
        if text is None or isinstance(text, Unknown):
            return text if isinstance(text, Unknown) else ()
        return tuple(part.partition("=")[0] for part in text.split(",") if part.strip())
