"""Texts that applications take as settings: truth, spans of time, lists and addresses."""

import re
from dataclasses import field
from typing import Final
from urllib.parse import unquote_plus

from auditor.patterns import lazy
from auditor.records import dataclass

TRUE: Final = frozenset(["true", "1", "yes", "on", "enabled", "y", "t"])
FALSE: Final = frozenset(["false", "0", "no", "off", "disabled", "n", "f"])

_SECONDS: Final = {
    "ms": 0.001,
    "millis": 0.001,
    "millisecond": 0.001,
    "s": 1.0,
    "sec": 1.0,
    "second": 1.0,
    "m": 60.0,
    "min": 60.0,
    "minute": 60.0,
    "h": 3600.0,
    "hr": 3600.0,
    "hour": 3600.0,
    "d": 86400.0,
    "day": 86400.0,
    "w": 604800.0,
    "week": 604800.0,
    "y": 31557600.0,
    "year": 31557600.0,
}
_SPAN = lazy(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[a-z]*)", re.I)
_ISO = lazy(r"P(?:(?P<d>\d+)D)?(?:T(?:(?P<h>\d+)H)?(?:(?P<m>\d+)M)?(?:(?P<s>\d+)S)?)?", re.I)
_PLACEHOLDER = lazy(
    r"<.*>|\{\{.*|\$\{.*|%\w+%|x{3,}|\.{3}|(?:your|change|replace|insert|enter|todo|example)(?:[-_ ]?.*)?", re.I
)
_ANY_ORIGIN = lazy(
    r"\^?\(*(?:\?:)?"
    r"(?:(?:https?(?:\?|\(s\)\?)?|\((?:\?:)?https?\|https?\)|\w\+|\.[*+]\??)(?::(?:\\?/){2})?)?"
    r"\(*(?:\?:)?(?:\.[*+]\??|\[\^?[/:\\s]+\][*+])?\)*\$?",
)
"""A regular expression of a scheme at most, and then of anything."""
_URL = lazy(r"(?P<scheme>(?:jdbc:)?[a-z][a-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<rest>.*)", re.I | re.S)
_HOST = lazy(r"(?P<host>\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?)(?::\d{1,5})?", re.I)
_LOOPBACK: Final = frozenset(["localhost", "::1", "0.0.0.0", "host.docker.internal", "ip6-localhost"])  # noqa: S104  # compared with, not listened on


def unit_seconds(word: str) -> float | None:
    """Return how many seconds a word for a unit of time stands for (`MINUTES`, `ms`), None if it is none."""
    word = word.lower()
    return _SECONDS.get(word) or _SECONDS.get(word.removesuffix("s"))


def span_seconds(text: str, default_unit: float | None = None) -> float | None:
    """Return the seconds of `15m`, `7 days`, `PT30M` or, by `default_unit` (in seconds), of a bare number.

    None if the text is no span of time, or a bare number whose unit is not known.
    """
    match = _SPAN.fullmatch(text.strip())
    if match:
        unit = unit_seconds(match["unit"]) if match["unit"] else default_unit
        return float(match["number"]) * unit if unit is not None else None
    iso = _ISO.fullmatch(text.strip())
    if iso and any(iso.groups()):
        return sum(float(iso[unit]) * _SECONDS[unit] for unit in "dhms" if iso[unit])
    return None


def span_words(seconds: float) -> str:
    """Return a span for a reader: `8 days`, `90 minutes`."""
    for unit in ("day", "hour", "minute"):
        size = _SECONDS[unit]
        if seconds >= size and seconds % size == 0:
            count = int(seconds // size)
            return f"{count} {unit}{'s' if count != 1 else ''}"
    return f"{seconds:g} seconds"


def items_of(text: str) -> tuple[str, ...]:
    """Return the items of `a,b`, `a b` or `["a", "b"]`."""
    return tuple(item for item in re.split(r"[\s,;]+", re.sub(r"[\[\]\"']", " ", text)) if item)


def takes_any_origin(pattern: str) -> bool:
    """Tell whether a regular expression takes the origins of all sites (`.*`, `^https?://.+$`)."""
    match = _ANY_ORIGIN.fullmatch(pattern)
    return match is not None and (".*" in pattern or ".+" in pattern or "[^" in pattern)


def is_placeholder(text: str) -> bool:
    """Tell whether the text only marks where a value goes (`<your-domain>`, `changeme`, empty)."""
    return not text.strip() or _PLACEHOLDER.fullmatch(text.strip()) is not None


@dataclass(frozen=True)
class Url:
    """An address without its user, password, port and path, which may be secret. `options` by lower-case name."""

    scheme: str
    hosts: tuple[str, ...]
    options: dict[str, str] = field(repr=False)

    @property
    def host(self) -> str:
        return self.hosts[0] if self.hosts else ""

    @property
    def is_loopback(self) -> bool:
        """Whether it stays on this host: loopback, a Unix socket, no host at all."""
        return all(host in _LOOPBACK or host.startswith("127.") or "%2f" in host for host in self.hosts)

    @property
    def is_neighbour(self) -> bool:
        """Whether it names a container of the same network: one word, or a Service of the cluster."""
        return all("." not in host and ":" not in host for host in self.hosts) or all(
            host.endswith((".svc", ".svc.cluster.local")) for host in self.hosts
        )


def read_url(text: str) -> Url | None:
    """Return the address in `text`, None if it is none that can be read for sure."""
    match = _URL.fullmatch(text.strip())
    if match is None:
        return None
    authority = match["authority"].rpartition("@")[2]
    path, _, query = match["rest"].partition("?")
    if "@" in path:  # an unescaped slash in the password: what looks like the host is not
        return None
    hosts: list[str] = []
    for part in authority.split(",") if authority else ():
        found = _HOST.fullmatch(part)
        if found is None:
            return None
        hosts.append(found["host"].strip("[]").lower())
    return Url(match["scheme"].lower(), tuple(hosts), _options(query))


def _options(query: str) -> dict[str, str]:
    pairs = (item.partition("=") for item in re.split(r"[&;]", query.partition("#")[0]) if item)
    return {unquote_plus(name).lower(): unquote_plus(value) for name, _, value in pairs}
