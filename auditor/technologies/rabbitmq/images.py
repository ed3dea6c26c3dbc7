"""Images that run RabbitMQ, and the servers that containers and files make.

Source: docker-library/rabbitmq, Dockerfile templates and `10-defaults.conf` of 3.9 to 4.1: every node of the image lets
guest in from anywhere, logs to the console and runs rabbitmq_prometheus; tags with `management` add that plugin.
"""

from dataclasses import replace
from typing import Final

from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import MountKind, Workload
from auditor.technologies.common.configured import exposure_of
from auditor.technologies.common.program import Program, start_of
from auditor.technologies.document import FileView

from .definitions import RabbitDefinitions, definitions_of
from .effective import Build
from .other_files import DefinitionsFile, read_env
from .service import MANAGEMENT, PROMETHEUS, RabbitMq

_OFFICIAL: Final = Program()
_FOLDER: Final = "/etc/rabbitmq"
_BITNAMI: Final = frozenset({"bitnami/rabbitmq", "bitnamilegacy/rabbitmq", "bitnamisecure/rabbitmq"})
_MOUNTED: Final = "/bitnami/rabbitmq/conf"
"""Where Bitnami's script takes a configuration from, over its own (`rabbitmq_initialize` in librabbitmq.sh, 4.1)."""
_IMAGE: Final = "the image's 10-defaults.conf"


def container_services(workload: Workload, view: FileView) -> tuple[RabbitMq | RabbitDefinitions, ...]:
    """Return the broker that a container runs and the definitions it imports."""
    name = workload.image_name or ""
    is_official = workload.image_repository == "rabbitmq" or (workload.image_repository or "").endswith(
        "/library/rabbitmq"
    )
    is_bitnami = "/".join((workload.image_repository or "").split("/")[-2:]) in _BITNAMI
    has_own = is_bitnami and view.open(f"{_MOUNTED}/rabbitmq.conf") is not None
    image = _OFFICIAL if name == "rabbitmq" else None
    start = start_of(workload, {"rabbitmq-server"}, image)
    if start is None:
        return ()
    build = Build(view)
    build.defaults()
    if not is_official and not has_own:
        build.incomplete = f"what the image {workload.image_repository or 'of this container'} sets is not known"
    elif workload.templated:
        build.incomplete = "template expressions may set it"
    elif workload.environment_open:
        build.incomplete = f"its environment is also read from {workload.environment_open}"
    folder = _MOUNTED if has_own else _FOLDER
    _files(build, workload, view, folder, is_official=is_official)
    build.environment(workload.environment.values())
    plugins = frozenset([PROMETHEUS, MANAGEMENT] if "management" in (workload.image_tag or "") else [PROMETHEUS])
    otherwise = plugins if is_official else Unknown("which plugins the image switches on is not known")
    build.enabled_plugins(view.open(f"{folder}/enabled_plugins"), otherwise)
    build.load_definitions()
    at = workload.image.at if workload.image else workload.at
    base = RabbitMq(
        component=workload.component,
        technology="rabbitmq",
        at=at,
        origin=workload.origin,
        version=workload.image_version if is_official or is_bitnami else None,
        in_container=not workload.on_host,
        workload=workload,
        has_environment=not workload.environment_open,
    )
    return finished(base, build, workload)


def _files(build: Build, workload: Workload, view: FileView, folder: str, *, is_official: bool) -> None:
    """Apply the files in the order in which the broker reads them."""
    named = workload.environment.get("RABBITMQ_CONFIG_FILE")
    path = named.value if named is not None else f"{folder}/rabbitmq"
    if isinstance(path, Unknown):
        build.conf(path)
    else:
        stem = path.removesuffix(".conf").removesuffix(".config")
        found = view.open(f"{stem}.conf")
        if found is not None:
            build.conf(found)
        else:
            build.terms(view.open(f"{stem}.config"))
    paths = view.glob(f"{folder}/conf.d/*.conf")
    own = f"{folder}/conf.d/10-defaults.conf"
    hidden = any(
        mount.target.rstrip("/") in {folder, f"{folder}/conf.d"} and mount.kind is not MountKind.COPY
        for mount in workload.mounts
    )
    files = dict.fromkeys([] if isinstance(paths, Unknown) else paths)
    if isinstance(paths, Unknown):
        build.incomplete = build.incomplete or paths.reason
    if is_official and not hidden and not isinstance(paths, Unknown):
        files.setdefault(own)
    for each in sorted(files):
        content = view.open(each)
        if content is not None:
            build.conf(content, Origin.INCLUDE)
        elif each == own:
            build.put(
                "loopback_users.guest",
                "false",
                Origin.IMAGE,
                workload.image.at if workload.image else workload.at,
                _IMAGE,
            )
            build.put("log.console", "true", Origin.IMAGE, workload.image.at if workload.image else workload.at, _IMAGE)
    build.terms(view.open(f"{folder}/advanced.config"))
    environment = view.open(f"{folder}/rabbitmq-env.conf")
    if isinstance(environment, Source):
        build.consumed.add(environment.key)
        build.environment(read_env(environment).variables)


def finished(
    base: RabbitMq, build: Build, workload: Workload | None = None
) -> tuple[RabbitMq | RabbitDefinitions, ...]:
    """Put a build into the broker's fact, with the definitions as a second one."""
    build.settle()
    definitions: RabbitDefinitions | Unknown | None = None
    if isinstance(build.definitions, DefinitionsFile):
        definitions = definitions_of(build.definitions, base.component, base.origin)
    elif build.definitions is not None:
        definitions = build.definitions
    broker = replace(
        base,
        settings=build.settings,
        consumed=frozenset(build.consumed),
        refused=tuple(build.refused),
        unrecognised=tuple(build.unrecognised),
        incomplete=build.incomplete,
        plugins=build.plugins,
        definitions=definitions,
    )
    found = [broker.listeners(kind) for kind in ("tcp", "ssl")]
    unknown = next((each for each in found if isinstance(each, Unknown)), None)
    listeners = [each for group in found if not isinstance(group, Unknown) for each in group]
    at = listeners[0].at if listeners and not base.in_container else None
    hosts = unknown if unknown is not None else [each.host for each in listeners]
    ports = {each.port for each in listeners} or {5672}
    broker = replace(broker, exposure=exposure_of(hosts, ports, workload, at))
    return (broker, definitions) if isinstance(definitions, RabbitDefinitions) else (broker,)
