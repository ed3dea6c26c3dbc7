"""What a technology makes of one file, and the interface the rest of the program knows a technology by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Protocol, runtime_checkable

from auditor.model.fact import Fact, Problem, Service
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass

from .recognition import Recognition


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """A named value somewhere in a document: what the search for credentials looks at.

    `key` is the last name (`POSTGRES_PASSWORD`), `path` the keys above it, `container` the kind of place it is
    (`env-file`, `compose`, `kubernetes-secret`, `configmap`, `terraform`, `server-config`, `image` …). `value` is
    the text after decoding (base64 in a Kubernetes Secret); it is never shown. `at` covers exactly the value's
    characters as written. `server_secret` is True where the format itself says that this is a secret value
    (`requirepass`, an entry of a Kubernetes Secret), whatever its name. `principal` names whom it logs in, where
    the place tells (`postgres`, `default`).
    """

    key: str
    value: str | Unknown = field(repr=False)
    at: Location
    container: str
    path: tuple[str, ...] = ()
    server_secret: bool = False
    principal: str | None = None


@dataclass(frozen=True, kw_only=True)
class Document:
    """Base of every technology's parsed file.

    `problems` are places that could not be read, or that the server would refuse; `partial` is why a part of the
    file is not known ("template expressions"), "" if it was read whole.
    """

    source: Source
    problems: tuple[Problem, ...] = ()
    partial: str = ""

    def assignments(self) -> Iterator[Assignment]:
        """Yield every named value of the document."""
        return iter(())

    def embedded(self) -> Iterator[Source]:
        """Yield configuration text inside this document (a ConfigMap key `redis.conf`), places kept."""
        return iter(())


class FileView(Protocol):
    """Files as one server sees them: paths as its configuration writes them."""

    def open(self, path: str) -> Source | Unknown | None:
        """Return the text at `path`; Unknown if something not scanned stands there, None if nothing does."""
        ...

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        """Return the paths that match a shell pattern, sorted; Unknown if a folder's content is not known."""
        ...


class Technology(Protocol):
    """A kind of file: how to recognise and read it. Implemented by a module-level instance in each package."""

    @property
    def id(self) -> str:
        """The technology's name in reports: lower case, one word."""
        ...

    @property
    def title(self) -> str:
        """The technology's name as people write it."""
        ...

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None. `name` is lower case, `head` the first 16 KiB of decoded text."""
        ...

    def parse(self, source: Source) -> Document:
        """Read the file. A pure function of the source.

        Raises:
            FormatError: nothing of it can be read.
        """
        ...


class RepositoryFiles(Protocol):
    """The scanned tree, for what a document refers to by a path relative to the root."""

    def source(self, path: str) -> Source | None:
        """Return the text of the file at `path`, None if there is none or it is not text."""
        ...

    def paths(self, folder: str) -> Sequence[str]:
        """Return the paths of all files below `folder` ("" is the root), sorted."""
        ...


@runtime_checkable
class Platform(Protocol):
    """A technology that declares workloads or resources: compose, Kubernetes, Dockerfiles, Terraform."""

    @property
    def id(self) -> str:
        """The technology's name in reports: lower case, one word."""
        ...

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield the workloads and other facts of this technology's documents (embedded ones among them)."""
        ...


@runtime_checkable
class Server(Protocol):
    """A technology that is a server: makes services out of workloads and of files that stand alone."""

    @property
    def id(self) -> str:
        """The technology's name in reports: lower case, one word."""
        ...

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the facts of the server that this container runs, with its effective configuration.

        Empty if it runs another program. One server can be several facts (PostgreSQL: `Postgres` and `PgHba`).
        """
        ...

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield the servers that the files, which no workload loads, configure on their own.

        `documents` are this technology's only (included files are among them and must not be judged alone);
        `views` holds for each document's source key how a server started with that file would see files.
        """
        ...


@runtime_checkable
class Framework(Protocol):
    """A technology whose files configure an application: makes facts of them and of the workloads that run it."""

    @property
    def id(self) -> str:
        """The technology's name in reports: lower case, one word."""
        ...

    def applications(
        self, documents: Sequence[Document], workloads: Sequence[Workload], set_in_files: Mapping[str, str]
    ) -> Iterator[Fact]:
        """Yield the applications of this technology's documents, and those that only a workload's variables tell.

        `set_in_files` holds the variables that env files of the tree set, with the path of one that does.
        """
        ...
