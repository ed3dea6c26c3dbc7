"""The pg_hba.conf that an image writes where no file of the repository stands in its place."""

from collections.abc import Iterator
from dataclasses import replace

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Workload
from auditor.technologies.common.hba.address import Address, AddressKind
from auditor.technologies.common.hba.rule import TRANSPORTS, Gap, HbaRule, Name, NameKind

from .hba import RefusedError, parse_rule
from .images import BITNAMI_PASSWORD, ImageKind, demands_password, initdb_of, is_yes, place_of, value_of, version_of
from .tokens import records

_METHOD = "POSTGRES_HOST_AUTH_METHOD"
_PASSWORD = ("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE")
_ALL = (Name(NameKind.ALL, "all"),)
_REPLICATION = (Name(NameKind.REPLICATION, "replication"),)
_LOOPBACKS = (
    Address(AddressKind.MASK, "127.0.0.1/32", 4, 0x7F000001, 2**32 - 1),
    Address(AddressKind.MASK, "::1/128", 6, 1, 2**128 - 1),
)
_EVERYWHERE = (Address(AddressKind.MASK, "0.0.0.0/0", 4), Address(AddressKind.MASK, "::/0", 6))


def image_rules(
    workload: Workload, kind: ImageKind, password_encryption: str | Unknown
) -> tuple[list[HbaRule | Gap], list[Problem]]:
    """Return the records in force on a fresh data directory, and what the server would refuse of them."""
    if kind is ImageKind.BITNAMI:
        return list(_bitnami(workload)), []
    initdb = initdb_of(workload)
    at = initdb.at or place_of(workload)
    why = "initdb writes this line" if initdb.at is None else "POSTGRES_INITDB_ARGS chooses this line"
    rules: list[HbaRule | Gap] = []
    for databases in (_ALL, _REPLICATION):
        rules.append(_rule(databases, None, initdb.local, at, why))
        rules += [_rule(databases, address, initdb.host, at, why) for address in _LOOPBACKS]
    last = _last(workload, password_encryption)
    if isinstance(last, Problem):
        return rules, [last]
    return [*rules, last], []


def _last(workload: Workload, password_encryption: str | Unknown) -> HbaRule | Problem:
    """Return the line `host all all all METHOD`, which the entrypoint appends."""
    value = value_of(workload, _METHOD)
    at = place_of(workload, _METHOD)
    chosen = _METHOD in workload.environment
    text = HOLE if isinstance(value, Unknown) else value
    if text is None and not demands_password(version_of(workload)) and value_of(workload, *_PASSWORD) is None:
        text = "trust"
    if text is None:
        text = HOLE if isinstance(password_encryption, Unknown) else password_encryption
    source = Source(path=at.path, text=f"host all all all {text}", line=at.line, column=at.column, exact=False)
    record = next(records(source, source.text))
    try:
        rule = parse_rule(record, None)
    except RefusedError as error:
        return Problem(at=at, message=error.problem.message)
    why = f"{_METHOD} adds this line" if chosen else "the image adds this line"
    return replace(rule, at=at, from_image=why, from_environment=chosen)


def _rule(
    databases: tuple[Name, ...], address: Address | None, method: str | Unknown, at: Location, why: str
) -> HbaRule:
    kind = "local" if address is None else "host"
    return HbaRule(
        type=kind,
        databases=databases,
        users=_ALL,
        address=address,
        method=method,
        at=at,
        transports=TRANSPORTS[kind],
        from_image=why,
    )


def _bitnami(workload: Workload) -> Iterator[HbaRule | Gap]:
    """Yield Bitnami's lines: `md5` with a password, `trust` without; certificates first if a CA is given."""
    if is_yes(value_of(workload, "POSTGRESQL_ENABLE_LDAP")):
        yield Gap("the image writes LDAP lines from its environment", place_of(workload, "POSTGRESQL_ENABLE_LDAP"))
        return
    if value_of(workload, "POSTGRESQL_PGHBA_REMOVE_FILTERS") is not None:
        yield Gap("the image removes lines by POSTGRESQL_PGHBA_REMOVE_FILTERS", place_of(workload))
        return
    password = value_of(workload, *BITNAMI_PASSWORD)
    method: str | Unknown = "trust" if password is None else "md5"
    if isinstance(password, Unknown) and is_yes(value_of(workload, "ALLOW_EMPTY_PASSWORD")):
        method = password  # an empty one makes it trust
    names = ("ALLOW_EMPTY_PASSWORD",) if method == "trust" else ()
    at = place_of(workload, *names)
    why = "the image writes this line"
    tls = is_yes(value_of(workload, "POSTGRESQL_ENABLE_TLS"))
    if tls and value_of(workload, "POSTGRESQL_TLS_CA_FILE") is not None:
        for address in _EVERYWHERE:
            certificate = _rule(_ALL, address, "cert", at, why)
            yield replace(certificate, type="hostssl", transports=TRANSPORTS["hostssl"])
    for address in _EVERYWHERE:
        yield _rule(_ALL, address, method, at, why)
    yield _rule(_ALL, None, method, at, why)
    for address in _LOOPBACKS:
        yield _rule(_ALL, address, method, at, why)
    if value_of(workload, "POSTGRESQL_REPLICATION_USER") is not None:
        secret = value_of(workload, "POSTGRESQL_REPLICATION_PASSWORD", "POSTGRESQL_REPLICATION_PASSWORD_FILE")
        for address in _EVERYWHERE:
            yield _rule(_REPLICATION, address, "trust" if secret is None else "md5", at, why)
