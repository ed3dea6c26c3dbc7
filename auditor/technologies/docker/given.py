"""One value that daemon.json or a flag gives an option."""

from dataclasses import field

from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.records import dataclass


@dataclass(frozen=True)
class Given:
    """An option by its name in daemon.json. `key` is the name inside an option of pairs (`max-size`)."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location
    origin: Origin
    key: str = ""
