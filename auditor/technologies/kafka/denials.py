"""Whether the broker's log has the accesses that ACLs refuse.

Sources: `StandardAuthorizerData.logAuditMessage` and `AclAuthorizer.logAuditMessage` of Kafka 3.9 (a refused access is
written at the level INFO by the logger `kafka.authorizer.logger`); `config/log4j.properties` of Kafka 2.0-3.9 (that
logger is at INFO); `log4j.properties.template` and `log4j2.yaml.template` of confluentinc/kafka-images 5.0-8.0 (WARN,
unless `KAFKA_LOG4J_LOGGERS` says otherwise); the manual of log4j 1.2, "Short introduction" (level inheritance).
"""

from typing import Final

from auditor.formats.properties_template import read
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .images import Family, Image

_LOGGER: Final = "kafka.authorizer.logger"
_WRITTEN: Final = frozenset({"ALL", "TRACE", "DEBUG", "INFO"})
_LEFT_OUT: Final = frozenset({"WARN", "ERROR", "FATAL", "OFF"})
_OWN_FOLDERS: Final = ("/etc/confluent/docker", "/etc/kafka", "/opt/kafka/config")
_NAMES: Final = ("log4j.properties", "log4j2.yaml", "log4j.properties.template", "log4j2.yaml.template")


@dataclass(frozen=True)
class DenialLog:
    """The level from which on the logger of refused accesses writes, and the place that decides it."""

    level: str
    at: Location

    @property
    def is_written(self) -> bool | Unknown:
        """Whether refused accesses are written."""
        level = self.level.upper()
        return level in _WRITTEN if level in _WRITTEN | _LEFT_OUT else Unknown("the level of a logger is not known")


def of_file(source: Source) -> DenialLog | Unknown | None:
    """Return what a log4j.properties says, None if it leaves the logger without a level."""
    content = read(source)
    if content.inserts:
        return Unknown("a template puts lines into log4j.properties")
    lines = {each.key: each for each in content.properties}
    parts = _LOGGER.split(".")
    names = [f"log4j.logger.{'.'.join(parts[:count])}" for count in range(len(parts), 0, -1)]
    for name in [*names, "log4j.rootLogger"]:
        line = lines.get(name)
        if line is None:
            continue
        value = content.value(line)
        if isinstance(value, Unknown):
            return value
        level = value.partition(",")[0].strip()
        if level and level.upper() not in {"INHERITED", "NULL"}:
            return DenialLog(level, line.at)
    return None


def of_image(image: Image, workload: Workload, view: FileView, at: Location) -> DenialLog | Unknown | None:
    """Return what the image's template and `KAFKA_LOG4J_LOGGERS` make of it, None if nothing is said."""
    if image.family not in {Family.APACHE, Family.CONFLUENT}:
        return Unknown("what this image logs is not known")
    if "KAFKA_LOG4J_OPTS" in workload.environment:
        return Unknown("KAFKA_LOG4J_OPTS names a file of its own for logging")
    if any(view.open(f"{folder}/{name}") is not None for folder in _OWN_FOLDERS for name in _NAMES):
        return Unknown("a mounted file decides what is logged")
    variable = workload.environment.get("KAFKA_LOG4J_LOGGERS")
    if variable is not None:
        if isinstance(variable.value, Unknown):
            return variable.value
        levels = {name.strip(): level.strip() for name, _, level in _assignments(variable.value)}
        if _LOGGER in levels:
            return DenialLog(levels[_LOGGER], variable.at)
    elif workload.environment_open is not None:
        return Unknown(workload.environment_open)
    return DenialLog("WARN", at) if image.family is Family.CONFLUENT else None


def _assignments(text: str) -> list[tuple[str, str, str]]:
    return [part.rpartition("=") for part in text.split(",")]
