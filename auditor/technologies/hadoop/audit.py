"""Where the NameNode writes who did what.

The scripts of Hadoop 2 and 3 start the NameNode with `-Dhdfs.audit.logger=${HDFS_AUDIT_LOGGER:-INFO,NullAppender}`
(hadoop-env.sh of 2.x; `hdfs`, hdfs-config.sh of 3.x), and log4j takes a system property before the line
`hdfs.audit.logger=` of its file: that line alone switches nothing on.
"""

import re

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.patterns import lazy

from .document import EnvironmentFile, LogFile
from .scope import Scope
from .service import AuditLog

_LOGGER = "org.apache.hadoop.hdfs.server.namenode.FSNamesystem.audit"
_VARIABLE = "${hdfs.audit.logger}"
_OFF = "INFO,NullAppender"
_OPTION = lazy(r"-Dhdfs\.audit\.logger=(\S+)")
_REFERENCE = lazy(r"\$\{(?P<name>[A-Z0-9_]+)(?::?-(?P<default>[^${}]*))?\}")
_OPTIONS = ("HDFS_NAMENODE_OPTS", "HADOOP_NAMENODE_OPTS")
_NAME = "HDFS_AUDIT_LOGGER"
Found = tuple[str | Unknown, Location]


def audit_log(
    hdfs: Scope,
    log: LogFile | None,
    script: EnvironmentFile | None,
    workload: Workload | None,
    *,
    known_image: bool,
) -> AuditLog:
    """Return where the audit log goes; `known_image` tells that files which are not there are as Hadoop ships them."""
    loggers = hdfs.words("dfs.namenode.audit.loggers")
    if isinstance(loggers, Unknown) or (loggers and "default" not in loggers):
        reason = loggers if isinstance(loggers, Unknown) else Unknown("a class of its own writes the audit log")
        return AuditLog(reason, hdfs.where("dfs.namenode.audit.loggers"))
    target: Found = (_VARIABLE, hdfs.at)
    if log is not None:
        found = log.last(f"log4j.logger.{_LOGGER}") or log.last(f"log4j.category.{_LOGGER}")
        if found is None:
            return AuditLog("INFO,root", log.source.at())
        target = found
    elif not known_image:
        return AuditLog(Unknown("no log4j.properties is in the scanned files"), hdfs.at)
    if target[0] != _VARIABLE:
        return AuditLog(*target)
    given = _given(script, workload)
    if given is not None:
        return AuditLog(*given)
    if script is None and not known_image:
        return AuditLog(Unknown("hadoop-env.sh, which decides it, is not in the scanned files"), target[1])
    if workload is not None and workload.environment_open is not None:
        return AuditLog(Unknown(f"{workload.environment_open} may set {_NAME}"), target[1])
    return AuditLog(_OFF, target[1])


def _given(script: EnvironmentFile | None, workload: Workload | None) -> Found | None:
    """Return what the environment of the start scripts gives, options of the NameNode before the variable."""
    given: dict[str, Found] = {}
    for name in (_NAME, *_OPTIONS):
        variable = workload.environment.get(name) if workload is not None else None
        if variable is not None:
            given[name] = (variable.value, variable.at)
    for line in script.variables if script is not None else ():
        value = _expanded(line.value, given) if isinstance(line.value, str) else line.value
        if value is not None and line.name in {_NAME, *_OPTIONS}:
            given[line.name] = (value, line.at)
    for name in _OPTIONS:
        value, at = given.get(name, ("", None))
        if isinstance(value, Unknown) and at is not None:
            return value, at
        found = _OPTION.findall(str(value))
        if found and at is not None:
            return _settled(found[-1].strip("\"'"), at)
    if _NAME not in given:
        return None
    value, at = given[_NAME]
    return (value, at) if isinstance(value, Unknown) else _settled(value, at)


def _settled(text: str, at: Location) -> Found:
    return (Unknown("a shell variable supplies it") if "$" in text else text), at


def _expanded(text: str, given: dict[str, Found]) -> str:
    """Put in the variables that are known, and the defaults of `${NAME:-default}`; others stay as they are."""

    def replaced(match: re.Match[str]) -> str:
        known = given.get(match["name"])
        if known is not None and isinstance(known[0], str):
            return known[0]
        return match["default"] if match["default"] is not None else match[0]

    return _REFERENCE.sub(replaced, text)
