"""Make brokers and Connect workers of containers and of files that stand alone."""

import posixpath
from collections.abc import Callable
from dataclasses import replace

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.secret import Secret
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import MountKind, Workload
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .denials import of_file, of_image
from .image_settings import apply_image
from .images import Image, image_of, started
from .listeners import Address, parse_addresses
from .loader import Loaded
from .opened import LOOPBACK, exposures, open_listeners, widest
from .parameters import CONNECT_SOURCE, SOURCE, Version, broker_defaults, connect_defaults
from .service import KafkaBroker, KafkaConnect, KafkaProducer

_HOST = Exposure(reach=Reach.HOST_NETWORK, reason="it listens on addresses of its host")
_JMX_PORT = lazy(r"jmxremote\.port=(\d{1,9})")
_JMX_LOGIN = lazy(r"jmxremote\.authenticate=(\w+)")
_KEPT = frozenset({MountKind.BIND, MountKind.VOLUME, MountKind.UNKNOWN})


@dataclass(frozen=True)
class _Place:
    """Where a service is declared; `outside` tells the reach of a port, `version` is Kafka's own."""

    component: str
    at: Location
    origin: str
    outside: Callable[[int], Exposure]
    version: Version | None = None
    kept: tuple[str, ...] = ()
    in_container: bool = False


def service_of_file(source: Source, kind: str, view: FileView) -> KafkaBroker | KafkaConnect:
    """Return what somebody starts with just this file, and a log4j.properties beside it."""
    is_connect = kind == "connect"
    loaded = _loaded(None, is_connect=is_connect)
    loaded.file(source)
    place = _Place(source.path, source.at(), "file", lambda _: _HOST)
    if is_connect:
        return _connect(loaded, place)
    broker = _broker(loaded, place)
    beside = view.open("log4j.properties") if not source.is_embedded else None
    if not isinstance(beside, Source):
        reason = Unknown("what the broker logs is not in the scanned files") if beside is None else beside
        return replace(broker, denials=reason)
    return replace(broker, denials=of_file(beside), consumed=broker.consumed | {beside.key})


def producer_of_file(source: Source) -> KafkaProducer | None:
    """Return the producer that a client's property file configures, None if it says nothing of one."""
    loaded = Loaded.of({}, SOURCE)
    loaded.file(source)
    if "acks" not in loaded.settings:
        return None
    return KafkaProducer(
        component=source.path,
        technology="kafka",
        at=source.at(),
        settings=loaded.settings,
        consumed=frozenset(loaded.consumed),
        refused=tuple(_contradictions(loaded)),
        doubt=loaded.doubt,
    )


def _contradictions(loaded: Loaded) -> list[Problem]:
    """Return what `ProducerConfig.postProcessAndValidateIdempotenceConfigs` of Kafka 3.9 refuses."""
    acks, idempotence = loaded.settings["acks"], loaded.settings.get("enable.idempotence")
    if idempotence is None or idempotence.value != "true" or acks.value not in {"0", "1"} or acks.at is None:
        return []
    return [Problem(at=acks.at, message="expected acks=all beside enable.idempotence=true")]


def service_of_workload(workload: Workload, view: FileView) -> KafkaBroker | KafkaConnect | None:
    """Return the broker or worker that a container runs, None if it runs another program."""
    image = image_of(workload)
    words = [
        part for word in workload.arguments for part in (word.value.split() if isinstance(word.value, str) else ("?",))
    ]
    start = started(words) if words else (("own", list[str]()) if image is not None else None)
    if start is None:
        return None
    kind, behind = start
    if kind == "own" and image is None:
        return None
    is_connect = kind == "connect" or (kind == "own" and image is not None and image.is_connect)
    at = workload.image.at if workload.image else workload.at
    loaded = _loaded(image, is_connect=is_connect)
    if kind == "own":
        assert image is not None
        apply_image(loaded, image, workload, view)
    else:
        _apply_command(loaded, behind, at, view)
    if workload.templated:
        loaded.doubt_absent(Unknown("template expressions may set it"))
    place = _Place(
        workload.component,
        at,
        workload.origin,
        workload.exposure,
        image.version if image else None,
        tuple(mount.target.rstrip("/") for mount in workload.mounts if mount.kind in _KEPT),
        in_container=not workload.on_host,
    )
    if is_connect:
        return _connect(loaded, place)
    broker = _with_jmx(_broker(loaded, place), workload)
    if kind != "own" or image is None:
        return replace(broker, denials=Unknown("what the container logs is not in the scanned files"))
    return replace(broker, denials=of_image(image, workload, view, at))


