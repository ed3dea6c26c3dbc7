"""Which files are systemd's units and drop-ins."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_TEMPLATE = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|erb))*"
_UNIT = lazy(rf"[\w:.\\@%{{}}-]+\.(?:service|timer|socket){_TEMPLATE}")
_DROP_IN_FOLDER = lazy(r"(?:^|/)(?:[\w:.\\@-]+\.)?service\.d/[^/]+$")
_DROP_IN = lazy(rf".+\.conf{_TEMPLATE}")
_SECTION = lazy(r"^[ \t]*\[(Unit|Service|Timer|Socket|Install)\][ \t]*\r?$", re.M)
_ENDINGS = (".service", ".timer", ".socket")


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is a service, timer or socket unit or a drop-in of a service, None if it is not."""
    if any(ending in name for ending in _ENDINGS) and _UNIT.fullmatch(name):
        section = _SECTION.search(head)
        return Recognition(f"named as a unit, with a section [{section[1]}]", 3) if section else None
    if ".conf" in name and "service.d/" in path and _DROP_IN.fullmatch(name) and _DROP_IN_FOLDER.search(path):
        section = _SECTION.search(head)
        return Recognition("in the folder of a service's drop-ins, with a section of a unit", 3) if section else None
    return None


TECHNOLOGY = Registered(
    "systemd",
    "systemd",
    "auditor.technologies.systemd:SYSTEMD",
    recognise,
    is_platform=True,
    files="unit files and drop-ins",
    compared_with="systemd 252",
)
