"""A document's tree as facts. References are followed within the file only."""

from collections.abc import Iterator

from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.location import Location

from .facts import ApiDocument, Flow, Operation, Parameter, Requirement, Scheme, Server

_METHODS = frozenset("get put post delete options head patch trace query".split())
_MAX_REFERENCES = 10
_FLOWS = {"accessCode": "authorizationCode", "application": "clientCredentials"}
"""Names of OpenAPI 2.0 for flows."""
_ADDRESSES = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl")


class Reader:
    """Reads one document; `component` is its name in reports."""

    def __init__(self, root: Mapping, component: str) -> None:
        self._root = root
        self._component = component
        self._is_old = "swagger" in root

    def read(self) -> ApiDocument:
        """Return what the document says."""
        general = self._requirements(self._root.get("security"))
        operations = tuple(self._operations(general))
        found = {way.at: way for operation in operations for way in operation.security or ()}
        key = self._root.key("paths")
        components = self._root.mapping("components")
        declared = self._root.get(*(("securityDefinitions",) if self._is_old else ("components", "securitySchemes")))
        return ApiDocument(
            component=self._component,
            technology="openapi",
            at=self._root.at,
            operations=operations,
            schemes={scheme.name: scheme for scheme in self._schemes(declared)},
            servers=tuple(self._servers()),
            paths_at=key.at if key is not None else self._root.at,
            schemes_open=(components is not None and "$ref" in components)
            or (isinstance(declared, Mapping) and "$ref" in declared),
            requirements=tuple(found.values()),
        )

    def _resolved(self, node: Node | None) -> Node | None:
        """Follow references within the document; what another file holds is None."""
        for _ in range(_MAX_REFERENCES):
            reference = node.text("$ref") if isinstance(node, Mapping) else None
            if reference is None:
                return node
            if not reference.startswith("#/"):
                return None
            names = [part.replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/")]
            node = self._root.get(*names)
        return None

    def _operations(self, general: tuple[Requirement, ...] | None) -> Iterator[Operation]:
        for path, item in self._root.mapping("paths") or ():
            body = self._resolved(item)
            if not isinstance(body, Mapping) or not path.text.startswith("/"):
                continue
            shared = list(self._parameters(body.get("parameters")))
            for method, operation in body:
                if method.text not in _METHODS or not isinstance(operation, Mapping):
                    continue
                own = self._requirements(operation.get("security"))
                key = operation.key("security")
                given = list(self._parameters(operation.get("parameters")))
                replaced = {(parameter.name, parameter.sent_in) for parameter in given}
                yield Operation(
                    method=method.text,
                    path=path.text,
                    at=method.at,
                    security=general if own is None else own,
                    own_security=key.at if own is not None and key is not None else None,
                    parameters=(*(p for p in shared if (p.name, p.sent_in) not in replaced), *given),
                )

    def _requirements(self, node: Node | None) -> tuple[Requirement, ...] | None:
        if not isinstance(node, Sequence):
            return None
        return tuple(Requirement(at=item.at, schemes=dict(_scopes(item))) for item in node.mappings())

    def _parameters(self, node: Node | None) -> Iterator[Parameter]:
        for item in node if isinstance(node, Sequence) else ():
            body = self._resolved(item)
            name = body.scalar("name") if isinstance(body, Mapping) else None
            if isinstance(body, Mapping) and name is not None:
                schema = self._resolved(body.get("schema"))
                kind = body.text("type") or (schema.text("type") if isinstance(schema, Mapping) else None)
                yield Parameter(name=name.text, sent_in=body.text("in") or "", at=name.at, is_flag=kind == "boolean")

    def _schemes(self, declared: Node | None) -> Iterator[Scheme]:
        for key, item in declared if isinstance(declared, Mapping) else ():
            body = self._resolved(item)
            if not isinstance(body, Mapping):
                yield Scheme(name=key.text, at=key.at, type="")
                continue
            kind = body.text("type") or ""
            is_old_basic = self._is_old and kind == "basic"
            yield Scheme(
                name=key.text,
                at=key.at,
                type="http" if is_old_basic else kind,
                http_scheme="basic" if is_old_basic else (body.text("scheme") or "").lower(),
                sent_in=body.text("in") or "",
                flows=tuple(self._flows(body)),
                addresses=tuple(self._addresses(body)),
            )

    def _flows(self, body: Mapping) -> Iterator[Flow]:
        flow = body.scalar("flow")
        if self._is_old and flow is not None:
            yield Flow(kind=_FLOWS.get(flow.text, flow.text), at=flow.at, scopes=_keys(body.get("scopes")))
        for key, item in body.mapping("flows") or ():
            if isinstance(item, Mapping):
                yield Flow(kind=key.text, at=key.at, scopes=_keys(item.get("scopes")))

    def _addresses(self, body: Mapping) -> Iterator[tuple[str, str, Location]]:
        levels = [body, *(item for _, item in body.mapping("flows") or () if isinstance(item, Mapping))]
        for level in levels:
            for name in (*_ADDRESSES, "openIdConnectUrl"):
                value = level.scalar(name)
                if value is not None and not is_templated(value.text):
                    yield name, value.text, value.at

    def _servers(self) -> Iterator[Server]:
        if self._is_old:
            host = self._root.text("host") or ""
            schemes = self._root.sequence("schemes")
            for scheme in schemes.scalars() if schemes is not None and host else ():
                yield Server(url=f"{scheme.text}://{host}", at=scheme.at)
            return
        paths = self._root.mapping("paths") or Mapping([], self._root.at)
        items = [item for _, item in paths if isinstance(item, Mapping)]
        operations = [
            body for item in items for key, body in item if key.text in _METHODS and isinstance(body, Mapping)
        ]
        for level in (self._root, *items, *operations):
            servers = level.sequence("servers")
            for server in servers.mappings() if servers is not None else ():
                url = server.scalar("url")
                if url is not None and not is_templated(url.text):
                    yield Server(url=_with_defaults(url, server.mapping("variables")), at=url.at)


def _with_defaults(url: Scalar, variables: Mapping | None) -> str:
    text = url.text
    for key, variable in variables or ():
        default = variable.text("default") if isinstance(variable, Mapping) else None
        text = text.replace(f"{{{key.text}}}", default or "")
    return text


def _scopes(item: Mapping) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in item:
        yield key.text, tuple(scope.text for scope in value.scalars()) if isinstance(value, Sequence) else ()


def _keys(node: Node | None) -> frozenset[str]:
    return frozenset(key.text for key, _ in node) if isinstance(node, Mapping) else frozenset()
