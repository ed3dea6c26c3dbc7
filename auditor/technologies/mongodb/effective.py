"""The configuration in force of a server: defaults, image, file, environment, command line, in that order."""

from collections.abc import Iterable
from dataclasses import field, replace
from typing import Final

from auditor.formats.errors import FormatError
from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.sectioned import Gap
from auditor.technologies.document import FileView

from .document import MongodConf, Option
from .flags import read_flags
from .images import Image, bitnami, image_of, root_user
from .invocation import invocation_of
from .reader import read
from .rules import refused_by_router, refused_by_version, refused_values, version_of
from .service import Mongod

_BITNAMI_FILES: Final = ("/bitnami/mongodb/conf/mongodb.conf", "/opt/bitnami/mongodb/conf/mongodb.conf")
_ADDED_BY_ENTRYPOINTS: Final = ("security.authorization", "net.bindIp", "net.bindIpAll")
_MANUAL: Final = "MongoDB manual 8.0, configuration file options"
_DEFAULTS: Final = {
    "net.port": "27017",
    "net.tls.mode": "disabled",
    "security.authorization": "disabled",
    "security.javascriptEnabled": "true",
    "security.transitionToAuth": "false",
    "setParameter.enableLocalhostAuthBypass": "true",
    "storage.journal.enabled": "true",
    "systemLog.quiet": "false",
}


@dataclass
class _Build:
    """What has been collected of a server so far."""

    settings: Settings
    options: list[Option] = field(default_factory=list[Option])
    gaps: list[Gap] = field(default_factory=list[Gap])
    refused: list[Problem] = field(default_factory=list[Problem])
    conf: MongodConf | None = None
    flags: tuple[Option, ...] = ()
    config: Option | None = None

    def add(self, options: Iterable[Option], origin: Origin) -> None:
        for option in options:
            self.options.append(option)
            self.settings.set(option.setting(origin))

    def load(self, conf: MongodConf) -> None:
        self.conf = conf
        self.add(conf.options, Origin.FILE)
        self.gaps.extend(conf.gaps)
        self.refused.extend(conf.refused)
        self.refused.extend(refused_values(conf.options))

    def settle_port(self) -> None:
        """Put in force the default port of a shard or a configuration server (manual 8.0, sharding.clusterRole)."""
        role = self.settings.get("sharding.clusterRole")
        port = {"shardsvr": "27018", "configsvr": "27019"}.get(str(role.value)) if role is not None else None
        if port is not None and not self.settings.is_explicit("net.port"):
            self.settings.set(Setting("net.port", port, Origin.DEFAULT, source=_MANUAL))

    def refuse_incomplete(self) -> None:
        """Note a TLS mode without a certificate, which mongod refuses (manual 8.0, net.tls.mode)."""
        mode = self.settings["net.tls.mode"]
        names = ("net.tls.certificateKeyFile", "net.tls.certificateSelector")
        undecided = any(gap.covers(name) for gap in self.gaps for name in names)
        has_certificate = undecided or any(name in self.settings for name in names)
        if isinstance(mode.value, str) and mode.value != "disabled" and mode.at is not None and not has_certificate:
            message = "expected net.tls.certificateKeyFile beside this TLS mode"
            self.refused.append(Problem(at=mode.at, message=message))

    def check_router(self, at: Location) -> None:
        """Note what mongos refuses: options of mongod, and no configuration servers ("no args for --configdb")."""
        self.refused.extend(refused_by_router(self.options))
        known_whole = not any(gap.covers("sharding.configDB") for gap in self.gaps)
        if known_whole and "sharding.configDB" not in self.settings:
            self.refused.append(Problem(at=at, message="mongos needs sharding.configDB"))


def _defaults(version: str | None) -> Settings:
    settings = Settings(Setting(name, value, Origin.DEFAULT, source=_MANUAL) for name, value in _DEFAULTS.items())
    known = version_of(version)
    if known is not None and known < (3, 6):
        settings.set(Setting("net.bindIpAll", "true", Origin.DEFAULT, source="MongoDB 3.6 release notes"))
    else:
        settings.set(Setting("net.bindIp", "localhost", Origin.DEFAULT, source=_MANUAL))
    return settings


def file_server(conf: MongodConf) -> Mongod:
    """Return the server started with just this file, on a host."""
    build = _Build(_defaults(None))
    build.load(conf)
    build.settle_port()
    build.refuse_incomplete()
    if conf.is_mongos:
        build.check_router(conf.source.at())
    server = Mongod(
        component=conf.source.path,
        technology="mongodb",
        at=conf.source.at(),
        program="mongos" if conf.is_mongos else "mongod",
        settings=build.settings,
        consumed=frozenset([conf.source.key]),
        refused=tuple(build.refused),
        gaps=tuple(build.gaps),
        headers=conf.headers,
    )
    return replace(server, exposure=_exposure_on_host(server))


