"""MySQL, MariaDB and Percona Server: option files, persisted variables, and the containers that start them."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import mysql as recognition

from . import option_file, persisted
from .alone import services_of_files
from .build import service_of_workload
from .command import invocation_of
from .images import RootLogin
from .service import Mysql

__all__ = ["MYSQL", "Mysql", "RootLogin"]


class MysqlTechnology:
    """The technology `mysql`."""

    id = "mysql"
    title = "MySQL and MariaDB"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read an option file or mysqld-auto.cnf.

        Raises:
            FormatError: a mysqld-auto.cnf is not JSON.
        """
        if source.file_name.lower() == "mysqld-auto.cnf":
            return persisted.parse(source)
        return option_file.parse(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the server that the container runs."""
        if workload.role in {Role.INIT, Role.JOB}:
            return ()
        invocation = invocation_of(workload)
        return () if invocation is None else (service_of_workload(workload, invocation, view),)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield a server for every configuration that no other one includes."""
        return services_of_files(documents, views)


MYSQL = MysqlTechnology()
