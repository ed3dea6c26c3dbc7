"""Which protocol versions a client can negotiate (ngx_http_ssl_module, nginx 1.22-1.29)."""

from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .levels import Level

Version = tuple[int, ...]
NAMES = {"TLSv1": "TLS 1.0", "TLSv1.1": "TLS 1.1", "SSLv3": "SSL 3", "SSLv2": "SSL 2"}
PER_NAME_SINCE: Version = (1, 29, 2)
"""From here on `ssl_protocols` of the server chosen by name counts, not that of the socket's default server."""
_DEFAULTS: tuple[tuple[Version, tuple[str, ...]], ...] = (
    ((1, 27, 3), ("TLSv1.2", "TLSv1.3")),
    ((1, 23, 4), ("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")),
    ((1, 9, 1), ("TLSv1", "TLSv1.1", "TLSv1.2")),
)
"""From which version on which protocols are on by default (manual of `ssl_protocols`, CHANGES of 1.9.1 to 1.27.3)."""


@dataclass(frozen=True)
class Protocols:
    """Protocols that the configuration permits; `at` is None for the default."""

    names: frozenset[str]
    at: Location | None = None


def version_of(text: str | None) -> Version | None:
    """Return "1.25.3" as numbers, None for less than two of them."""
    numbers = tuple(int(part) for part in (text or "").split(".") if is_whole_number(part))
    return numbers if len(numbers) >= 2 else None


def is_before(version: Version | None, limit: Version) -> bool | None:
    """Tell whether a version is earlier than `limit`; "1.29" may be any 1.29, and None any version."""
    if version is None or (len(version) < len(limit) and version == limit[: len(version)]):
        return None
    return version < limit


def protocols_of(level: Level, version: Version | None) -> Protocols | Unknown:
    """Return what `ssl_protocols` on this level or around it permits, or the version's default."""
    lines = level.in_force("ssl_protocols")
    if isinstance(lines, Unknown):
        return lines
    if not lines:
        return _default(version)
    words = [word for line in lines for word in line.words]
    unknown = next((word for word in words if isinstance(word, Unknown)), None)
    if unknown is not None:
        return unknown
    return Protocols(frozenset(str(word) for word in words), lines[-1].at)


def _default(version: Version | None) -> Protocols | Unknown:
    for since, names in _DEFAULTS:
        before = is_before(version, since)
        if before is None:
            return Unknown("ssl_protocols is not set, and its default depends on the version, which is not known")
        if not before:
            return Protocols(frozenset(names))
    return Unknown("the default of a version before 1.9.1 is not known here")
