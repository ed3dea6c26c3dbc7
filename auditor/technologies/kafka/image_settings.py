"""What the start scripts of the images put in force before and besides the variables (sources: `environment`)."""

from auditor.model.fact import Problem
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.patterns import lazy
from auditor.technologies.document import FileView

from . import environment
from .images import Family, Image
from .loader import Loaded
from .parameters import DEFAULT_MAP

_SAMPLE = {
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
}
"""What `config/server.properties` of Kafka 2.0-4.0 sets for a first try; two of the images start from it."""
_APACHE_DEFAULT = {
    **_SAMPLE,
    "process.roles": "broker,controller",
    "listeners": "PLAINTEXT://:9092,CONTROLLER://:9093",
    "advertised.listeners": "PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093",
    "listener.security.protocol.map": f"CONTROLLER:PLAINTEXT,{DEFAULT_MAP}",
    "controller.listener.names": "CONTROLLER",
    "controller.quorum.voters": "1@localhost:9093",
    "inter.broker.listener.name": "PLAINTEXT",
    "log.dirs": "/tmp/kraft-combined-logs",  # noqa: S108  # as that file has it
}
"""`config/kraft/server.properties` of Kafka 3.9, in force in Apache's image without a file and variables."""
_MOUNTED = {
    Family.APACHE: ("/mnt/shared/config/server.properties",),
    Family.BITNAMI: ("/bitnami/kafka/config/server.properties", "/opt/bitnami/kafka/config/server.properties"),
}
_HOST = lazy(r"://[^:]*:")


def apply_image(loaded: Loaded, image: Image, workload: Workload, view: FileView) -> None:
    """Apply the image's own configuration, what is mounted over it, and the variables."""
    family = image.family
    at = workload.image.at if workload.image else workload.at
    if family is Family.OTHER:
        loaded.cloud(Unknown("what the image sets is not known"), at, Origin.IMAGE)
        return
    doubt = _doubt(workload)
    if image.is_connect:
        if doubt is not None:
            loaded.doubt_absent(doubt)
        loaded.variables(environment.prefixed(workload, "CONNECT_"))
        return
    mounted = _mounted(loaded, family, view)
    if isinstance(mounted, Unknown):
        loaded.cloud(mounted, at, Origin.FILE)
        mounted = False
    if family is Family.BITNAMI and mounted:
        return  # the script then leaves the variables alone
    if family in {Family.BITNAMI, Family.WURSTMEISTER}:
        loaded.image(_SAMPLE, "config/server.properties of the image")
        folder = "/bitnami/kafka/data" if family is Family.BITNAMI else "/kafka"
        loaded.image({"log.dirs": folder}, "start script of the image")
    if family is Family.BITNAMI:
        found = list(environment.bitnami(workload))
        wanted = workload.environment.get("KAFKA_TLS_CLIENT_AUTH")
        loaded.image({"ssl.client.auth": "required"}, "kafka-env.sh")
        loaded.variables([("ssl.client.auth", wanted)] if wanted is not None else [])
    elif family is Family.WURSTMEISTER:
        found = list(environment.wurstmeister(workload))
    else:
        found = list(environment.prefixed(workload, "KAFKA_"))
        if family is Family.APACHE and not found and not mounted and workload.environment_open is None:
            loaded.image(_APACHE_DEFAULT, "config/kraft/server.properties of the image")
        if family is Family.CONFLUENT:
            loaded.image({"log.dirs": "/var/lib/kafka/data"}, "configure")
    if doubt is not None and not (mounted and workload.role is Role.IMAGE):
        loaded.cloud(doubt, at, Origin.ENVIRONMENT)  # variables beat the file
    loaded.variables(found)
    if family in {Family.APACHE, Family.CONFLUENT}:
        _derive_listeners(loaded)
    if family is Family.CONFLUENT:
        _required(loaded, workload)


def _doubt(workload: Workload) -> Unknown | None:
    """Return why variables that are not seen may be set."""
    if workload.role is Role.IMAGE:
        return Unknown("variables are given when the image is run")
    return Unknown(f"{workload.environment_open} may set it") if workload.environment_open is not None else None


def _mounted(loaded: Loaded, family: Family, view: FileView) -> bool | Unknown:
    """Apply a configuration that stands where the script looks for one; tell whether there is one."""
    doubt: Unknown | None = None
    for path in _MOUNTED.get(family, ()):
        found = view.open(path)
        if isinstance(found, Unknown):
            doubt = found if "volume" not in found.reason else doubt  # the volume for data lies above it
        elif found is not None:
            loaded.file(found)
            return True
    return doubt if doubt is not None else False


def _derive_listeners(loaded: Loaded) -> None:
    """Listen on every address at the advertised ports where no listeners are given (`configure` of both images)."""
    own, shown = loaded.settings["listeners"], loaded.settings["advertised.listeners"]
    if (
        own.origin is not Origin.DEFAULT
        or isinstance(own.value, Unknown)
        or shown.at is None
        or shown.origin is not Origin.ENVIRONMENT
    ):
        return
    value = shown.value
    derived = _HOST.sub("://0.0.0.0:", value) if isinstance(value, str) else value
    if isinstance(derived, str | Unknown):
        loaded.set("listeners", derived, shown.at, Origin.ENVIRONMENT)


def _required(loaded: Loaded, workload: Workload) -> None:
    """Note the variables without which Confluent's script stops."""
    if loaded.doubt is not None or workload.templated or workload.image_name == "confluent-local":
        return
    at = workload.image.at if workload.image else workload.at
    roles = loaded.settings["process.roles"].value
    if loaded.settings["advertised.listeners"].value == "" and roles != "controller":
        message = "expected KAFKA_ADVERTISED_LISTENERS; without it the container stops"
        loaded.problems.append(Problem(at=at, message=message))
