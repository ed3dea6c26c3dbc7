"""pg_ident.conf: which operating-system or certificate names may become which database users.

Source: PostgreSQL manual, "User Name Maps", and `parse_ident_line`, `check_ident_usermap` in hba.c.
"""

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import HOLE
from auditor.patterns import lazy
from auditor.records import dataclass

from .tokens import Record

_ANYTHING = lazy(r"/\^?\(?\(?[.](?:[*+]|\{[01],\})\??\)?\)?\$?")


@dataclass(frozen=True)
class MapLine:
    """One line: names of the outside world that match `system` may log in as `role` through the map `name`."""

    name: str
    system: str
    role: str
    at: Location

    @property
    def is_catch_all(self) -> bool:
        """Whether any outside name at all may become a user of its own choice or a fixed one."""
        return _ANYTHING.fullmatch(self.system) is not None

    @property
    def keeps_the_name(self) -> bool:
        r"""Whether the role is the outside name itself (`\1` for the whole name)."""
        return self.role == r"\1"

    @property
    def is_known(self) -> bool:
        return HOLE not in self.name + self.system + self.role


def parse_map_line(record: Record) -> MapLine | Problem:
    """Return the map line of a record, or what the server would refuse about it."""
    if len(record.fields) < 3:
        return Problem(at=record.at, message="expected map name, system name and database user")
    if any(len(field) > 1 for field in record.fields[:3]):
        return Problem(at=record.at, message="map name, system name and database user are single words, not lists")
    name, system, role = (field[0].text for field in record.fields[:3])
    return MapLine(name, system, role, record.at)
