"""ClamAV: its files, and the daemons that files, containers and units start.

Source: Cisco-Talos/clamav-docker, Dockerfile of 1.4 (its clamd.conf has TCPSocket 3310 and no TCPAddr) and
docker-entrypoint.sh of 1.5 (`CLAMAV_NO_CLAMD`, `CLAMAV_NO_FRESHCLAMD`; a variable `CLAMD_CONF_X` becomes the option X,
behind those of the file; with arguments only clamd is started).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Role, Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import Program, start_of
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.clamav import recognise

from .document import ClamConf, Option, read_document
from .service import Clamd, Freshclam, Milter, addresses_of, settings_of

_REPOSITORIES: Final = frozenset({"clamav/clamav", "clamav/clamav-debian"})
_PATH: Final = "/etc/clamav/clamd.conf"
_FLAGS: Final = ("-c", "--config-file")
_DATABASE: Final = "/var/lib/clamav"
_SHARED: Final = Unknown("what else writes to the folder of its signatures is not known")
_VARIABLE: Final = "CLAMD_CONF_"
_EVERYWHERE: Final = ("0.0.0.0",)  # noqa: S104  # read, not bound


@dataclass(frozen=True)
class ClamavTechnology:
    """The technology `clamav`."""

    id: str = "clamav"
    title: str = "ClamAV"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> ClamConf:
        return read_document(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        is_image = _is_image(workload)
        image = Program(("init", "init-unprivileged"), takes=lambda word: word.startswith("-")) if is_image else None
        start = start_of(workload, {"clamd"}, image) if workload.role is not Role.INIT else None
        if start is None or (start.by_image and _is_true(workload, "CLAMAV_NO_CLAMD")):
            return ()
        found = view.open(_config(start.words))
        file = read_document(found) if isinstance(found, Source) else None
        gap = found.reason if isinstance(found, Unknown) else ""
        if file is None and not is_image:
            gap = gap or "its clamd.conf is not in the scanned files"
        at = workload.image.at if workload.image is not None else workload.at
        if start.by_image and not gap:
            file = _with_variables(file, workload)
        alone = not start.by_image or bool(workload.command)
        return (_clamd(file, workload.component, at, workload, gap, alone=alone),)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        del views
        for document in documents:
            if not isinstance(document, ClamConf):
                continue
            if document.kind == "clamd":
                yield _clamd(document, document.source.path, document.source.at(), None, document.partial)
            else:
                yield _other(document)


def _clamd(
    file: ClamConf | None, component: str, at: Location, workload: Workload | None, gap: str, *, alone: bool = True
) -> Clamd:
    addresses = addresses_of(file) if file is not None else Unknown(gap) if gap else _EVERYWHERE
    settings = settings_of("clamd", file)
    port = settings["TCPSocket"].value if "TCPSocket" in settings else "3310"
    number = int(port) if isinstance(port, str) and is_whole_number(port) else 3310
    place = settings["TCPSocket"].at if workload is None and "TCPSocket" in settings else None
    return Clamd(
        component=component,
        technology="clamav",
        at=at,
        origin=workload.origin if workload is not None else "file",
        version=workload.image_version if workload is not None and _is_image(workload) else None,
        settings=settings,
        exposure=exposure_of(addresses, (number,), workload, place),
        consumed=frozenset([file.source.key]) if file is not None and file.source.text else frozenset(),
        refused=file.problems if file is not None else (),
        incomplete=gap,
        in_container=workload is not None and not workload.on_host,
        addresses=addresses,
        updates=_updates(workload, alone=alone),
    )


def _other(file: ClamConf) -> Freshclam | Milter:
    kind = Freshclam if file.kind == "freshclam" else Milter
    return kind(
        component=file.source.path,
        technology="clamav",
        at=file.source.at(),
        settings=settings_of(file.kind, file),
        consumed=frozenset([file.source.key]),
        refused=file.problems,
        incomplete=file.partial,
    )


def _is_image(workload: Workload) -> bool:
    return workload.image_repository in _REPOSITORIES


def _with_variables(file: ClamConf | None, workload: Workload) -> ClamConf:
    """Return the file, or the image's own, with the options that variables add behind its last line."""
    added = [
        Option(name.removeprefix(_VARIABLE), variable.value, variable.at)
        for name, variable in workload.environment.items()
        if name.startswith(_VARIABLE)
    ]
    if file is not None:
        return replace(file, options=(*file.options, *added))
    at = workload.image.at if workload.image is not None else workload.at
    own = Option("TCPSocket", "3310", at)
    return ClamConf(source=Source(path=at.path, text=""), kind="clamd", options=(own, *added))


def _updates(workload: Workload | None, *, alone: bool) -> bool | Unknown:
    """Return whether the image's own freshclam runs; another container may do it where the database is shared."""
    if workload is None or not _is_image(workload):
        return Unknown("the files do not tell what updates the signatures")
    shared = any(mount.target.rstrip("/") == _DATABASE for mount in workload.mounts)
    if alone:
        return _SHARED if shared else False
    variable = workload.environment.get("CLAMAV_NO_FRESHCLAMD")
    if variable is None and workload.environment_open:
        return Unknown(f"its environment is also read from {workload.environment_open}")
    if variable is None or variable.value == "false":
        return True
    if isinstance(variable.value, Unknown) or variable.value != "true":
        return variable.value if isinstance(variable.value, Unknown) else True
    return _SHARED if shared else False


def _is_true(workload: Workload, name: str) -> bool:
    variable = workload.environment.get(name)
    return variable is not None and variable.value == "true"


def _config(words: Sequence[Located[str]]) -> str:
    """Return the file that the command line names, else the one of the image and of Debian's package."""
    texts = [word.value if isinstance(word.value, str) else "" for word in words]
    for place, text in enumerate(texts):
        name, equals, value = text.partition("=")
        if name in _FLAGS:
            return value if equals else texts[place + 1] if place + 1 < len(texts) else _PATH
    return _PATH


CLAMAV = ClamavTechnology()
