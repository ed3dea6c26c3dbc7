"""Java's debug port, as bootstrap.conf opens it.

The distribution's line is a comment; the image's `start.sh` opens it where `NIFI_JVM_DEBUGGER` is set. An address
without a host is the loopback address from Java 9 on and every address before (JDK 9 release notes, JDK-8041435). The
images run Java 8 up to NiFi 1.18 and Java 11 from 1.19 on; NiFi 2 needs Java 21.
"""

from collections.abc import Callable

from auditor.formats.properties_template import read
from auditor.model.exposure import Exposure
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.technologies.common.configured import is_loopback
from auditor.technologies.common.versions import Range

from .image_settings import Variables
from .service import Debugger

_AGENT = lazy(r"(?:-agentlib:jdwp=|-Xrunjdwp:)(?P<options>\S+)")
_ADDRESS = lazy(r"(?:^|,)address=(?:(?P<host>[^,]*):)?(?P<port>[0-9]{1,9})(?![0-9])")
_SHIPPED_PORT = "8000"


def debugger_of(
    bootstrap: Source | Unknown | None,
    variables: Variables | None,
    version: Range,
    reach: Callable[[int], Exposure],
) -> Debugger | Unknown | None:
    """Return the debug port that is open, None if there is none. `reach` tells from where a port is reached."""
    if isinstance(bootstrap, Source):
        found = _in_file(bootstrap, variables is not None, version, reach)
        if found is not None:
            return found
    asked = variables.get("NIFI_JVM_DEBUGGER") if variables is not None else None
    if asked is not None and not isinstance(bootstrap, Unknown):
        value, at = asked
        if isinstance(value, Unknown):
            return value
        return Debugger(_SHIPPED_PORT, _is_remote("", version, in_image=True), reach(int(_SHIPPED_PORT)), at)
    return bootstrap if isinstance(bootstrap, Unknown) else None


def _in_file(
    source: Source, in_image: bool, version: Range, reach: Callable[[int], Exposure]
) -> Debugger | Unknown | None:
    content = read(source)
    for each in content.properties:
        if not each.key.startswith("java.arg."):
            continue
        agent = _AGENT.search(each.value)
        if agent is None or "server=y" not in agent["options"]:
            continue
        value = content.value(each)
        address = _ADDRESS.search(agent["options"])
        if isinstance(value, Unknown) or address is None:
            return value if isinstance(value, Unknown) else Unknown("the debug port's address is not known")
        port = str(address["port"])
        remote = _is_remote(address["host"] or "", version, in_image=in_image)
        return Debugger(port, remote, reach(int(port)), each.at)
    return None


def _is_remote(host: str, version: Range, *, in_image: bool) -> bool | Unknown:
    if host:
        return not is_loopback(host)
    if version.is_at_least(2, 0) or (in_image and version.is_at_least(1, 19)):
        return False
    if in_image and version.is_below(1, 19):
        return True
    return Unknown("the version of Java decides whether the debug port listens on loopback only")
