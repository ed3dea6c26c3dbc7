"""The configuration a server ends up with: defaults of its version and image, files, environment, command line."""

import posixpath

from auditor.model.location import Location
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.unknown import Unknown, settle
from auditor.model.workload import Workload
from auditor.technologies.document import FileView
from auditor.technologies.recognition.redis_directives import Version

from . import bitnami
from .command import Invocation
from .images import Image, parse_version
from .loader import Loaded
from .options import Argument
from .parameters import PARAMETERS

_SENTINEL_DEFAULTS = {"port": "26379", "protected-mode": "no"}
"""`initSentinelConfig` in `src/sentinel.c`, Redis 7.0."""
_DEPENDS = "the default depends on the server's version, which is not known"


def defaults(image: Image, version: Version | None, *, is_sentinel: bool, has_configuration: bool) -> Settings:
    """Return the settings of a server before any configuration is applied."""
    settings = Settings()
    source = (
        f"src/config.c of {image.product} {version[0]}.{version[1]}" if version else f"src/config.c of {image.product}"
    )
    for parameter in PARAMETERS.values():
        value: str | Unknown = parameter.default
        origin = Origin.DEFAULT
        if is_sentinel and parameter.name in _SENTINEL_DEFAULTS:
            value = _SENTINEL_DEFAULTS[parameter.name]
        elif parameter.name == "protected-mode" and image.protected_mode != "yes":
            value, origin = image.protected_mode, Origin.IMAGE
        elif parameter.name == "protected-mode" and version is not None and version < (3, 2):
            value = "no"
        elif parameter.name == "acl-pubsub-default" and image.product == "redis":
            value = Unknown(_DEPENDS) if version is None else "allchannels" if version < (7, 0) else value
        elif parameter.name == "save" and image.product == "redis" and has_configuration:
            # Up to 6.0, a server started with a file or options begins without snapshots (server.c, main).
            value = Unknown(_DEPENDS) if version is None else "" if version < (6, 2) else value
        settings.set(Setting(name=parameter.name, value=value, origin=origin, source=source))
    return settings


def load_invocation(workload: Workload, invocation: Invocation, view: FileView) -> Loaded:
    """Apply everything that the container's files say about the server it starts."""
    image = invocation.image
    version = parse_version(image.version, image.product)
    has_configuration = bool(invocation.arguments) or image.is_bitnami or image.is_stack
    settings = defaults(image, version, is_sentinel=invocation.is_sentinel, has_configuration=has_configuration)
    loaded = Loaded(settings, view, version, invocation.is_sentinel)
    arguments = list(invocation.arguments)
    if workload.templated and workload.command is None and workload.entrypoint is None:
        loaded.cloud(Unknown("a template may set the command"), invocation.at, Origin.FLAG)
    elif not arguments and not image.is_known and image.is_server:
        reason = (
            image.protected_mode if isinstance(image.protected_mode, Unknown) else Unknown("the image is not known")
        )
        loaded.cloud(reason, invocation.at, Origin.IMAGE)
    if image.is_bitnami and invocation.through_script:
        bitnami.apply(loaded, workload, is_sentinel=invocation.is_sentinel)
        arguments = _environment_words(workload, f"{image.product.upper()}_EXTRA_FLAGS", invocation.at) + arguments
    elif image.is_stack and invocation.through_script:
        found = view.open("/redis-stack.conf")
        if isinstance(found, Unknown):
            loaded.cloud(found, invocation.at, Origin.FILE)
        elif found is not None:
            loaded.file(found)
        arguments += _environment_words(workload, "REDIS_ARGS", invocation.at)
    elif arguments:
        arguments = _config_file(loaded, arguments, view)
    if image.product == "valkey" and image.is_known and not image.is_bitnami:
        arguments += _environment_words(workload, "VALKEY_EXTRA_FLAGS", invocation.at)
    loaded.arguments(arguments)
    loaded.settle_defaults()
    return loaded


def _config_file(loaded: Loaded, arguments: list[Argument], view: FileView) -> list[Argument]:
    """Apply the first argument if it is a configuration file; return the others."""
    path, at = arguments[0]
    if isinstance(path, str):
        path = settle(path, "a part of the configuration's path is not known")
    if isinstance(path, str) and (path.startswith("-") or not path):
        return arguments
    found = path if isinstance(path, Unknown) else view.open(posixpath.join("/data", path))
    if found is None:
        found = Unknown(f"{path} is not in the scanned files")
    if isinstance(found, Unknown):
        loaded.cloud(found, at, Origin.FILE)
    else:
        loaded.file(found)
    return arguments[1:]


def _environment_words(workload: Workload, name: str, at: Location) -> list[Argument]:
    """Return the words of a variable that the image's script puts on the command line without quotes."""
    variable = workload.environment.get(name)
    if variable is None:
        if workload.environment_open is None:
            return []
        return [(Unknown(f"{name} may be set by {workload.environment_open}"), at)]
    if isinstance(variable.value, Unknown):
        return [(variable.value, variable.at)]
    return [(word, variable.at) for word in variable.value.split()]
