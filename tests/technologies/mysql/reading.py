"""Read option files and containers of MySQL and MariaDB in tests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Port, Role, Variable, Workload
from auditor.technologies.mysql import MYSQL, Mysql

AT = Location("compose.yaml", 3)


@dataclass
class View:
    """Files by path; what lies below `closed` is on a volume."""

    files: Mapping[str, str] = field(default_factory=dict[str, str])
    closed: str = ""

    def open(self, path: str) -> Source | Unknown | None:
        if path in self.files:
            return Source(path=path, text=self.files[path])
        return Unknown(f"{path} is on a volume") if self.closed and path.startswith(self.closed) else None

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        if self.closed and pattern.startswith(self.closed):
            return Unknown(f"{self.closed} is a volume")
        return sorted(
            path for path in self.files if fnmatchcase(path, pattern) and path.count("/") == pattern.count("/")
        )


def container(
    image: str,
    *words: str | Unknown,
    environment: Mapping[str, str | Unknown] | None = None,
    entrypoint: tuple[str, ...] | None = None,
    ports: tuple[Port, ...] = (),
    environment_open: str | None = None,
    role: Role = Role.SERVICE,
) -> Workload:
    """Return a container of compose; with no word its image's own command runs."""
    return Workload(
        component="db",
        technology="compose",
        at=AT,
        name="db",
        origin="compose",
        role=role,
        image=Located(value=image, at=AT),
        entrypoint=None if entrypoint is None else tuple(Located(value=word, at=AT) for word in entrypoint),
        command=tuple(Located(value=word, at=AT) for word in words) if words else None,
        environment={name: Variable(name=name, value=value, at=AT) for name, value in (environment or {}).items()},
        environment_open=environment_open,
        ports=ports,
    )


def read(workload: Workload, files: Mapping[str, str] | None = None, closed: str = "") -> Mysql:
    """Return the server that a container runs."""
    (service,) = MYSQL.from_workload(workload, View(files or {}, closed))
    assert isinstance(service, Mysql)
    return service


def mariadb(text: str, *flags: str, files: Mapping[str, str] | None = None) -> Mysql:
    """Return a MariaDB 10.11 with `text` as its option file and `flags` behind its name."""
    words = ("mariadbd", "--defaults-file=/my.cnf", *flags)
    workload = container("mariadb:10.11", *words, environment={"MARIADB_ROOT_PASSWORD": "sample"})
    return read(workload, {"/my.cnf": text, **(files or {})})


def alone(files: Mapping[str, str]) -> list[Mysql]:
    """Return the servers of files that no workload loads."""
    documents = [MYSQL.parse(Source(path=path, text=text)) for path, text in files.items()]
    found = MYSQL.from_files(documents, {path: View(files) for path in files})
    return [service for service in found if isinstance(service, Mysql)]
