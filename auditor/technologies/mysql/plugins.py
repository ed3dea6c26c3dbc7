"""Plugins that the configuration loads, and options that are there only with a plugin."""

from collections.abc import Iterator
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

PLUGIN_OPTIONS = (
    "server-audit-", "simple-password-check-", "file-key-management-", "cracklib-password-check-", "provider-", "pam-",
    "password-reuse-check-", "gssapi-", "hashicorp-", "aws-key-management-", "rocksdb-", "spider-", "connect-",
    "mroonga-", "handlersocket-", "query-response-time", "sql-error-log", "s3-", "oqgraph-", "tokudb-", "feedback-",
    "federated", "sphinx", "columnstore-",
)  # fmt: skip
"""How options of MariaDB's plugins begin; the server knows them only while the plugin is loaded."""
_NAMED_LIKE_THEIR_OPTIONS = ("server-audit", "simple-password-check", "file-key-management", "provider-")


@dataclass
class Plugins:
    """Libraries without .so, in order. `unknown`: why they are not known; `dropped`: what later lines take back."""

    names: list[str] = field(default_factory=list[str])
    unknown: Unknown | None = None
    dropped: list[Problem] = field(default_factory=list[Problem])
    at: Location | None = None
    _asked: list[tuple[str, Location, str]] = field(default_factory=list[tuple[str, Location, str]])

    def load(self, value: str | Unknown | None, at: Location, *, replaces: bool) -> None:
        """Take the value of plugin_load (`replaces`) or plugin_load_add."""
        if value is None or isinstance(value, Unknown):
            self.unknown = Unknown("which plugins are loaded is not known") if value is None else value
            return
        names = [part.rpartition("=")[2].strip().removesuffix(".so") for part in value.split(";") if part.strip()]
        if replaces:
            lost = [name for name in self.names if name not in names]
            if lost and self.at is not None:
                self.dropped.append(Problem(at=self.at, message=", ".join(lost)))
            self.names, self.unknown = [], None
        self.names += names
        self.at = at

    def ask(self, name: str, at: Location, refused: str) -> None:
        """Note an option that needs a plugin or is not known; `refused`: what is expected where no plugin has it."""
        self._asked.append((name, at, refused))

    @property
    def refused(self) -> list[Problem]:
        """Options that no plugin here can have."""
        return [
            Problem(at=at, message=message) for name, at, message in self._open() if message and self._is_sure(name)
        ]

    @property
    def orphans(self) -> list[Problem]:
        """Options of plugins that nothing here loads; with a plugin installed in the database they are accepted."""
        return [Problem(at=at, message=name) for name, at, _ in self._open() if name.startswith(PLUGIN_OPTIONS)]

    @property
    def unrecognised(self) -> list[Problem]:
        """Options that another version or a plugin may have."""
        message = "expected an option that is known here"
        return [
            Problem(at=at, message=message)
            for name, at, refused in self._open()
            if not name.startswith(PLUGIN_OPTIONS) and not (refused and self._is_sure(name))
        ]

    def _is_sure(self, name: str) -> bool:
        others = [each for each in self.names if not each.replace("_", "-").startswith(_NAMED_LIKE_THEIR_OPTIONS)]
        return not others and not name.startswith(PLUGIN_OPTIONS)

    def _open(self) -> Iterator[tuple[str, Location, str]]:
        """Yield the options that no loaded plugin accounts for."""
        if self.unknown is None:
            loaded = tuple(name.replace("_", "-") for name in self.names)
            yield from (asked for asked in self._asked if not loaded or not asked[0].startswith(loaded))