def _loaded(image: Image | None, *, is_connect: bool) -> Loaded:
    if is_connect:
        return Loaded.of(connect_defaults(), CONNECT_SOURCE)
    return Loaded.of(broker_defaults(image.version if image else None), SOURCE)


def _apply_command(loaded: Loaded, behind: list[str], at: Location, view: FileView) -> None:
    """Apply the file that the command names and its overrides."""
    path = next((word for word in behind if not word.startswith("-")), "")
    found = view.open(path if path.startswith("/") else posixpath.join("/opt/kafka", path)) if path else None
    if isinstance(found, Source):
        loaded.file(found)
    else:
        reason = (
            found
            if isinstance(found, Unknown)
            else Unknown(f"{path or 'the configuration'} is not in the scanned files")
        )
        loaded.cloud(reason, at, Origin.FILE)
    loaded.overrides(behind, at)


def _broker(loaded: Loaded, place: _Place) -> KafkaBroker:
    opened = open_listeners(loaded, place.at)
    reach = exposures(opened.listeners, place.outside)
    return KafkaBroker(
        component=place.component,
        technology="kafka",
        at=place.at,
        origin=place.origin,
        version=".".join(map(str, place.version)) if place.version else None,
        settings=loaded.settings,
        consumed=frozenset(loaded.consumed),
        refused=(*loaded.problems, *opened.problems),
        doubt=loaded.doubt,
        parsed_version=place.version,
        listeners=opened.listeners,
        exposures=reach,
        kept_folders=place.kept,
        in_container=place.in_container,
        exposure=widest([each for _, each in reach], place.outside(9092)),
    )


def _connect(loaded: Loaded, place: _Place) -> KafkaConnect:
    addresses = _rest_addresses(loaded)
    known = addresses if not isinstance(addresses, Unknown) else [Address("HTTP", "", 8083)]
    reach = [LOOPBACK if address.is_loopback else place.outside(address.port) for address in known]
    return KafkaConnect(
        component=place.component,
        technology="kafka",
        at=place.at,
        origin=place.origin,
        version=".".join(map(str, place.version)) if place.version else None,
        settings=loaded.settings,
        consumed=frozenset(loaded.consumed),
        refused=tuple(loaded.problems),
        doubt=loaded.doubt,
        parsed_version=place.version,
        addresses=addresses if isinstance(addresses, Unknown) else tuple(addresses),
        rest_at=loaded.settings["listeners"].at or place.at,
        exposure=widest(reach, place.outside(8083)),
    )


def _rest_addresses(loaded: Loaded) -> list[Address] | Unknown:
    """Return the addresses of the REST interface; `rest.host.name` counts up to 2.x where no listeners are set."""
    value, host = loaded.settings["listeners"], loaded.settings["rest.host.name"]
    if isinstance(value.value, Unknown) or isinstance(host.value, Unknown):
        return value.value if isinstance(value.value, Unknown) else Unknown("rest.host.name is not known")
    if value.origin is Origin.DEFAULT and host.value:
        return [Address("HTTP", str(host.value), 8083)]
    return parse_addresses("" if isinstance(value.value, Secret) else value.value) or []


def _with_jmx(service: KafkaBroker, workload: Workload) -> KafkaBroker:
    """Add remote JMX without a login: Kafka's and the images' scripts switch the login off unless options are given."""
    options = workload.environment.get("KAFKA_JMX_OPTS")
    other = workload.environment.get("KAFKA_OPTS")
    variable = workload.environment.get("KAFKA_JMX_PORT") or workload.environment.get("JMX_PORT")
    texts = [each.value for each in (options, other) if each is not None and isinstance(each.value, str)]
    text = " ".join(texts)
    written = _JMX_PORT.search(text)
    number = variable.value if variable is not None else written[1] if written else None
    if number is None or number == "":
        return service
    place = variable if variable is not None else options or other
    login = _JMX_LOGIN.search(text)
    is_open = login[1] == "false" if login else options is None or options.value == ""
    if options is not None and isinstance(options.value, Unknown):
        return replace(service, jmx=options.value)
    if not is_open or place is None:
        return service
    port = int(number) if isinstance(number, str) and is_whole_number(number) else 0
    return replace(service, jmx=(place.at, workload.exposure(port)))
