"""The programs of ClamAV with their options in force.

Defaults: clamd.conf(5), freshclam.conf(5) and clamav-milter.conf(5) of ClamAV 1.4; the same since 0.103.
"""

from typing import Final

from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured, is_loopback

from .document import SECRET, ClamConf

SCANS: Final = (
    "ScanArchive",
    "ScanPE",
    "ScanELF",
    "ScanOLE2",
    "ScanPDF",
    "ScanHTML",
    "ScanMail",
    "HeuristicAlerts",
    "Bytecode",
)
"""What clamd looks into unless it is switched off."""
DEFAULTS: Final = {
    "clamd": {
        **dict.fromkeys(SCANS, "yes"),
        "AlertExceedsMax": "no",
        "AlertEncrypted": "no",
        "AlertEncryptedArchive": "no",
        "OnAccessPrevention": "no",
    },
    "freshclam": {"Bytecode": "yes"},
    "milter": {"OnInfected": "Quarantine", "OnFail": "Defer"},
}
_ON: Final = frozenset({"yes", "true", "1"})


@dataclass(frozen=True, kw_only=True)
class _Program(Configured):
    """A program of ClamAV."""

    def is_on(self, name: str) -> bool | Unknown:
        """Return a switch."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else (value or "").lower() in _ON


@dataclass(frozen=True, kw_only=True)
class Clamd(_Program):
    """The daemon that scans. `addresses` are those of its TCP socket, empty if it has none.

    `updates` tells whether its container also fetches signatures.
    """

    addresses: tuple[str, ...] | Unknown = ()
    updates: bool | Unknown = Unknown("the files do not tell what updates the signatures")

    @property
    def listens(self) -> bool | Unknown:
        """Whether clients of other hosts or containers can connect."""
        if isinstance(self.addresses, Unknown):
            return self.addresses
        return not all(is_loopback(address) for address in self.addresses)


@dataclass(frozen=True, kw_only=True)
class Freshclam(_Program):
    """The program that fetches signatures."""


@dataclass(frozen=True, kw_only=True)
class Milter(_Program):
    """The filter that a mail server asks."""


def settings_of(kind: str, file: ClamConf | None) -> Settings:
    """Return the options in force: of each the first line, else the default."""
    source = f"{kind}.conf(5), ClamAV 1.4"
    found = Settings(Setting(name, value, Origin.DEFAULT, None, source) for name, value in DEFAULTS[kind].items())
    for option in reversed(file.options if file is not None else ()):
        value = seal(option.value) if option.name == SECRET and isinstance(option.value, str) else option.value
        found.set(Setting(option.name, value, Origin.FILE, option.at))
    return found


def addresses_of(file: ClamConf) -> tuple[str, ...] | Unknown:
    """Return the addresses of the TCP socket: all of the host unless `TCPAddr` names some; none without a port."""
    if not any(option.name == "TCPSocket" for option in file.options):
        return ()
    named: list[str] = []
    for option in file.options:
        if option.name == "TCPAddr":
            if isinstance(option.value, Unknown):
                return option.value
            named.append(option.value)
    return tuple(named) or ("0.0.0.0",)  # noqa: S104  # read, not bound
