"""Find the places where secrets are written, and the workload variables that receive one."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from auditor.credentials.decoding import decoded_forms
from auditor.credentials.keys import mechanism, names_secret
from auditor.credentials.strength import KEY_BYTES
from auditor.credentials.urls import UrlSecret, passwords_in
from auditor.credentials.values import Circumstances, judge
from auditor.model.credential import Credential, FileRole, Login, SecretForm
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.secret import seal
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.environments import environment_of, is_template_file
from auditor.technologies.document import Assignment, Document

from .candidates import is_candidate
from .holders import (
    Holders,
    blocks_of,
    holder_of,
    holders_of,
    login_in_url,
    product_of,
    received_login,
    symbol_of,
    variable_in,
    written_login,
)

_ENV_LIKE = frozenset(
    {
        "configmap", "compose", "credential-file", "env-file", "image", "kubernetes", "kubernetes-secret",
        "server-config", "settings", "terraform-state",
    }
)  # fmt: skip
"""Kinds of places that hold a value itself, never the name of a secret."""
_TEST_PATH = lazy(r"(?i:(^|/)(tests?|testdata|fixtures|spec|e2e|mocks?)(/|$))|[a-z.]Tests?(/|\.(cs|java|kt|scala|vb)$)")
"""Folders of tests, such as `tests/` and `Clinic.Api.UnitTests/`, and classes of tests (`TokenTests.cs`)."""


def find_credentials(documents: Mapping[str, Sequence[Document]], facts: Sequence[Fact]) -> Iterator[Credential]:
    """Yield every credential of the documents in document order, then those that reach workloads by reference."""
    seen: set[Location] = set()
    workloads = [fact for fact in facts if isinstance(fact, Workload)]
    holders = holders_of(workloads)
    for technology in sorted(documents):
        for document in documents[technology]:
            for credential in _of_document(technology, document, holders):
                # An anchored value is assigned to several keys and written once.
                if credential.at not in seen:
                    seen.add(credential.at)
                    yield credential
    for workload in workloads:
        yield from _received(workload)


def _of_document(technology: str, document: Document, holders: Holders) -> Iterator[Credential]:
    assignments = list(document.assignments())
    blocks = blocks_of(assignments)
    algorithms = {path: _algorithm(block) for path, block in blocks.items()}
    for assignment in assignments:
        if isinstance(assignment.value, Unknown):
            continue
        if is_candidate(assignment, assignment.value):
            holder = holder_of(assignment, holders)
            block = blocks[assignment.path]
            login = written_login(assignment, block, holder)
            written = _Written(assignment, assignment.value, assignment.at, login, holder, algorithms[assignment.path])
            credential = _credential(technology, written)
            if credential.form is not SecretForm.REFERENCE or holder is None:
                yield credential  # of what a container receives, its variable knows the value
            continue
        for found in passwords_in(assignment.value):
            login = login_in_url(found)
            at = _part(assignment.at, assignment.value, found)
            yield _credential(technology, _Written(assignment, found.password, at, login, is_in_url=True))


def _part(at: Location, value: str, found: UrlSecret) -> Location:
    """Return the place of a part of a value, or of the whole value where it is not written as it is."""
    if at.end_line not in {0, at.line} or at.end_column - at.column + 1 != len(value):
        return at
    return Location(at.path, at.line, at.column + found.start, at.line, at.column + found.end - 1)


_MECHANISMS = {
    **dict.fromkeys(
        ("postgres", "mysql", "mongodb", "mssql", "oracle", "cassandra", "influxdb", "elasticsearch"), "db"
    ),
    "redis": "cache",
    "rabbitmq": "broker",
    "smtp": "smtp",
    "ldap": "ldap",
}
"""What a password inside an address is for, by the server it opens."""


@dataclass(frozen=True)
class _Written:
    """A value with what surrounds it; lives only until it is sealed."""

    assignment: Assignment
    value: str = field(repr=False)
    at: Location
    login: Login | None
    holder: Workload | None = None
    algorithm: str = "HS256"
    is_in_url: bool = False


def _algorithm(block: Mapping[str, str]) -> str:
    """Return what tokens are signed with, if a value beside the key says it."""
    return next((value for name, value in block.items() if "ALG" in name and value in KEY_BYTES), "HS256")


def _credential(technology: str, written: _Written) -> Credential:
    assignment, value, at, login = written.assignment, written.value, written.at, written.login
    role = role_of(at.path)
    key = assignment.key
    purpose = _MECHANISMS.get(login.engine) if written.is_in_url and login is not None else None
    around = [login.engine, login.server] if login is not None else []
    if written.holder is not None:
        around += [written.holder.name, product_of(written.holder)]
    where = Circumstances(
        role=role,
        env_like=assignment.container in _ENV_LIKE or written.is_in_url,
        path=assignment.path,
        principal=login.name if login is not None else None,
        surroundings=tuple(around),
        purpose=purpose or mechanism(key, assignment.path),
        algorithm=written.algorithm,
    )
    judgement = judge("password" if written.is_in_url else key, value, where)
    is_written = judgement.form in {SecretForm.LITERAL, SecretForm.DEFAULT, SecretForm.PLACEHOLDER}
    return Credential(
        component=at.path,
        technology=technology,
        at=at,
        key=key,
        form=judgement.form,
        secret=seal(value.strip()),
        mechanism=where.purpose,
        login=login,
        container=assignment.container,
        unit=posixpath.dirname(at.path),
        environment=environment_of(at.path),
        role=role,
        symbol=symbol_of(assignment),
        taken_from=variable_in(value) if judgement.form is SecretForm.REFERENCE else "",
        reason=judgement.reason,
        weakness=judgement.weakness,
        is_guessable=judgement.is_guessable,
        is_part=written.is_in_url,
        decoded=tuple(seal(form.strip()) for form in decoded_forms(value.strip())) if is_written else (),
    )


@lru_cache(4096)
def role_of(path: str) -> FileRole:
    """Return what the file is for, as its name and folders tell."""
    if is_template_file(path):
        return FileRole.TEMPLATE
    return FileRole.TEST if _TEST_PATH.search(path) else FileRole.LIVE


def _received(workload: Workload) -> Iterator[Credential]:
    """Yield the variables that receive a value written elsewhere: they give it a purpose, and hold no plain text."""
    for variable in workload.environment.values():
        if variable.reference is None or not names_secret(variable.name):
            continue
        value = variable.value if isinstance(variable.value, str) else ""
        if isinstance(variable.value, str) and not value.strip():
            continue
        yield Credential(
            component=workload.component,
            technology=workload.technology,
            at=variable.at,
            key=variable.name,
            form=SecretForm.REFERENCE,
            secret=seal(value.strip()),
            mechanism=mechanism(variable.name),
            login=received_login(variable, workload),
            container=workload.origin,
            unit=posixpath.dirname(variable.at.path),
            environment=environment_of(variable.at.path),
            role=role_of(variable.at.path),
            taken_from=variable.reference.removesuffix(" (optional)"),
            is_resolved=bool(value),
            reason=f"comes from {variable.reference}",
        )
