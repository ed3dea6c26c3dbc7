"""The options in force of memcached.

Sources: `memcached.c` of 1.6.18 and 1.5.5 (UDP), docker-library/memcached `docker-entrypoint.sh` and Dockerfile (the
process runs as memcache), `memcached -h`; tried against 1.6.18.
"""

import re
from collections.abc import Sequence
from dataclasses import field, replace
from typing import Final

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import Version, exposure_of
from auditor.technologies.common.program import Program, start_of
from auditor.technologies.document import FileView

from .document import MemcachedConf
from .options import EXTENDED, CommandLine, Option, read_options
from .service import Memcached

_MANUAL: Final = "memcached 1.6 -h"
_DEFAULTS: Final = {"-p": "11211", "-m": "64", "-c": "1024", "-a": "700", "-o ssl_verify_mode": "0"}
_UDP_OFF: Final = (1, 5, 6)
_NUMBERS: Final = frozenset({"-p", "-U", "-m"})
_POSITIVE: Final = ("-c", "-t")
_LAST_LISTED: Final = (1, 6, 18)
_STOPS: Final = frozenset("hiV")


def _leading_number(text: str) -> int:
    """Read a number as C's atoi does: what is no digit ends it, and nothing is 0."""
    match = re.match(r"\s*([+-]?\d{1,18})", text)
    return int(match[1]) if match else 0


@dataclass
class _Build:
    settings: Settings
    refused: list[Problem] = field(default_factory=list[Problem])

    def apply(self, options: Sequence[Option], origin: Origin) -> None:
        """Put options in force; addresses of `-l` add up, everything else is replaced."""
        for option in options:
            name = f"-o {option.name[2:]}" if option.name.startswith("o.") else f"-{option.name}"
            value: str | Unknown = option.value
            if name in _NUMBERS and isinstance(value, str):
                value = str(_leading_number(value))
            before = self.settings.get("-l") if name == "-l" else None
            if before is not None:
                parts = (before.value, value)
                if isinstance(before.value, str) and isinstance(value, str) and value in before.value:
                    continue  # memcached takes a part of what it has for the same address (tried: 1.6.18)
                value = (
                    ",".join(part for part in parts if isinstance(part, str))
                    if all(isinstance(part, str) for part in parts)
                    else Unknown("one of the addresses is not known")
                )
            self.settings.set(Setting(name, value, origin, option.at))

    def settle(self, version: Version | None) -> None:
        """Put in force what follows from other options (`main` of memcached.c)."""
        settings = self.settings
        if "-U" in settings and not settings.is_explicit("-p"):
            port = settings["-U"]
            if port.value != "0":  # -U alone moves the TCP port too
                settings.set(Setting("-p", port.value, port.origin, port.at))
        if "-U" not in settings:
            old = version is not None and version < _UDP_OFF[: len(version)]
            value: str | Unknown = settings["-p"].value if old else "0"  # type: ignore[assignment]  # a port is no secret
            if version == _UDP_OFF[:2]:
                value = Unknown("1.5.6 switched UDP off, and the files tell only 1.5")
            settings.set(Setting("-U", value, Origin.DEFAULT, source="memcached 1.5.6 release notes"))

    def contradict(self) -> None:
        """Note what memcached refuses: numbers that are too small, and options that exclude each other."""
        for name in _POSITIVE:
            setting = self.settings.get(name)
            if setting is not None and isinstance(setting.value, str) and _leading_number(setting.value) <= 0:
                self.refuse(setting.at, f"expected a number above 0 for {name}")
        for name, protocol, label in (("-S", "binary", "SASL"), ("-Y", "ascii", "an authentication file")):
            if name not in self.settings:
                continue
            at = self.settings[name].at
            chosen, udp = self.settings.get("-B"), self.settings["-U"]
            if chosen is not None and isinstance(chosen.value, str) and chosen.value != protocol:
                self.refuse(chosen.at or at, f"expected -B {protocol} beside {label}")
            if isinstance(udp.value, str) and udp.value not in {"0", ""}:
                self.refuse(udp.at or at, f"expected no UDP port beside {label}")
        if "-Z" in self.settings and "-o ssl_chain_cert" not in self.settings and "-o" not in self.settings:
            self.refuse(self.settings["-Z"].at, "expected -o ssl_chain_cert beside -Z")

    def refuse(self, at: Location | None, message: str) -> None:
        if at is not None:
            self.refused.append(Problem(at=at, message=message))


def _unlisted(line: CommandLine) -> tuple[Problem, ...]:
    """Return the parts of `-o` that no version up to 1.6.18 takes."""
    return tuple(
        Problem(at=option.at, message="expected a part of -o that memcached knows")
        for option in line.options
        if option.name.startswith("o.") and option.name[2:] not in EXTENDED
    )


def _build(line: CommandLine, origin: Origin, version: Version | None) -> _Build:
    build = _Build(Settings(Setting(n, v, Origin.DEFAULT, source=_MANUAL) for n, v in _DEFAULTS.items()))
    build.apply(line.options, origin)
    build.refused.extend(line.refused)
    build.settle(version)
    build.contradict()
    return build


def file_server(document: MemcachedConf) -> Memcached:
    """Return the server that a package's start script starts with this file."""
    line = read_options(document.words)
    build = _build(line, Origin.FILE, None)
    server = Memcached(
        component=document.source.path,
        technology="memcached",
        at=document.source.at(),
        settings=build.settings,
        consumed=frozenset([document.source.key]),
        refused=tuple(build.refused),
        unrecognised=_unlisted(line),
        incomplete=line.incomplete,
    )
    return _exposed(server, None)


def container_server(workload: Workload, view: FileView) -> Memcached | None:
    """Return the server that a container runs, None if it runs another program."""
    del view  # no file is read in a container
    name, repository = workload.image_name or "", workload.image_repository or ""
    image = Program() if name == "memcached" and not repository.startswith("bitnami") else None
    start = start_of(workload, {"memcached"}, image)
    if start is None:
        return None
    line = read_options(start.words)
    if any(option.name in _STOPS for option in line.options):
        return None
    build = _build(line, Origin.FLAG, _version(workload) if image is not None else None)
    unlisted = _unlisted(line)
    parts = (workload.image_version or "").split(".")
    is_listed = image is not None and len(parts) == len(_LAST_LISTED) and tuple(map(int, parts)) <= _LAST_LISTED
    server = Memcached(
        component=workload.component,
        technology="memcached",
        at=workload.image.at if workload.image else workload.at,
        origin=workload.origin,
        version=workload.image_version if image is not None else None,
        settings=build.settings,
        refused=(*build.refused, *(unlisted if is_listed else ())),
        unrecognised=() if is_listed else unlisted,
        incomplete=line.incomplete,
        in_container=not workload.on_host,
    )
    return _exposed(server, workload)


def _version(workload: Workload) -> Version | None:
    """Return the version of the image with as many numbers as its tag has, at least two."""
    parts = tuple(int(part) for part in (workload.image_version or "").split(".") if is_whole_number(part))
    return parts if len(parts) > 1 else None


def _exposed(server: Memcached, workload: Workload | None) -> Memcached:
    addresses = server.addresses
    at = server.where("-l") if server.settings.is_explicit("-l") and workload is None else None
    if isinstance(addresses, Unknown):
        exposure = exposure_of(addresses, (11211,), workload, at)
    else:
        hosts = [each.host for each in addresses]
        if not hosts and server.udp_ports != ():
            hosts = [""]
        exposure = exposure_of(hosts, {each.port for each in addresses} or {11211}, workload, at)
    return replace(server, exposure=exposure)
