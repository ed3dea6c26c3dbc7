"""systemd as a kind of file, and the programs that its services start."""

import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Fact
from auditor.model.linking import HOST_SCOPE, LOOPBACK, Name, Network
from auditor.model.source import Source
from auditor.model.workload import Located, Role, Workload
from auditor.technologies.common.host import ProgramFiles
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.systemd import recognise

from .command import commands, environment
from .directives import Directives, Families
from .document import UnitFile, parse
from .service import SystemdService
from .units import Unit, units_of

_COMMANDS = ("ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost", "ExecCondition")
_LOCAL_ONLY = {"localhost", "127.0.0.0/8", "127.0.0.1", "127.0.0.1/32", "::1", "::1/128"}


class Systemd:
    """Services, with timers and sockets as far as they tell how a service is started."""

    id = "systemd"
    title = "systemd"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> UnitFile:
        return parse(source)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield every service; a name that several folders have is told apart by the folder."""
        units = list(units_of([document for document in documents if isinstance(document, UnitFile)]))
        names = Counter(unit.name for unit in units)
        for unit in units:
            path = unit.files[0].source.path
            folder = posixpath.dirname(path) or "."
            yield _service(unit, unit.name if names[unit.name] == 1 else f"{unit.name}@{folder}", files)


def _service(unit: Unit, component: str, files: RepositoryFiles) -> SystemdService:
    directives = unit.directives
    first = unit.files[0]
    header = next((e.header for e in first.entries if e.section == "Service"), first.source.at())
    folder = posixpath.dirname(first.source.path)
    view = ProgramFiles(folder, files)
    variables = environment(directives, view)
    found = tuple(command for name in _COMMANDS for command in commands(directives, name, variables))
    start = next((command for command in found if command.directive == "ExecStart"), None)
    kind = directives.text("Type")
    is_daemon = kind != "oneshot" and not unit.is_timed and not (unit.is_socket_activated and "@" in unit.name)
    user = directives.text("User")
    workload = Workload(
        component=component,
        technology="systemd",
        at=start.at if start is not None else header,
        name=unit.name.removesuffix(".service"),
        origin="systemd",
        unit=folder,
        role=Role.SERVICE if is_daemon else Role.JOB,
        on_host=True,
        entrypoint=start.words if start is not None else None,
        environment=variables.variables,
        environment_open=variables.open_reason,
        user=Located(value=user, at=directives.where("User") or header) if user is not None else None,
        confined=_confined(directives),
        network=Network()
        if directives.flag("PrivateNetwork") is True
        else Network(names=(Name(host=LOOPBACK, scope=HOST_SCOPE, at=header),), scopes=(HOST_SCOPE,)),
        consumed=variables.consumed,
        templated=start is None,
    )
    return SystemdService(
        component=component,
        technology="systemd",
        at=header,
        runs=workload,
        name=unit.name,
        directives=directives,
        commands=found,
        is_daemon=is_daemon,
        is_user_unit=unit.is_user_unit,
    )


def _confined(directives: Directives) -> Exposure | None:
    """Return what keeps other hosts from the service's ports, None if nothing does."""
    if directives.flag("PrivateNetwork") is True:
        reason = "PrivateNetwork= gives it a loopback interface of its own and no other"
        return Exposure(Reach.LOOPBACK, reason, directives.where("PrivateNetwork"))
    families = directives.families()
    if isinstance(families, Families) and not families.permits("AF_INET") and not families.permits("AF_INET6"):
        reason = "RestrictAddressFamilies= keeps it from opening a TCP port"
        return Exposure(Reach.LOOPBACK, reason, directives.where("RestrictAddressFamilies"))
    denied = {word for line in directives.in_force("IPAddressDeny") for word in line.value.split()}
    allowed = {word for line in directives.in_force("IPAddressAllow") for word in line.value.split()}
    if not directives.open_reason and denied & {"any", "0.0.0.0/0"} and allowed <= _LOCAL_ONLY:
        return Exposure(
            Reach.LOOPBACK, "IPAddressDeny= drops what comes from other hosts", directives.where("IPAddressDeny")
        )
    return None


SYSTEMD = Systemd()
