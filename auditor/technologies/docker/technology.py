"""Docker's daemon as a technology: its files, and the units and containers that start it."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated
from auditor.model.fact import Problem
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Role, Workload
from auditor.technologies.common.program import Program, Start, start_of
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.docker import recognise

from .build import Sources, daemon
from .document import DaemonJson, read_daemon_json
from .flags import CommandLine, OptionsFile, read_flags, read_options
from .service import Docker
from .sockets import sockets_of

_PATH = "/etc/docker/daemon.json"
_PROGRAMS = frozenset({"dockerd", "dockerd-rootless.sh"})
_DIND = Program(entrypoints=("dockerd-entrypoint.sh",))


class DockerTechnology:
    """The technology `docker`."""

    id = "docker"
    title = "Docker daemon"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> DaemonJson | OptionsFile:
        """Read a daemon.json, or the file of DOCKER_OPTS.

        Raises:
            FormatError: a daemon.json is no object.
        """
        return read_daemon_json(source) if "daemon" in source.file_name.lower() else read_options(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Docker]:
        """Return the daemon that a unit starts, or a container of Docker's image `dind`."""
        is_dind = _is_dind(workload)
        start = start_of(workload, _PROGRAMS, _DIND if is_dind else None) if workload.role is not Role.INIT else None
        if start is None:
            return ()
        flags = read_flags(start.words)
        gap = _defaults_of_image(workload, start, flags) if is_dind else ""
        if "DOCKER_TLS_VERIFY" in workload.environment:
            gap = gap or "DOCKER_TLS_VERIFY is set"
        file, file_gap = _file(flags, view, workload)
        at = workload.image.at if workload.image is not None else workload.at
        sockets = sockets_of(view) if workload.on_host else []
        return (daemon(Sources(file, flags, gap, file_gap, tuple(sockets)), workload.component, at, workload),)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Docker]:
        """Yield the daemon of each file; /etc/default/docker goes with the daemon.json of its tree."""
        taken: set[str] = set()
        for document in documents:
            if isinstance(document, OptionsFile):
                flags = read_flags(document.words)
                found = views[document.source.key].open(_path_of(flags))
                file = _loaded(found) if isinstance(found, Source) else None
                server = daemon(Sources(file, flags), document.source.path, document.source.at(), None)
                taken |= server.consumed
                yield server
        for document in documents:
            if isinstance(document, DaemonJson) and document.source.key not in taken:
                yield daemon(Sources(document, CommandLine()), document.source.path, document.source.at(), None)


def _path_of(flags: CommandLine) -> str:
    named = flags.config_file
    return named.value if named is not None and isinstance(named.value, str) else _PATH


def _file(flags: CommandLine, view: FileView, workload: Workload) -> tuple[DaemonJson | None, str]:
    """Return the daemon.json that is loaded, and why it is not known, "" if it is."""
    if flags.config_file is not None and isinstance(flags.config_file.value, Unknown):
        return None, flags.config_file.value.reason
    path = _path_of(flags)
    found = view.open(path)
    if isinstance(found, Source):
        return _loaded(found), ""
    if isinstance(found, Unknown) and workload.on_host:
        return None, found.reason
    return None, ""  # no official image holds a daemon.json


def _loaded(source: Source) -> DaemonJson:
    """Return the file that a daemon loads; one that cannot be read keeps it from starting."""
    try:
        return read_daemon_json(source)
    except FormatError as error:
        problem = Problem(at=error.at, message=error.expected)
        templated = "the template cannot be read" if is_templated(source.text) else ""
        return DaemonJson(source=source, problems=() if templated else (problem,), gap=templated, partial=templated)


def _is_dind(workload: Workload) -> bool:
    """Tell whether it is Docker's official image in its variant with the daemon."""
    return workload.is_official_image and workload.image_name == "docker" and "dind" in (workload.image_tag or "")


def _defaults_of_image(workload: Workload, start: Start, flags: CommandLine) -> str:
    """Put in the flags of the image's own script, which it adds to a command without a program of its own.

    Source: dockerd-entrypoint.sh of docker-library/docker; DOCKER_TLS_CERTDIR is /certs since 19.03.

    Returns:
        Why they are not known, "" if they are.
    """
    first = next((word.value for word in workload.command or () if isinstance(word.value, str)), "")
    if not start.by_image or posixpath.basename(first) in _PROGRAMS:
        return ""
    variable = workload.environment.get("DOCKER_TLS_CERTDIR")
    folder = variable.value if variable is not None else "/certs"
    if isinstance(folder, Unknown):
        return folder.reason
    if variable is None and workload.environment_open is not None:
        return f"{workload.environment_open} may set DOCKER_TLS_CERTDIR"
    at = variable.at if variable is not None else workload.image.at if workload.image is not None else workload.at
    added = ["--host=tcp://0.0.0.0:2376", "--tlsverify"] if folder else ["--host=tcp://0.0.0.0:2375"]
    own = read_flags([Located(value=word, at=at) for word in added])
    flags.given[:0] = own.given
    return ""


DOCKER = DockerTechnology()
