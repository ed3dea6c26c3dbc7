"""Put a node's configuration together: defaults, image, settings file, environment and command line, in that order.

Source: InternalSettingsPreparer.java of Elasticsearch 7.x-8.x and of OpenSearch (`-E` beats the file; an image turns
variables into `-E`); Settings.java ("setting already set" for two `-E` of one name).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from typing import Final

from auditor.formats.errors import FormatError
from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Variable, Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.sectioned import Gap, Option
from auditor.technologies.document import FileView

from .document import NodeFile
from .node import SearchNode
from .words import resolved

_HTTP_PORT: Final = 9200
_TRANSPORT_PORT: Final = 9300
_INITIAL: Final = ("cluster.initial_master_nodes", "cluster.initial_cluster_manager_nodes")
_BOOLEAN_SUFFIXES: Final = (
    ".ssl.enabled",
    "security.enabled",
    "security.disabled",
    "audit.enabled",
    "cors.enabled",
    "destructive_requires_name",
    "security.ssl_only",
    "allow_unsafe_democertificates",
    "allow_default_init_securityindex",
    "ssl_dual_mode_enabled",
    "enforce_hostname_verification",
)


@dataclass
class NodeBuild:
    """What has been collected of a node so far; `replaced` tells whether its settings file is not the image's own."""

    settings: Settings
    gaps: list[Gap] = field(default_factory=list[Gap])
    refused: list[Problem] = field(default_factory=list[Problem])
    options: list[Option] = field(default_factory=list[Option])
    headers: Mapping[str, Location] = field(default_factory=dict[str, Location])
    consumed: set[str] = field(default_factory=set[str])
    replaced: bool = False

    def add(self, options: Iterable[Option], origin: Origin) -> None:
        """Put options in force over what was there."""
        for option in options:
            self.options.append(option)
            self.settings.set(option.setting(origin))

    def default(self, name: str, value: str, origin: Origin, source: str, at: Location | None = None) -> None:
        """Put a value in force that nobody wrote; `source` names where it is known from."""
        self.settings.set(Setting(name, value, origin, at, source))

    def load(self, file: NodeFile, environment: Mapping[str, Variable] | None, origin: Origin = Origin.FILE) -> None:
        """Put a settings file in force."""
        self.replaced = True
        self.add((resolved(option, environment) for option in file.options), origin)
        self.headers = {**self.headers, **file.headers}
        self.gaps.extend(file.gaps)
        self.refused.extend(file.refused)
        self.consumed.add(file.source.key)

    def open_file(
        self,
        path: str,
        view: FileView,
        parse: Callable[[Source], NodeFile],
        environment: Mapping[str, Variable] | None,
    ) -> bool:
        """Load the file that the container sees at `path`; False if it is the image's own."""
        found = view.open(path)
        if found is None:
            return False
        self.replaced = True
        if isinstance(found, Unknown):
            self.gaps.append(Gap(prefix="", reason=found.reason))
            return True
        try:
            self.load(parse(found), environment)
        except FormatError as error:
            self.gaps.append(Gap(prefix="", reason=f"the settings file cannot be read ({error.at})"))
        return True

    def add_words(self, variables: Iterable[Option], flags: Iterable[Option]) -> None:
        """Put variables and `-E` options in force; one name given with two values is refused."""
        given: dict[str, Option] = {}
        for origin, options in ((Origin.ENVIRONMENT, variables), (Origin.FLAG, flags)):
            for option in options:
                earlier = given.get(option.written)
                if earlier is not None and (origin is Origin.ENVIRONMENT or earlier.value != option.value):
                    message = f"expected the setting {option.written} once, as a variable or as one -E option"
                    self.refused.append(Problem(at=option.at, message=message))
                given[option.written] = option
                self.add((option,), origin)

    def refuse_values(self) -> None:
        """Note true/false settings with another word (Booleans.java, 6.0 and later) and settings of an index."""
        self.refused.extend(_wrong_values(self.options))


def _wrong_values(options: Iterable[Option]) -> Iterator[Problem]:
    for option in options:
        if option.name.endswith(_BOOLEAN_SUFFIXES) and isinstance(option.value, str):
            if option.value not in {"true", "false"}:
                yield Problem(at=option.at, message=f"expected true or false for {option.written}")
        elif option.name.startswith("index."):
            message = "expected no setting of an index here; since 5.0 they belong to the index or its template"
            yield Problem(at=option.at, message=message)


def refuse_discovery(node: SearchNode, *, forms_alone: bool) -> Iterator[Problem]:
    """Yield contradictions of discovery, and a node in the network that is told nothing about its cluster.

    A file alone is not held to the second: whoever starts the node says it with a variable or a flag. `forms_alone`
    tells whether it sets itself up as a cluster of its own without being told. Sources: Elasticsearch
    reference 7.x-8.x, "Bootstrap checks" (discovery configuration check; enforced where transport is not bound to
    loopback, and not with single-node discovery); ClusterBootstrapService.java (initial masters with single-node).
    """
    single, outside = node.is_single_node, node.transport_outside
    if node.gaps or isinstance(outside, Unknown):
        return
    chosen = [name for name in _INITIAL if name in node.settings and node.text(name) != ""]
    if single is True:
        for name in chosen:
            yield Problem(at=node.where(name), message=f"expected no {name} beside discovery.type: single-node")
    elif node.in_container and single is False and outside and node.has_peers is False and not (chosen or forms_alone):
        message = "expected discovery.type: single-node, or discovery.seed_hosts or initial master nodes"
        yield Problem(at=node.where("discovery"), message=message)


def exposure(node: SearchNode, workload: Workload | None) -> Exposure:
    """Return from where clients reach the node: its REST interface, and its transport in a container."""
    outside, inside = node.http_outside, node.transport_outside
    at = node.where(node.listening_setting)
    if workload is not None:
        if outside == () and inside == ():
            return Exposure(reach=Reach.LOOPBACK, reason="it listens on loopback addresses of the container", at=at)
        return workload.exposure(_port(node, "http.port", _HTTP_PORT), _port(node, "transport.port", _TRANSPORT_PORT))
    if isinstance(outside, Unknown):
        return Exposure(reach=Reach.UNKNOWN, reason=outside.reason, at=at)
    if outside:
        return Exposure(reach=Reach.HOST_NETWORK, reason=f"it listens on {', '.join(outside)}", at=at)
    return Exposure(reach=Reach.LOOPBACK, reason="it listens on loopback addresses only", at=at)


def transport_exposure(node: SearchNode, workload: Workload | None) -> Exposure:
    """Return from where the port for other nodes is reached."""
    return exposure_of(
        node.transport_hosts, (_port(node, "transport.port", _TRANSPORT_PORT),), workload, node.where("transport.host")
    )


def _port(node: SearchNode, name: str, default: int) -> int:
    """Return the first port of a range such as 9200-9300."""
    text = node.text(name)
    first = text.partition("-")[0] if isinstance(text, str) else ""
    return int(first) if is_whole_number(first) and len(first) < 6 else default
