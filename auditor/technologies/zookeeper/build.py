"""Make ZooKeeper services of containers and of files that stand alone."""

import posixpath
from dataclasses import replace

from auditor.model.exposure import Exposure, Reach
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.technologies.document import FileView

from .contradictions import SASL_PROVIDER, contradictions, enforced_schemes
from .environment import Environment
from .image_settings import apply_image, apply_java_flags
from .images import Family, Image, image_of
from .loader import Loaded
from .service import ZooKeeper, is_loopback

_STARTERS = ("zkserver.sh", "zkserver", "zookeeper-server-start.sh", "zookeeper-server-start", "zkserver-foreground")
_HARMLESS = frozenset({"start-foreground", "start", "exec", "docker-entrypoint.sh", "tini", "--", "gosu", "zookeeper"})


def service_of_file(source: Source, view: FileView) -> ZooKeeper:
    """Return the server that somebody starts with just this file."""
    loaded = Loaded()
    loaded.file(source, view)
    outside = Exposure(reach=Reach.HOST_NETWORK, reason="it listens on addresses of its host")
    return _service(loaded, component=source.path, at=source.at(), origin="file", outside=(outside, outside))


def service_of_workload(workload: Workload, view: FileView) -> ZooKeeper | None:
    """Return the server that a container runs, None if it runs another program."""
    image = image_of(workload)
    path = _configuration(workload, image)
    if path is None:
        return None
    at = workload.image.at if workload.image else workload.at
    loaded = Loaded(image.version if image else None)
    environment = Environment(workload)
    apply_java_flags(loaded, environment)
    found = _open(path, image, view)
    if isinstance(found, Source):
        loaded.file(found, view)
    elif isinstance(found, Unknown):
        loaded.cloud(found, at, Origin.FILE)
    elif image is None:
        loaded.cloud(Unknown(f"{path} is not in the scanned files"), at, Origin.FILE)
    else:
        apply_image(loaded, image.family, environment)
    if workload.templated:
        loaded.doubt_absent(Unknown("template expressions may set it"), at)
    ports = [_port(loaded, name) for name in ("clientPort", "secureClientPort")]
    ports += [member.client_port or 0 for member in loaded.members.values()]
    admin = _port(loaded, "admin.serverPort")
    return _service(
        loaded,
        component=workload.component,
        at=at,
        origin=workload.origin,
        outside=(workload.exposure(*[port for port in ports if port]), workload.exposure(admin)),
        version=workload.image_version if image and image.family is not Family.CONFLUENT else None,
    )


def _configuration(workload: Workload, image: Image | None) -> str | None:
    """Return the file that the container's server is started with, None if it starts no ZooKeeper."""
    words = [part for word in workload.arguments for part in _parts(word.value)]
    if not words or (image is not None and workload.entrypoint is None and _are_harmless(words)):
        return image.configuration if image is not None else None
    for place, word in enumerate(words):
        name = posixpath.basename(word).lower() if isinstance(word, str) else ""
        if name in _STARTERS or name.endswith("quorumpeermain"):
            following = [after for after in words[place + 1 :] if isinstance(after, str) and not after.startswith("-")]
            files = [after for after in following if after not in _HARMLESS]
            if files:
                return files[0]
            return image.configuration if image is not None else "/conf/zoo.cfg"
    return None


def _parts(word: str | Unknown) -> list[str | Unknown]:
    """Return the words of an argument, which may be a script (`sh -c "zkServer.sh start-foreground"`)."""
    return [*word.split()] if isinstance(word, str) else [word]


def _are_harmless(words: list[str | Unknown]) -> bool:
    """Tell whether a command changes nothing about how the image starts the server."""
    names = [posixpath.basename(word).lower() if isinstance(word, str) else "?" for word in words]
    return all(name in _HARMLESS or name in _STARTERS for name in names)


def _open(path: str, image: Image | None, view: FileView) -> Source | Unknown | None:
    found = view.open(path)
    if found is None and image is not None and image.family is Family.BITNAMI:
        found = view.open("/bitnami/zookeeper/conf/zoo.cfg")
        return None if isinstance(found, Unknown) else found  # the volume for data is mounted above it
    return found


def _port(loaded: Loaded, name: str) -> int:
    value = loaded.settings[name].value
    return int(value) if isinstance(value, str) and is_whole_number(value) else 0


def _service(
    loaded: Loaded,
    *,
    component: str,
    at: Location,
    origin: str,
    outside: tuple[Exposure, Exposure],
    version: str | None = None,
) -> ZooKeeper:
    loaded.problems.extend(contradictions(loaded, at))
    members = tuple(loaded.members[number] for number in sorted(loaded.members))
    service = ZooKeeper(
        component=component,
        technology="zookeeper",
        at=at,
        origin=origin,
        version=version if loaded.version else None,
        settings=loaded.settings,
        consumed=frozenset(loaded.consumed),
        refused=tuple(loaded.problems),
        members=members if loaded.members_unknown is None else loaded.members_unknown,
        admin_exposure=outside[1],
        schemes=enforced_schemes(loaded),
        offers_login=_offers_login(loaded),
        parsed_version=loaded.version,
        exposure=outside[0],
    )
    return _narrowed(service)


def _offers_login(loaded: Loaded) -> bool | Unknown:
    doubt = next((value for value in loaded.providers.values() if isinstance(value, Unknown)), None)
    if SASL_PROVIDER in loaded.providers.values() or loaded.settings["secureClientPort"].value not in {"", "0"}:
        return True
    return doubt if doubt is not None else False


def _narrowed(service: ZooKeeper) -> ZooKeeper:
    """Narrow what is reachable from outside by the addresses that the server listens on."""
    addresses = [service.plain_address, service.secure_address]
    if any(isinstance(address, Unknown) for address in addresses):
        return service
    listening = [str(address) for address in addresses if address is not None]
    if not listening or all(is_loopback(address) for address in listening):
        reason = "it listens on loopback addresses only" if listening else "it listens on no client port"
        at = service.where("clientPortAddress")
        return replace(service, exposure=Exposure(reach=Reach.LOOPBACK, reason=reason, at=at))
    return service
