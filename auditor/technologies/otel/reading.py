"""From a configuration to what runs: only components that a pipeline or `service.extensions` names.

Source: OpenTelemetry documentation, "Collector: Configuration" ("Service": a component that is configured and not named
there is not enabled).
"""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Node, Scalar, Sequence
from auditor.model.fact import Problem
from auditor.model.numbers import whole_number
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable
from auditor.records import dataclass

from .components import ALWAYS_LOCAL, DIAGNOSTICS, GRPC, LISTENERS, PROTOCOLS, Listener, Sender
from .document import resolved

_ADDRESSES: Final = ("endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint", "endpoints")
_LOGINS: Final = ("auth",)
_LOGS: Final = frozenset({"debug", "logging"})


@dataclass(frozen=True)
class Reading:
    """One configuration, with variables as far as they are known, and the host that servers listen on by default."""

    root: Tree
    environment: Mapping[str, Variable] | None
    default_host: str | Unknown

    def used(self, part: str) -> list[Scalar]:
        """Return the ids that pipelines name below `part` (receivers, processors, exporters), each once."""
        found: dict[str, Scalar] = {}
        for pipeline in self.pipelines():
            listed = pipeline[1].sequence(part)
            for item in listed.scalars() if listed is not None else ():
                found.setdefault(item.text, item)
        return list(found.values())

    def pipelines(self) -> list[tuple[Scalar, Tree]]:
        """Return the pipelines by their names."""
        listed = self.root.mapping("service", "pipelines")
        return [(key, value) for key, value in listed if isinstance(value, Tree)] if listed is not None else []

    def extensions(self) -> list[Scalar]:
        """Return the ids of extensions that run."""
        listed = self.root.sequence("service", "extensions")
        return list(listed.scalars()) if listed is not None else []

    def receivers(self) -> Iterator[Listener]:
        """Yield every address that a receiver in use listens on."""
        for name in self.used("receivers"):
            kind = name.text.partition("/")[0]
            node = self.root.get("receivers", name.text)
            if kind in PROTOCOLS and isinstance(node, Tree):
                protocols = node.mapping("protocols")
                for key, value in protocols or ():
                    if key.text in PROTOCOLS[kind]:
                        port = PROTOCOLS[kind][key.text]
                        yield self._listener(f"{name.text} ({key.text})", key.text, key, value, port)
            elif kind in LISTENERS and node is not None:
                key = self._key("receivers", name)
                yield self._listener(name.text, kind, key, node, LISTENERS[kind])

    def diagnostics(self) -> Iterator[Listener]:
        """Yield the addresses of extensions that show the inside of the process."""
        for name in self.extensions():
            kind = name.text.partition("/")[0]
            node = self.root.get("extensions", name.text)
            if kind in DIAGNOSTICS and node is not None:
                key = self._key("extensions", name)
                yield self._listener(name.text, kind, key, node, DIAGNOSTICS[kind], is_local=True)

    def scraped(self) -> Iterator[Listener]:
        """Yield the addresses of exporters that wait to be asked for metrics."""
        for name in self.used("exporters"):
            node = self.root.get("exporters", name.text)
            if name.text.partition("/")[0] == "prometheus" and isinstance(node, Tree):
                yield self._listener(name.text, "prometheus", self._key("exporters", name), node, 8889)

    def senders(self) -> Iterator[Sender]:
        """Yield the exporters in use that send to an address."""
        for name in self.used("exporters"):
            kind = name.text.partition("/")[0]
            node = self.root.get("exporters", name.text)
            if kind in {"prometheus", *_LOGS} or not isinstance(node, Tree):
                continue
            for address in self._addresses(node):
                text = resolved(address.text, self.environment)
                yield Sender(
                    name=name.text,
                    address=text,
                    host=_host(text) if isinstance(text, str) else "",
                    is_grpc=kind in GRPC,
                    tls=node.mapping("tls") or (node if node.get("insecure") is not None else None),
                    at=node.at,
                    address_at=address.at,
                )

    def logged(self) -> Iterator[tuple[str, Scalar]]:
        """Yield the exporters in use that write whole records to the log, with the place that says so."""
        for name in self.used("exporters"):
            node = self.root.get("exporters", name.text)
            if name.text.partition("/")[0] not in _LOGS or not isinstance(node, Tree):
                continue
            for key, word in (("verbosity", "detailed"), ("loglevel", "debug"), ("logLevel", "debug")):
                value = node.scalar(key)
                if value is not None and value.text.lower() == word:
                    yield name.text, value

    def problems(self) -> Iterator[Problem]:
        """Yield references to components that are not configured, and pipelines without an end."""
        connectors = _keys(self.root.get("connectors"))
        for pipeline, tree in self.pipelines():
            for part in ("receivers", "processors", "exporters"):
                listed = tree.sequence(part)
                known = [*_keys(self.root.get(part)), *(connectors if part != "processors" else [])]
                items = list(listed.scalars()) if listed is not None else []
                if not items and part != "processors" and not (listed is not None and listed.open):
                    yield Problem(at=pipeline.at, message=f"expected {part} in each pipeline")
                for item in items:
                    if item.text not in known and isinstance(item.value, str) and "${" not in item.text:
                        yield Problem(at=item.at, message=f"expected a component that {part} has")
        for item in self.extensions():
            if item.text not in _keys(self.root.get("extensions")):
                yield Problem(at=item.at, message="expected a component that extensions has")

    def _key(self, part: str, name: Scalar) -> Scalar:
        listed = self.root.mapping(part)
        return (listed.key(name.text) if listed is not None else None) or name

    def _addresses(self, node: Tree) -> Iterator[Scalar]:
        for name in _ADDRESSES:
            value = node.get(name)
            if isinstance(value, Scalar) and not value.is_null:
                yield value
            elif (listed := node.sequence(name)) is not None:
                yield from listed.scalars()

    def _listener(
        self, name: str, kind: str, key: Scalar, node: Node, port: int, *, is_local: bool = False
    ) -> Listener:
        settings = node if isinstance(node, Tree) else None
        address = settings.scalar("endpoint") if settings is not None else None
        host: str | Unknown = "localhost" if is_local or kind in ALWAYS_LOCAL else self.default_host
        if address is not None:
            text = resolved(address.text, self.environment)
            host = text if isinstance(text, Unknown) else text.rpartition(":")[0].strip("[]")
            if isinstance(text, str) and (number := whole_number(text.rpartition(":")[2])) is not None:
                port = number
        tls = settings.mapping("tls") if settings is not None else None
        cors = settings.get("cors", "allowed_origins") if settings is not None else None
        cors = cors or (settings.get("cors_allowed_origins") if settings is not None else None)
        origins = _texts(cors)
        return Listener(
            name=name,
            kind=kind,
            host=host,
            port=port,
            at=address.at if address is not None else key.at,
            tls=tls,
            asks_who=(tls is not None and tls.get("client_ca_file") is not None)
            or (settings is not None and any(settings.get(login) is not None for login in _LOGINS)),
            origins=origins,
            origins_at=cors.at if cors is not None else key.at,
        )


def _keys(node: Node | None) -> list[str]:
    return node.keys() if isinstance(node, Tree) else []


def _texts(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    items = list(node.scalars()) if isinstance(node, Sequence) else [node] if isinstance(node, Scalar) else []
    return tuple(item.text for item in items)


def _host(address: str) -> str:
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
