"""Which TLS versions a listener negotiates (`ssl_sock_initial_ctx` and `bind_parse_ssl` of HAProxy 2.6)."""

from typing import Final

from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .options import Options

NAMES: Final = ("SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3")
_DEFAULT = NAMES.index("TLSv1.2")
"""The least version where nothing is set, since 2.2 (configuration manual 2.2, `ssl-min-ver`)."""
_WORDS = {"sslv3": 0, "tlsv10": 1, "tlsv11": 2, "tlsv12": 3, "tlsv13": 4}


@dataclass(frozen=True)
class Methods:
    """What options say: versions taken out by `no-…`, and the bounds (None where not set)."""

    without: frozenset[int] = frozenset()
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Versions:
    """Versions from `least` to `most`; none at all where `least` is greater (HAProxy does not start)."""

    least: int
    most: int

    @property
    def names(self) -> tuple[str, ...]:
        return NAMES[self.least : self.most + 1]

    @property
    def old(self) -> tuple[str, ...]:
        """The versions before 1.2. SSL 3 is left out: builds of OpenSSL since 1.1.0 lack it."""
        return tuple(name for name in self.names if name in {"TLSv1.0", "TLSv1.1"})


def methods_of(options: Options) -> Methods:
    """Read the options that choose versions."""
    without: set[int] = set()
    least: int | None = None
    most: int | None = None
    for name, value in options.pairs:
        prefix, _, version = name.partition("-")
        if prefix == "force" and version in _WORDS:
            least = most = _WORDS[version]
        elif prefix == "no" and version in _WORDS:
            without.add(_WORDS[version])
        elif name == "ssl-min-ver" and value in NAMES:
            least = NAMES.index(value)
        elif name == "ssl-max-ver" and value in NAMES:
            most = NAMES.index(value)
    return Methods(frozenset(without), least, most)


def versions_of(own: Methods, general: Methods, default_since: bool | Unknown) -> Versions | Unknown:
    """Return the versions that a listener negotiates.

    `general` are the options of the global section, whose bounds count where the listener has none. As soon as there is
    a bound, versions taken out singly are ignored. `default_since` tells whether TLS 1.2 is the default minimum.
    """
    least = own.least if own.least is not None else general.least
    most = own.most if own.most is not None else general.most
    without = own.without | general.without if least is None and most is None else frozenset[int]()
    # In `bind_parse_ssl` 0 stands for no bound, and is also no version: SSL 3 is 1 there.
    if least is None:
        if isinstance(default_since, Unknown):
            return default_since
        least = (_DEFAULT if most is None or most >= _DEFAULT else most) if default_since else 1
    last = len(NAMES) - 1 if most is None else most
    left = [number for number in range(least, last + 1) if number not in without]
    return Versions(left[0], left[-1]) if left else Versions(1, 0)
