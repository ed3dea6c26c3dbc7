"""Find the places where secrets are written, and the workload variables that receive one."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from auditor.credentials.keys import mechanism, names_secret
from auditor.credentials.urls import UrlSecret, passwords_in
from auditor.credentials.values import holds_private_key, is_provider_token, judge
from auditor.model.credential import Credential, FileRole, SecretForm
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.technologies.document import Assignment, Document

from .applications import environment_of, is_template_file

_ENV_LIKE = frozenset({"env-file", "compose", "kubernetes", "kubernetes-secret", "configmap", "image", "server-config"})
_TEST_PATH = re.compile(r"(^|/)(tests?|testdata|fixtures|spec|e2e|mocks?)(/|$)", re.I)
_NOT_SECRET_IN_SECRET = re.compile(
    r"user(s|name|id)?([._-]?in)?$|(^|[._-])(login|email|host|port|database|db|url|uri|endpoint|region|id|crt|pub)$"
    r"|name$|cert(ificate)?s?$|ca\.pem$",
    re.IGNORECASE,
)
"""Entries of a Kubernetes Secret that say who or where, not the secret itself."""


def find_credentials(documents: Mapping[str, Sequence[Document]], facts: Sequence[Fact]) -> Iterator[Credential]:
    """Yield every credential of the documents in document order, then those that reach workloads by reference."""
    seen: set[Location] = set()
    for technology in sorted(documents):
        for document in documents[technology]:
            for credential in _of_document(technology, document):
                # An anchored value is assigned to several keys and written once.
                if credential.at not in seen:
                    seen.add(credential.at)
                    yield credential
    for fact in facts:
        if isinstance(fact, Workload):
            yield from _received(fact)


def _of_document(technology: str, document: Document) -> Iterator[Credential]:
    for assignment in document.assignments():
        if isinstance(assignment.value, Unknown):
            continue
        yield from _of_assignment(technology, assignment, assignment.value)


def _of_assignment(technology: str, assignment: Assignment, value: str) -> Iterator[Credential]:
    if _names_secret(assignment, value):
        yield _credential(technology, assignment, value, assignment.at, assignment.principal)
        return
    for found in passwords_in(value):
        principal = f"{found.scheme}://{found.host}/{found.user}" if found.scheme else None
        at = _part(assignment.at, value, found)
        yield _credential(technology, assignment, found.password, at, principal, scheme=found.scheme)


def _names_secret(assignment: Assignment, value: str) -> bool:
    if holds_private_key(value) or is_provider_token(value.strip()):
        return True
    if assignment.server_secret:
        return not (assignment.container == "kubernetes-secret" and _NOT_SECRET_IN_SECRET.search(assignment.key))
    return names_secret(assignment.key)


def _part(at: Location, value: str, found: UrlSecret) -> Location:
    """Return the place of a part of a value, or of the whole value where it is not written as it is."""
    if at.end_line not in {0, at.line} or at.end_column - at.column + 1 != len(value):
        return at
    return Location(at.path, at.line, at.column + found.start, at.line, at.column + found.end - 1)


_SCHEMES = {
    **dict.fromkeys(("postgres", "postgresql", "mysql", "mariadb", "mongodb", "sqlserver", "mssql"), "db"),
    **dict.fromkeys(("redis", "rediss", "valkey"), "cache"),
    **dict.fromkeys(("amqp", "amqps"), "broker"),
    **dict.fromkeys(("smtp", "smtps"), "smtp"),
    **dict.fromkeys(("ldap", "ldaps"), "ldap"),
}


def _credential(
    technology: str, assignment: Assignment, value: str, at: Location, principal: str | None, *, scheme: str = ""
) -> Credential:
    role = _role(at.path)
    env_like = assignment.container in _ENV_LIKE or bool(scheme)
    key = assignment.key
    judgement = judge(key if not scheme else "password", value, role=role, env_like=env_like, principal=principal)
    return Credential(
        component=at.path,
        technology=technology,
        at=at,
        key=key,
        form=judgement.form,
        secret=seal(value.strip()),
        mechanism=_SCHEMES.get(scheme.lower()) or mechanism(key, assignment.path),
        principal=principal,
        container=assignment.container,
        unit=posixpath.dirname(at.path),
        environment=environment_of(at.path),
        role=role,
        reason=judgement.reason,
    )


def _role(path: str) -> FileRole:
    if is_template_file(path):
        return FileRole.TEMPLATE
    return FileRole.TEST if _TEST_PATH.search(path) else FileRole.LIVE


def _received(workload: Workload) -> Iterator[Credential]:
    """Yield the variables that receive a value written elsewhere: they give it a purpose, and hold no plain text."""
    for variable in workload.environment.values():
        if variable.reference is None or isinstance(variable.value, Unknown) or not names_secret(variable.name):
            continue
        if not variable.value.strip():
            continue
        yield Credential(
            component=workload.component,
            technology=workload.technology,
            at=variable.at,
            key=variable.name,
            form=SecretForm.REFERENCE,
            secret=seal(variable.value.strip()),
            mechanism=mechanism(variable.name),
            principal=None,
            container=workload.origin,
            unit=workload.unit,
            environment=environment_of(variable.at.path),
            role=_role(variable.at.path),
            is_resolved=True,
            reason=f"comes from {variable.reference}",
        )
