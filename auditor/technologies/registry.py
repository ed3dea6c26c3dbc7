"""Every technology: those of this program, found by their recognisers, and those of installed distributions."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from auditor.model.workload import Workload
from auditor.plugins import PluginError, plugins

from . import recognition
from .document import Framework, Platform, Server
from .recognition import Registered

ENTRY_POINT_GROUP = "auditor.technologies"


@cache
def technologies() -> tuple[Registered, ...]:
    """Return all technologies: our own by name, then installed ones; the first wins a tie of recognition.

    Raises:
        PluginError: an installed distribution offers something else, or takes an id that is in use.
    """
    found: dict[str, Registered] = {}
    for name in sorted(module.name for module in iter_modules(recognition.__path__)):
        technology = getattr(import_module(f"{recognition.__name__}.{name}"), "TECHNOLOGY", None)
        if isinstance(technology, Registered):
            found[technology.id] = technology
    for origin, offered in plugins(ENTRY_POINT_GROUP):
        if not isinstance(offered, Registered):
            raise PluginError(f"{origin}: expected a Registered technology")
        if offered.id in found:
            raise PluginError(f"{origin}: the technology {offered.id} is there already")
        found[offered.id] = offered
    return tuple(found.values())


def platforms(found: frozenset[str]) -> list[tuple[Platform, tuple[str, ...]]]:
    """Return the technologies that declare workloads and resources, each with those whose documents it is given.

    These are its own and the ones it reads, as far as they are found in the scan.
    """
    return [
        (cast("Platform", entry.implementation), given)
        for entry in technologies()
        if entry.is_platform and (given := tuple(name for name in (entry.id, *entry.reads) if name in found))
    ]


def servers(found: frozenset[str]) -> list[Server]:
    """Return the technologies that are servers, of those found in the scan."""
    return [cast("Server", entry.implementation) for entry in technologies() if entry.words and entry.id in found]


def servers_in(workload: Workload) -> list[Server]:
    """Return the servers that a container may run by the words that name and start it, and by its files."""
    texts = [word.value for word in workload.arguments if isinstance(word.value, str)]
    if workload.image is not None and isinstance(workload.image.value, str):
        texts.append(workload.image.value)
    elif workload.image is not None:
        texts += [mount.target for mount in workload.mounts]  # what it is given tells what an unknown image runs
    text = " ".join([*texts, workload.image_prefix or ""]).lower()
    return [
        cast("Server", entry.implementation) for entry in technologies() if any(word in text for word in entry.words)
    ]


def frameworks(found: frozenset[str], workloads: Iterable[Workload]) -> list[Framework]:
    """Return the application frameworks whose files were found, or whose variables a workload sets."""
    names = {name for workload in workloads for name in workload.environment}
    return [
        cast("Framework", entry.implementation)
        for entry in technologies()
        if entry.variables and (entry.id in found or any(name.startswith(entry.variables) for name in names))
    ]
