"""Custom resources of Kubernetes as dynamic configuration.

Sources: Traefik 3.7, pkg/provider/kubernetes/crd/kubernetes.go, kubernetes_http.go and kubernetes_tcp.go: an object is
called by its namespace and name (`clinic-strict`), the TLSOption and TLSStore `default` by their name alone; it refers
to objects of its namespace unless a reference names another, or a provider behind `@`; a Middleware's `spec` is what
the file provider reads.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping as Tree
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE
from auditor.records import dataclass
from auditor.technologies.document import Assignment

from .document import TraefikFile
from .parts import TEMPLATE, Part, fill, of_tree

PROVIDER: Final = "kubernetescrd"
_ELEMENTS: Final = {
    "Middleware": ("http", "middlewares"),
    "MiddlewareTCP": ("tcp", "middlewares"),
    "ServersTransport": ("http", "serversTransports"),
    "ServersTransportTCP": ("tcp", "serversTransports"),
    "TLSOption": ("tls", "options"),
    "TLSStore": ("tls", "stores"),
}
_ROUTERS: Final = {"IngressRoute": "http", "IngressRouteTCP": "tcp"}
_DEFAULT: Final = "default"
_REFERENCE: Final = "urn:k8s:secret:"
"""What Traefik replaces in a plugin's settings by the value of a Secret's key."""


@dataclass(frozen=True, kw_only=True)
class TraefikResource(TraefikFile):
    """A custom resource; `root` holds the same elements as a file of the file provider would."""

    def assignments(self) -> Iterator[Assignment]:
        """Yield what is secret in a file, except `secret`: outside of plugins it is the name of a Secret.

        A plugin's setting can be a reference to a key of one.
        """
        for found in super().assignments():
            is_reference = isinstance(found.value, str) and found.value.startswith(_REFERENCE)
            if not is_reference and (found.key.lower() != "secret" or "plugin" in found.path):
                yield found


def read_resource(source: Source) -> TraefikResource:
    """Read an object.

    Raises:
        FormatError: it is no object.
    """
    nodes = yaml.parse(source)
    if len(nodes) != 1 or not isinstance(nodes[0], Tree):
        raise FormatError(source.at(), "expected an object of Kubernetes")
    partial = "template expressions" if is_templated(source.text) else ""
    return TraefikResource(source=source, root=_Object(nodes[0]).part(), partial=partial)


def merged(documents: Sequence[TraefikResource]) -> Part:
    """Return the objects of a file as one part of the dynamic configuration."""
    root = Part(documents[0].root.at)
    for document in documents:
        _merge(root, document.root)
    return root


def _merge(into: Part, part: Part) -> None:
    into.open = into.open or part.open
    for name, child in part.parts.items():
        if name not in into.parts:
            into.parts[name] = child
        else:
            _merge(into.parts[name], child)


class _Object:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.kind = tree.text("kind") or ""
        self.name = tree.text("metadata", "name") or ""
        self.namespace = tree.text("metadata", "namespace") or _DEFAULT
        self.spec = tree.mapping("spec") or Tree([], tree.at)

    def part(self) -> Part:
        root = Part(self.tree.at)
        node = self.tree.scalar("metadata", "name")
        at = node.at if node is not None else self.tree.at
        if self.kind in _ELEMENTS:
            spec = of_tree(self.spec)
            kind, family = _ELEMENTS[self.kind]
            own = root.add(kind, at).add(family, at).add(self._called(family), at)
            own.parts, own.open = self._element(spec).parts, spec.open
        elif self.kind in _ROUTERS:
            self._routers(root, _ROUTERS[self.kind], at)
        return root

    def _called(self, family: str) -> str:
        name = _written(self.name)
        return name if family in {"options", "stores"} and name == _DEFAULT else f"{_written(self.namespace)}-{name}"

    def _element(self, spec: Part) -> Part:
        """Return an element with references as the file provider has them."""
        if self.kind == "ServersTransportTCP":
            return spec.parts.get("tls", spec)
        chain = spec.find("chain", "middlewares")
        if self.kind == "Middleware" and isinstance(chain, Part):
            listed = self.spec.sequence("chain", "middlewares")
            names = [self._reference(each) for each in (listed.mappings() if listed is not None else ())]
            chain.parts = {str(index): Part(chain.at, str(index), name) for index, name in enumerate(names)}
        return spec

    def _routers(self, root: Part, protocol: str, at: Location) -> None:
        listed = self.spec.sequence("routes")
        routers = root.add(protocol, at).add("routers", at)
        if listed is None or listed.open:
            routers.open = TEMPLATE
        routes = list(listed.mappings()) if listed is not None else []
        for index, route in enumerate(routes):
            router = routers.add(self._called("routers") + (f"-{index + 1}" if len(routes) > 1 else ""), route.at)
            written = {"entryPoints": self.spec.get("entryPoints"), "rule": route.get("match")}
            for name, node in {**written, "priority": route.get("priority")}.items():
                if node is not None:
                    fill(router.add(name, node.at), node)
            self._tls(router)
            self._middlewares(router, route)
            self._service(root, router, protocol, route)

    def _tls(self, router: Part) -> None:
        tls = self.spec.mapping("tls")
        if tls is None:
            if self.spec.is_open_at("tls"):
                router.open = TEMPLATE
            return
        part = router.add("tls", tls.at)
        fill(part, tls)
        options = tls.mapping("options")
        if options is not None:
            part.parts["options"] = Part(options.at, "options", self._reference(options))

    def _middlewares(self, router: Part, route: Tree) -> None:
        listed = route.sequence("middlewares")
        if listed is None:
            return
        names = router.add("middlewares", listed.at)
        for index, each in enumerate(listed.mappings()):
            names.put((str(index),), self._reference(each), each.at)
        if listed.open:
            names.open = TEMPLATE

    def _service(self, root: Part, router: Part, protocol: str, route: Tree) -> None:
        listed = route.sequence("services")
        services = list(listed.mappings()) if listed is not None else []
        for service in services:
            name, transport = service.text("name") or "", service.scalar("serversTransport")
            router.put(("service",), name if name.endswith("@internal") else router.name, service.at)
            if transport is not None:
                used = root.add(protocol, service.at).add("services", service.at).add(router.name, service.at)
                called = self._qualified(transport.text, self.namespace)
                used.put(("loadBalancer", "serversTransport"), called, transport.at)

    def _reference(self, tree: Tree) -> str:
        return self._qualified(tree.text("name") or "", tree.text("namespace") or self.namespace)

    @staticmethod
    def _qualified(name: str, namespace: str) -> str:
        return name if "@" in name or name == _DEFAULT else f"{_written(namespace)}-{_written(name)}"


def _written(name: str) -> str:
    return name.replace(HOLE, "*")
