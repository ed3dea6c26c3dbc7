"""A mongod.conf or mongos.conf as read: its options in file order, and what the server would refuse of it."""

from collections.abc import Iterator, Mapping
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.sectioned import Gap
from auditor.technologies.document import Assignment, Document

from .names import SECRETS, canonical


@dataclass(frozen=True, kw_only=True)
class Option:
    """One option as written in a file or on a command line.

    `written` is the name there (`net.ssl.mode`, `bind_ip`), `name` the canonical YAML name (`net.tls.mode`). `at`
    covers the value. `is_list` is True for a YAML sequence, whose items `value` joins by commas.
    """

    name: str
    written: str
    value: str | Unknown = field(repr=False)
    at: Location
    is_list: bool = False

    def setting(self, origin: Origin) -> Setting:
        """Return the option as a setting; a password is sealed."""
        secret = self.name in SECRETS and isinstance(self.value, str)
        return Setting(self.name, seal(str(self.value)) if secret else self.value, origin, self.at)


@dataclass(frozen=True, kw_only=True)
class MongodConf(Document):
    """A configuration file of mongod or mongos.

    `style` is "yaml" or "ini". `headers` are the places of the section names, `refused` what keeps the server from
    starting whatever its version, `gaps` what a template or an expansion directive supplies.
    """

    style: str
    options: tuple[Option, ...] = ()
    headers: Mapping[str, Location] = field(default_factory=dict[str, Location])
    gaps: tuple[Gap, ...] = ()
    refused: tuple[Problem, ...] = ()

    @property
    def is_mongos(self) -> bool:
        """Whether it is a router's file, by its name or by `sharding.configDB`, which only mongos takes."""
        return self.source.file_name.lower().startswith("mongos") or any(
            option.name == "sharding.configDB" for option in self.options
        )

    def assignments(self) -> Iterator[Assignment]:
        for option in self.options:
            *path, key = option.written.split(".")
            yield Assignment(
                key=key,
                value=option.value,
                at=option.at,
                container="server-config",
                path=tuple(path),
                server_secret=canonical(option.written) in SECRETS,
            )
