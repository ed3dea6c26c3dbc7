"""How a container or a unit starts NiFi or NiFi Registry.

The images' entrypoint is `../scripts/start.sh`, which takes no arguments (`nifi-docker/dockerhub/Dockerfile` of NiFi
1.11.4 to 2.11.0); a container with an entrypoint of its own often calls `bin/nifi.sh` itself.
"""

import posixpath

from auditor.model.workload import Role, Workload
from auditor.records import dataclass

HOME = "/opt/nifi/nifi-current"
REGISTRY_HOME = "/opt/nifi-registry/nifi-registry-current"
_IMAGES = {"apache/nifi": HOME, "apache/nifi-registry": REGISTRY_HOME}
_EDITS = ("nifi.properties", "nifi-registry.properties", "prop_replace", "sed ", "/conf")


@dataclass(frozen=True)
class Start:
    """`home` is the installation's folder; `by_script` tells whether the image's script writes variables into files.

    `doubt` is why the files may be changed by something that is not read, "" if nothing changes them.
    """

    home: str
    is_registry: bool
    by_script: bool
    doubt: str = ""


def start_of(workload: Workload) -> Start | None:
    """Return how the workload starts NiFi, None if it runs another program."""
    if workload.role is Role.INIT:
        return None
    words = [each.value for each in workload.arguments if isinstance(each.value, str)]
    if workload.on_host:
        return _on_host(words)
    home = _IMAGES.get(workload.image_repository or "")
    if home is None:
        return None
    is_registry = home == REGISTRY_HOME
    if workload.entrypoint is None:
        return Start(home, is_registry, by_script=True)
    text = " ".join(words)
    by_script = "scripts/start.sh" in text
    if not by_script and ("nifi-registry.sh" if is_registry else "nifi.sh") not in text:
        return None
    unread = len(words) < len(workload.arguments) or any(each in text for each in _EDITS)
    return Start(
        home, is_registry, by_script, "the container's own command may change the configuration" if unread else ""
    )


def _on_host(words: list[str]) -> Start | None:
    for word in words:
        name = posixpath.basename(word)
        if name in {"nifi.sh", "nifi-registry.sh"} and word.startswith("/"):
            home = posixpath.dirname(posixpath.dirname(word))
            return Start(home, name == "nifi-registry.sh", by_script=False)
    return None
