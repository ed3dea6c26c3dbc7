"""Everything a check may use; the only module of the program that a check imports.

A check is a function of one annotated parameter. The annotation is its scope: a fact type (`Workload`, `Redis`,
`PgHba` …) for one fact at a time, or `Facts[Credential]` for all of them at once. It yields `fail(...)`,
`not_evaluated(reason)`, or nothing, which is a pass.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from auditor.credentials.keys import CRYPTOGRAPHIC
from auditor.credentials.keys import tokens as key_words
from auditor.model.application import ApplicationSettings, Entry
from auditor.model.application_values import Url, span_seconds, span_words, unit_seconds
from auditor.model.check import Check, check
from auditor.model.cloud import CloudBlock, CloudResource, of_type
from auditor.model.credential import Credential, FileRole, SecretForm
from auditor.model.diagnostic import Diagnostic, Failure, NotEvaluated, Related, fail, not_evaluated
from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Fact, Facts, Problem, Service
from auditor.model.image import ImageBuild
from auditor.model.location import Location
from auditor.model.network import is_everywhere, services_in
from auditor.model.secret import Charset, Secret
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.severity import Confidence, Control, Severity
from auditor.model.unknown import UndecidedError, Unknown, known
from auditor.model.value import PartlyKnown
from auditor.model.workload import Located, Mount, MountKind, Port, Role, Variable, Workload

if TYPE_CHECKING:
    from auditor.technologies.kubernetes import (
        ApiServer,
        AuditPolicy,
        AuditRule,
        ControllerManager,
        EncryptionConfiguration,
        EncryptionRule,
        Etcd,
        Ingress,
        KubeletConfiguration,
        NamespaceObject,
        NamespaceOverview,
        PodGroup,
        Program,
        RbacBinding,
        RbacRole,
        RbacRule,
        RbacSubject,
        SecretManifest,
        ServiceObject,
        datastore_of,
    )
    from auditor.technologies.mongodb import Mongod
    from auditor.technologies.postgres import HbaRule, PgHba, PgIdent, Postgres, Transport, does_nothing
    from auditor.technologies.redis import AclUser, Monitor, Redis, RedisSentinel, RedisServer

CRITICAL = Severity.CRITICAL
HIGH = Severity.HIGH
MEDIUM = Severity.MEDIUM
LOW = Severity.LOW
INFO = Severity.INFO

_FACTS_OF = {
    **dict.fromkeys(
        (
            "ApiServer AuditPolicy AuditRule ControllerManager EncryptionConfiguration EncryptionRule Etcd "
            "Ingress KubeletConfiguration NamespaceObject NamespaceOverview PodGroup Program RbacBinding RbacRole "
            "RbacRule RbacSubject SecretManifest ServiceObject datastore_of"
        ).split(),
        "kubernetes",
    ),
    "Mongod": "mongodb",
    **dict.fromkeys("HbaRule PgHba PgIdent Postgres Transport does_nothing".split(), "postgres"),
    **dict.fromkeys("AclUser Monitor Redis RedisSentinel RedisServer".split(), "redis"),
}
"""What belongs to a technology, which is loaded when a check that needs it is."""


def __getattr__(name: str) -> object:
    """Import a technology's fact type at its first use (PEP 562)."""
    if name not in _FACTS_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"auditor.technologies.{_FACTS_OF[name]}"), name)


__all__ = [
    "CRITICAL",
    "CRYPTOGRAPHIC",
    "HIGH",
    "INFO",
    "LOW",
    "MEDIUM",
    "AclUser",
    "ApiServer",
    "ApplicationSettings",
    "AuditPolicy",
    "AuditRule",
    "Charset",
    "Check",
    "CloudBlock",
    "CloudResource",
    "Confidence",
    "Control",
    "ControllerManager",
    "Credential",
    "Diagnostic",
    "EncryptionConfiguration",
    "EncryptionRule",
    "Entry",
    "Etcd",
    "Exposure",
    "Fact",
    "Facts",
    "Failure",
    "FileRole",
    "HbaRule",
    "ImageBuild",
    "Ingress",
    "KubeletConfiguration",
    "Located",
    "Location",
    "Mongod",
    "Monitor",
    "Mount",
    "MountKind",
    "NamespaceObject",
    "NamespaceOverview",
    "NotEvaluated",
    "Origin",
    "PartlyKnown",
    "PgHba",
    "PgIdent",
    "PodGroup",
    "Port",
    "Postgres",
    "Problem",
    "Program",
    "RbacBinding",
    "RbacRole",
    "RbacRule",
    "RbacSubject",
    "Reach",
    "Redis",
    "RedisSentinel",
    "RedisServer",
    "Related",
    "Role",
    "Secret",
    "SecretForm",
    "SecretManifest",
    "Service",
    "ServiceObject",
    "Setting",
    "Settings",
    "Severity",
    "Transport",
    "UndecidedError",
    "Unknown",
    "Url",
    "Variable",
    "Workload",
    "check",
    "datastore_of",
    "does_nothing",
    "fail",
    "is_everywhere",
    "key_words",
    "known",
    "not_evaluated",
    "of_type",
    "services_in",
    "span_seconds",
    "span_words",
    "unit_seconds",
]
