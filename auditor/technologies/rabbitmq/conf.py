"""rabbitmq.conf: one `key = value` on a line, `#` starts a comment, and the last line of a key wins.

Source: cuttlefish 3.0, `conf_parse.peg`, which RabbitMQ reads the file with; tried against 3.10.8.
"""

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import field

from auditor.formats.template import is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.source import Source
from auditor.model.unknown import Unknown, settle
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from .names import BOOLEAN_PREFIXES, CHOICES, INTEGERS, SECRET_ENDINGS, SECRETS

_LINE = lazy(r"[ \t]*(?P<key>[^\s=#]+)[ \t]*=[ \t]*(?P<value>[^#]*?)[ \t\r]*(?:#.*)?")
_LISTENER = lazy(r"(?:mqtt\.|stomp\.|stream\.)?listeners\.(?:tcp|ssl)\.[^.]+")


@dataclass(frozen=True)
class Line:
    """A key with its value; `at` covers the value."""

    key: str
    value: str | Unknown = field(repr=False)
    at: Location

    @property
    def is_secret(self) -> bool:
        return is_secret(self.key)


@dataclass(frozen=True, kw_only=True)
class RabbitConf(Document):
    """A rabbitmq.conf or a part of one. `refused` keeps the broker from starting, `opened` is why more may be set."""

    lines: tuple[Line, ...] = ()
    refused: tuple[Problem, ...] = ()
    opened: str = ""

    def assignments(self) -> Iterator[Assignment]:
        users = {line.key: line.value for line in self.lines if line.key.endswith("_user")}
        for line in self.lines:
            if line.is_secret:
                user = users.get(
                    line.key.removesuffix("pass") + "user", "guest" if line.key == "default_pass" else None
                )
                yield Assignment(
                    key=line.key.rpartition(".")[2],
                    value=line.value,
                    at=line.at,
                    container="server-config",
                    path=("rabbitmq", *line.key.split(".")[:-1]),
                    server_secret=True,
                    principal=user if isinstance(user, str) else None,
                )


def is_secret(key: str) -> bool:
    """Tell whether a key's value is a password."""
    return key in SECRETS or key.endswith(SECRET_ENDINGS)


def read_conf(source: Source) -> RabbitConf:
    """Read a rabbitmq.conf; a line that is none is something the broker refuses."""
    text, inserts = mask(source.text) if is_templated(source.text) else (source.text, frozenset[int]())
    lines: list[Line] = []
    refused: list[Problem] = []
    opened = "template expressions may add lines" if inserts else ""
    for number, written in enumerate(text.split("\n"), 1):
        stripped = written.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if stripped.startswith("include "):
            opened = "an included file is not followed"
            continue
        match = _LINE.fullmatch(written)
        if match is None or not match["value"]:
            message = "expected key = value on a line of rabbitmq.conf"
            refused.append(Problem(at=source.at(number, len(written) - len(written.lstrip()) + 1), message=message))
            continue
        at = source.at(number, match.start("value") + 1, number, match.end("value"))
        line = Line(match["key"], settle(match["value"], "a template expression"), at)
        lines.append(line)
        expected = _expected(line)
        if expected:
            refused.append(Problem(at=at, message=f"expected {expected} for {line.key}"))
    partial = "template expressions" if text != source.text else ""
    return RabbitConf(source=source, lines=tuple(lines), refused=tuple(refused), opened=opened, partial=partial)


def _expected(line: Line) -> str:
    """Return what the broker's schema wants instead of the value, "" if it takes it."""
    key, value = line.key, line.value
    if isinstance(value, Unknown):
        return ""
    choices = CHOICES.get(key) or (("true", "false") if key.startswith(BOOLEAN_PREFIXES) else None)
    if choices is not None:
        return "" if value in choices else f"one of {', '.join(choices)}"
    if key in INTEGERS:
        return "" if re.fullmatch(r"-?\d+", value) else "a whole number"
    if _LISTENER.fullmatch(key):
        return "" if is_listener(value) else "a port, or an IP address and a port,"
    return ""


def is_listener(value: str) -> bool:
    """Tell whether a listener's value is a port or `address:port`."""
    if re.fullmatch(r"-?\d+", value):
        return True
    host, _, port = value.rpartition(":")
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return is_whole_number(port)