def _exposure_on_host(server: Mongod) -> Exposure:
    outside = server.outside_addresses
    if isinstance(outside, Unknown):
        return Exposure(reach=Reach.UNKNOWN, reason=outside.reason)
    at = server.where("net.bindIpAll" if server.settings.is_explicit("net.bindIpAll") else "net.bindIp")
    if outside:
        return Exposure(reach=Reach.HOST_NETWORK, reason=f"it listens on {', '.join(outside)}", at=at)
    return Exposure(reach=Reach.LOOPBACK, reason="it listens on loopback addresses only", at=at)


def container_server(workload: Workload, view: FileView) -> Mongod | None:
    """Return the server that a container runs, None if it runs another program."""
    image = image_of(workload)
    invocation = invocation_of(workload, image)
    if invocation is None:
        return None
    version = workload.image_version if image is not None else None
    build = _Build(_defaults(version))
    flags, gaps = read_flags(invocation.words)
    build.config = next((option for option in reversed(flags) if option.name == "config"), None)
    build.flags = tuple(option for option in flags if option.name != "config")
    build.gaps.extend(gaps)
    if build.config is not None:
        _load_file(build, build.config.value, view)
    elif image is not None and image.is_bitnami and invocation.by_image:
        _load_bitnami_file(build, workload, view)
    if invocation.by_image and image is not None and invocation.program == "mongod":
        _apply_image(build, workload, image)
    if image is None and (invocation.by_image or workload.entrypoint is None):
        reason = "what the entrypoint of this image adds is not known"
        build.gaps.extend(Gap(prefix=name, reason=reason) for name in _ADDED_BY_ENTRYPOINTS)
    build.add(build.flags, Origin.FLAG)
    build.settle_port()
    build.refused.extend(refused_values(build.flags))
    edition = image.edition if image is not None else None
    build.refused.extend(refused_by_version(build.options, version, edition))
    if invocation.program == "mongos":
        build.check_router(workload.at)
    if edition != "percona":  # its entrypoint adds a certificate that it finds in the container
        build.refuse_incomplete()
    server = Mongod(
        component=workload.component,
        technology="mongodb",
        at=workload.at,
        origin=workload.origin,
        version=version,
        program=invocation.program,
        edition=edition,
        settings=build.settings,
        consumed=frozenset([build.conf.source.key]) if build.conf else frozenset(),
        refused=tuple(build.refused),
        gaps=tuple(build.gaps),
        headers=build.conf.headers if build.conf else {},
        in_container=not workload.on_host,
    )
    on_host = workload.on_host and workload.confined is None
    return replace(server, exposure=_exposure_on_host(server) if on_host else _exposure_in_container(server, workload))


def _load_file(build: _Build, path: str | Unknown, view: FileView) -> None:
    found = view.open(path) if isinstance(path, str) else path
    if isinstance(found, Source):
        try:
            build.load(read(found))
        except FormatError as error:
            build.gaps.append(Gap(prefix="", reason=f"the configuration file cannot be read ({error.at})"))
    elif isinstance(found, Unknown):
        build.gaps.append(Gap(prefix="", reason=found.reason))
    else:
        build.gaps.append(Gap(prefix="", reason=f"{path} is in the image, not in the scanned files"))


def _load_bitnami_file(build: _Build, workload: Workload, view: FileView) -> None:
    """Load a file mounted into one of Bitnami's configuration folders (a data volume above them holds none)."""
    for path in _BITNAMI_FILES:
        folder = path.rpartition("/")[0]
        if (
            any(mount.target.rstrip("/").startswith(folder) for mount in workload.mounts)
            and view.open(path) is not None
        ):
            _load_file(build, path, view)
            return


def _apply_image(build: _Build, workload: Workload, image: Image) -> None:
    if image.is_bitnami:
        if build.conf is None and not any(not gap.prefix for gap in build.gaps):
            environment = bitnami(workload)
            build.add(environment.options, Origin.ENVIRONMENT)
            build.gaps.extend(environment.gaps)
        return
    environment = root_user(workload, image)
    build.add(environment.options, Origin.ENVIRONMENT)
    build.gaps.extend(environment.gaps)
    if environment.refusal:
        build.refused.append(Problem(at=environment.at or workload.at, message=environment.refusal))
    # The entrypoint looks for the words --bind_ip and --bind_ip_all, and into a file given by --config; it does not
    # understand -f, so that a file given that way loses its bindIp.
    by_flag = any(option.name in {"net.bindIp", "net.bindIpAll"} for option in build.flags)
    seen = build.config is not None and build.config.written == "config"
    conf_binds = any(
        option.written == "net.bindIp" or (option.written == "net.bindIpAll" and option.value != "false")
        for option in (build.conf.options if build.conf else ())
    )
    undecided = seen and build.conf is None
    if not by_flag and not undecided and not (seen and conf_binds):
        build.settings.set(Setting("net.bindIpAll", "true", Origin.IMAGE, workload.at, source="the image's entrypoint"))


def _exposure_in_container(server: Mongod, workload: Workload) -> Exposure:
    if server.outside_addresses == ():
        where = server.where("net.bindIp")
        return Exposure(reach=Reach.LOOPBACK, reason="it listens on loopback addresses of the container", at=where)
    port = server.text("net.port")
    number = int(port) if isinstance(port, str) and is_whole_number(port) else 27017
    return workload.exposure(number)
