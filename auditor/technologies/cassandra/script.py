"""What cassandra-env.sh makes of JMX, Java's remote administration.

Source: conf/cassandra-env.sh of Cassandra 2.1.4-5.0: JMX answers on loopback only, unless LOCAL_JMX is something else
than "yes"; then it answers everywhere and asks for a password, as long as the line with `authenticate=true` is left.
"""

import re
from typing import Final

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Document

_ASSIGN: Final = lazy(r"(?:export[ \t]+)?LOCAL_JMX=[\"']?(\w*)[\"']?[ \t]*(?:[;#].*)?")
_TEST: Final = lazy(r"if[ \t]+\[+[ \t]*[\"']?x?\$\{?LOCAL_JMX\}?[\"']?[ \t]*(!?=+)[ \t]*[\"']?(\w*)[\"']?[ \t]*\]+.*")
_FLAG: Final = lazy(r"-D(?:com\.sun\.management\.jmxremote|cassandra\.jmx)\.([\w.]+)(?:=([^\s\"']+))?")


@dataclass(frozen=True, kw_only=True)
class EnvScript(Document):
    """A cassandra-env.sh."""


@dataclass(frozen=True)
class Jmx:
    """Whether JMX answers other hosts, asks for a password and speaks TLS; `at` is the line that decides the worst."""

    remote: bool | Unknown = False
    authenticated: bool | Unknown = False
    encrypted: bool | Unknown = False
    at: Location | None = None


def jmx_of(source: Source, local_jmx: str | Unknown | None) -> Jmx:
    """Follow the script as far as LOCAL_JMX goes; `local_jmx` is the variable of the environment."""
    value: str | Unknown = "" if local_jmx is None else local_jmx
    flags: dict[str, tuple[str, Location]] = {}
    branches: list[bool | None] = []
    """For each open `if`: whether its present branch is taken, None where that is not known here."""
    for number, line in enumerate(source.text.split("\n"), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        test = _TEST.fullmatch(text)
        if test is not None:
            branches.append(_holds(value, test[1], test[2], guarded="x$" in text or "x${" in text))
        elif re.match(r"if\b", text):
            branches.append(None)
        elif text.startswith("else") and branches:
            taken = branches[-1]
            branches[-1] = None if taken is None else not taken
        elif text.startswith("elif") and branches:
            branches[-1] = None
        elif re.match(r"fi\b", text) and branches:
            branches.pop()
        elif all(taken is not False for taken in branches):
            assigned = _ASSIGN.fullmatch(text)
            if assigned is not None:
                certain = all(taken is True for taken in branches)
                value = assigned[1] if certain else Unknown("a condition of the script decides about LOCAL_JMX")
            at = source.at(number, 1, number, max(len(line), 1))
            for match in _FLAG.finditer(line):
                flags[match[1]] = (match[2] or "true", at)
    if isinstance(value, Unknown):
        return Jmx(value, value, value)
    return _of_flags(flags)


def with_options(jmx: Jmx, options: str, at: Location) -> Jmx:
    """Return what more Java options, which come last, make of JMX."""
    flags = {match[1]: (match[2] or "true", at) for match in _FLAG.finditer(options)}
    if not flags:
        return jmx
    found = _of_flags(flags)
    told = "authenticate" in flags
    return Jmx(
        remote=True if found.remote is True else jmx.remote,
        authenticated=found.authenticated if told else jmx.authenticated,
        encrypted=found.encrypted if "ssl" in flags else jmx.encrypted,
        at=at if told or found.remote is True else jmx.at,
    )


def _holds(value: str | Unknown, operator: str, word: str, *, guarded: bool) -> bool | None:
    """Return whether a test of LOCAL_JMX holds; `"x$LOCAL_JMX" = "x"` asks whether it is empty."""
    if isinstance(value, Unknown):
        return None
    same = f"x{value}" == word if guarded else value == word
    return same if operator in {"=", "=="} else not same


def _of_flags(flags: dict[str, tuple[str, Location]]) -> Jmx:
    remote = "remote.port" in flags or "port" in flags
    authenticate = flags.get("authenticate")
    # Java asks for a password by default where the option is missing (java.management, jmxremote.authenticate).
    authenticated = authenticate is None or authenticate[0] != "false"
    decides = authenticate if not authenticated else flags.get("remote.port") or flags.get("port")
    return Jmx(
        remote=remote,
        authenticated=authenticated,
        encrypted=flags.get("ssl", ("false",))[0] == "true",
        at=decides[1] if decides is not None else None,
    )
