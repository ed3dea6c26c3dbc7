"""Which Services an Ingress leads clients to.

Source: Kubernetes API reference, Ingress v1 and v1beta1: a default backend, and a backend for each path.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from auditor.formats.tree import Mapping as Tree
from auditor.model.location import Location
from auditor.records import dataclass

from .catalogue import Catalogue
from .manifest import Manifest
from .reading import as_written

_GROUPS = ("networking.k8s.io", "extensions")


@dataclass(frozen=True)
class Route:
    """An Ingress that leads to a Service's port, by its number or name; None where it is not known which."""

    ingress: Manifest
    port: str | None
    at: Location


def routes_of(catalogue: Catalogue) -> Mapping[tuple[str, str], Sequence[Route]]:
    """Return the routes by namespace and name of the Service."""
    found: defaultdict[tuple[str, str], list[Route]] = defaultdict(list)
    for group in _GROUPS:
        for ingress in catalogue.of("Ingress", group):
            for backend in _backends(ingress):
                current = backend.mapping("service")
                node = current.scalar("name") if current is not None else backend.scalar("serviceName")
                name = as_written(node, ingress.source)
                port = backend.scalar("servicePort")
                if current is not None:
                    port = current.scalar("port", "number") or current.scalar("port", "name")
                if node is not None and name:
                    known = port.text if port is not None and isinstance(port.value, str) else None
                    found[ingress.scope, name].append(Route(ingress, known, node.at))
    return found


def _backends(ingress: Manifest) -> Iterator[Tree]:
    for name in ("defaultBackend", "backend"):
        default = ingress.body.mapping("spec", name)
        if default is not None:
            yield default
    rules = ingress.body.sequence("spec", "rules")
    for rule in rules.mappings() if rules is not None else ():
        paths = rule.sequence("http", "paths")
        for path in paths.mappings() if paths is not None else ():
            backend = path.mapping("backend")
            if backend is not None:
                yield backend
