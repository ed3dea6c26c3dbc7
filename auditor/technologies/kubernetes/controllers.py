"""The NGINX ingress controller: the ConfigMap that its Pod names.

Source: Ingress-NGINX 1.12, "Command line arguments" (`--configmap=namespace/name`) and "ConfigMaps".
"""

from collections.abc import Iterator

from auditor.formats.tree import Mapping
from auditor.model.unknown import Unknown
from auditor.model.workload import Located

from .catalogue import Catalogue
from .facts import IngressController
from .reading import TEMPLATE

_FLAG = "--configmap="
_PROGRAM = "nginx-ingress-controller"
_IMAGES = ("ingress-nginx/controller", "nginx-ingress-controller")


def controllers(catalogue: Catalogue) -> Iterator[IngressController]:
    """Yield the controllers among the containers, with what their ConfigMap sets."""
    for manifest, pod, _ in catalogue.pods():
        listed = pod.mapping.sequence("containers")
        for container in listed.mappings() if listed is not None else ():
            words = [word for key in ("command", "args") for word in _words(container, key)]
            named = next((word.removeprefix(_FLAG) for word in words if word.startswith(_FLAG)), None)
            if named is None or not _is_controller(container, words):
                continue
            data = catalogue.config_map(named.rpartition("/")[2], manifest)
            gap = "its ConfigMap is not in the scanned files" if data is None else TEMPLATE if data.open else ""
            entries = data.entries if data is not None else ()
            yield IngressController(
                component=manifest.id,
                technology="kubernetes",
                at=manifest.at,
                name=manifest.shown_name,
                settings={entry.key: Located(value=entry.value, at=entry.at) for entry in entries},
                incomplete=gap,
            )


def _words(container: Mapping, key: str) -> Iterator[str]:
    listed = container.sequence(key)
    return (item.text for item in listed.scalars()) if listed is not None else iter(())


def _is_controller(container: Mapping, words: list[str]) -> bool:
    if any(word.rpartition("/")[2] == _PROGRAM for word in words):
        return True
    image = container.scalar("image")
    value = image.value if image is not None else ""
    if isinstance(value, Unknown):
        return False
    repository = value.partition("@")[0]
    repository = repository.rpartition(":")[0] if ":" in repository.rpartition("/")[2] else repository
    return repository.endswith(_IMAGES)
