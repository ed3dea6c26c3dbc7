"""Everything that checks of all technologies use.

A check imports this module and, for the facts of a server, the package of its technology
(`from auditor.technologies.redis import Redis`), and nothing else of the program. It is a function of one annotated
parameter. The annotation is its scope: a fact type (`Workload`, `Redis`, `PgHba` …) for one fact at a time, or
`Facts[Credential]` for all of them at once. It yields `fail(...)`, `not_evaluated(reason)`, or nothing: a pass.
"""

from auditor.credentials.keys import CRYPTOGRAPHIC
from auditor.credentials.keys import tokens as key_words
from auditor.model.application import ApplicationSettings, Entry
from auditor.model.application_values import Url, span_seconds, span_words, takes_any_origin, unit_seconds
from auditor.model.check import Check, check
from auditor.model.cloud import CloudBlock, CloudResource, of_type
from auditor.model.code import KeyUse, TokenPayload
from auditor.model.credential import Credential, FileRole, SecretForm
from auditor.model.diagnostic import Diagnostic, Failure, NotEvaluated, Related, each_decided, fail, not_evaluated
from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Fact, Facts, Problem, Service
from auditor.model.image import ImageBuild
from auditor.model.location import Location
from auditor.model.network import http_host, is_everywhere, is_neighbour, services_in
from auditor.model.numbers import is_whole_number, whole_number
from auditor.model.secret import Charset, Secret
from auditor.model.secret_history import SecretHistory
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.severity import Confidence, Control, Severity
from auditor.model.sharing import SecretUses, Sharing
from auditor.model.token import WebToken
from auditor.model.unknown import UndecidedError, Unknown, known
from auditor.model.value import PartlyKnown
from auditor.model.workload import Located, Mount, MountKind, Port, Role, Variable, Workload
from auditor.patterns import lazy

CRITICAL = Severity.CRITICAL
HIGH = Severity.HIGH
MEDIUM = Severity.MEDIUM
LOW = Severity.LOW
INFO = Severity.INFO

__all__ = [
    "CRITICAL",
    "CRYPTOGRAPHIC",
    "HIGH",
    "INFO",
    "LOW",
    "MEDIUM",
    "ApplicationSettings",
    "Charset",
    "Check",
    "CloudBlock",
    "CloudResource",
    "Confidence",
    "Control",
    "Credential",
    "Diagnostic",
    "Entry",
    "Exposure",
    "Fact",
    "Facts",
    "Failure",
    "FileRole",
    "ImageBuild",
    "KeyUse",
    "Located",
    "Location",
    "Mount",
    "MountKind",
    "NotEvaluated",
    "Origin",
    "PartlyKnown",
    "Port",
    "Problem",
    "Reach",
    "Related",
    "Role",
    "Secret",
    "SecretForm",
    "SecretHistory",
    "SecretUses",
    "Service",
    "Setting",
    "Settings",
    "Severity",
    "Sharing",
    "TokenPayload",
    "UndecidedError",
    "Unknown",
    "Url",
    "Variable",
    "WebToken",
    "Workload",
    "check",
    "each_decided",
    "fail",
    "http_host",
    "is_everywhere",
    "is_neighbour",
    "is_whole_number",
    "key_words",
    "known",
    "lazy",
    "not_evaluated",
    "of_type",
    "services_in",
    "span_seconds",
    "span_words",
    "takes_any_origin",
    "unit_seconds",
    "whole_number",
]
