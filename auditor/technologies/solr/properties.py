"""System properties of Java, `-Dname=value`, among the options that a variable or a command line holds."""

import re
from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Final

from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

_WORD = lazy(rf"-D([^\s={HOLE}]+)(?:=(\S*))?")
_SECRET = lazy(r"basicauth|.*(?:[pP]assword|[sS]ecret)")
OPTIONS: Final = ("SOLR_OPTS", "SOLR_AUTHENTICATION_OPTS", "SOLR_ZK_CREDS_AND_ACLS", "SOLR_TOOL_OPTS")
"""Variables that hold options rather than one value."""
_SUPPLIED: Final = Unknown("something outside the files supplies it")


@dataclass(frozen=True)
class SystemProperty:
    """A property; `at` covers its value. `user` is whom it logs in, where the value is `user:password`."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location
    user: str | None = None

    def setting(self, origin: Origin) -> Setting:
        """Return it as a setting named `-Dname`; a password is sealed."""
        value = seal(self.value) if is_secret(self.name) and isinstance(self.value, str) else self.value
        return Setting(f"-D{self.name}", value, origin, self.at)


def is_secret(name: str) -> bool:
    """Tell whether the value of a property is a password."""
    return _SECRET.fullmatch(name) is not None


def read_options(text: str, part: Callable[[int, int], Location]) -> Iterator[SystemProperty]:
    """Yield the properties among options that the shell splits at blanks; `part` gives a place of the text."""
    for match in _WORD.finditer(text):
        if match.start() and not text[match.start() - 1].isspace():
            continue
        value, start = match[2] or "", match.start(2) if match[2] is not None else match.start()
        user = None
        if match[1] == "basicauth" and ":" in value:
            user = value.partition(":")[0]
            start += len(user) + 1
            value = value[len(user) + 1 :]
        known = _SUPPLIED if HOLE in value else value
        yield SystemProperty(match[1], known, part(start, match.end()), None if user is None or HOLE in user else user)


def is_open(text: str) -> bool:
    """Tell whether a part that is not known may be an option of its own, and not only the value of one."""
    return any(HOLE in word and not re.match(r"-\w[^=]*=|-X", word) for word in text.split())


def whole(at: Location) -> Callable[[int, int], Location]:
    """Return what gives one place for every part of a text."""

    def part(start: int, end: int) -> Location:
        del start, end
        return at

    return part
