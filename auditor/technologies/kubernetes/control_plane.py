"""Kubernetes' own programs, as their static Pods start them: command-line flags."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Located, Workload
from auditor.patterns import lazy
from auditor.records import dataclass

_FLAG = lazy(r"--?(?P<name>[A-Za-z][\w.-]*)(?:=(?P<value>.*))?", re.DOTALL)
_TRUE = frozenset(["1", "t", "T", "true", "TRUE", "True"])
_FALSE = frozenset(["0", "f", "F", "false", "FALSE", "False"])


@dataclass(frozen=True, kw_only=True)
class Program(Fact):
    """A program with its flags; of a repeated flag the last one. `incomplete` is why there may be more of them.

    `environment` holds `ETCD_…` for etcd, whose every flag can also be a variable.
    """

    flags: Mapping[str, Located[str]] = field(default_factory=dict[str, Located[str]])
    incomplete: str = ""

    def flag(self, name: str) -> str | Unknown | None:
        """Return the value written for a flag, "true" for one without a value, None if it is not set."""
        found = self.flags.get(name)
        if found is not None:
            return found.value
        return Unknown(self.incomplete) if self.incomplete else None

    def is_on(self, name: str, *, default: bool) -> bool | Unknown:
        """Return a boolean flag as Go's `strconv.ParseBool` reads it."""
        value = self.flag(name)
        if value is None or isinstance(value, Unknown):
            return default if value is None else value
        if value in _TRUE:
            return True
        return False if value in _FALSE else Unknown(f"--{name} is not a boolean")

    def where(self, name: str) -> Location:
        """Return the flag's place, the container's if it is not set."""
        found = self.flags.get(name)
        return found.at if found is not None else self.at


class ApiServer(Program):
    """kube-apiserver. Defaults are those of its reference page, Kubernetes 1.34."""


class Etcd(Program):
    """etcd. A configuration file replaces all flags and variables (etcd 3.5 and 3.6, "Configuration options")."""


class ControllerManager(Program):
    """kube-controller-manager."""


_PROGRAMS: dict[str, type[Program]] = {
    "kube-apiserver": ApiServer,
    "etcd": Etcd,
    "kube-controller-manager": ControllerManager,
}


def programs(workloads: Iterable[Workload]) -> Iterator[Program]:
    """Yield the control plane's programs among the containers: those whose first word is the program."""
    for workload in workloads:
        words = list(workload.arguments)
        if not words or not isinstance(words[0].value, str):
            continue
        kind = _PROGRAMS.get(posixpath.basename(words[0].value))
        if kind is None:
            continue
        flags, incomplete = _flags(words[1:])
        if kind is Etcd:
            flags = {**_variables(workload), **flags}
            if workload.environment_open:
                incomplete = incomplete or f"its environment is also read from {workload.environment_open}"
            if "config-file" in flags:
                incomplete, flags = "a configuration file replaces its flags", {}
        yield kind(
            component=workload.component, technology="kubernetes", at=workload.at, flags=flags, incomplete=incomplete
        )


def _flags(words: list[Located[str]]) -> tuple[dict[str, Located[str]], str]:
    flags: dict[str, Located[str]] = {}
    incomplete = ""
    waiting = ""
    for word in words:
        if isinstance(word.value, Unknown):
            incomplete = word.value.reason
            waiting = ""
            continue
        match = _FLAG.fullmatch(word.value)
        if match is None:
            # `--name value`: the flag stands on its own before.
            if waiting:
                flags[waiting] = Located(value=_settled(word.value), at=flags[waiting].at)
            waiting = ""
            continue
        name = match["name"].replace("_", "-")
        value = match["value"]
        flags[name] = Located(value="true" if value is None else _settled(value), at=word.at)
        waiting = name if value is None else ""
    return flags, incomplete


def _settled(value: str) -> str | Unknown:
    return Unknown("a part of it is not known") if HOLE in value else value


def _variables(workload: Workload) -> dict[str, Located[str]]:
    return {
        name.removeprefix("ETCD_").lower().replace("_", "-"): Located(value=variable.value, at=variable.at)
        for name, variable in workload.environment.items()
        if name.startswith("ETCD_")
    }
