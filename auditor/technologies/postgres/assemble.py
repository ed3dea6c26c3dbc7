"""Settings and authentication files of one server, made into its facts."""

from dataclasses import replace

from auditor.model.exposure import Exposure
from auditor.model.fact import Problem, Service
from auditor.model.location import Location
from auditor.model.setting import Settings
from auditor.model.unknown import UndecidedError, Unknown
from auditor.records import dataclass

from .auth_files import AuthFile
from .facts import NO_RECORDS, PgHba, PgIdent, Postgres

TECHNOLOGY = "postgres"


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What is known of a server apart from its authentication files."""

    component: str
    at: Location
    origin: str
    version: str | None
    settings: Settings
    exposure: Exposure
    refused: tuple[Problem, ...]
    consumed: frozenset[str]
    checksums: bool | Unknown
    in_container: bool
    superuser: str


def assemble(parts: Parts, hba: AuthFile | None, ident: AuthFile | None) -> list[Service]:
    """Return `Postgres` and, as far as their files are there, `PgHba` and `PgIdent`; one refusal concerns all."""
    refused = parts.refused + (tuple(hba.problems) if hba is not None else ())
    server = Postgres(
        component=parts.component,
        technology=TECHNOLOGY,
        at=parts.at,
        origin=parts.origin,
        version=parts.version,
        settings=parts.settings,
        exposure=parts.exposure,
        consumed=parts.consumed,
        refused=refused,
        checksums=parts.checksums,
        in_container=parts.in_container,
    )
    found: list[Service] = [server]
    rules: PgHba | None = None
    if hba is not None:
        rules = make_hba(hba, server, parts.superuser)
        found.append(rules)
    if ident is not None:
        found.append(make_ident(ident, rules, replace(server, refused=())))
    return found


def make_hba(file: AuthFile, server: Postgres, superuser: str = "postgres") -> PgHba:
    """Return the fact of a pg_hba.conf that belongs to `server`."""
    return PgHba(
        component=server.component,
        technology=TECHNOLOGY,
        at=server.at,
        origin=server.origin,
        version=server.version,
        exposure=server.exposure,
        consumed=frozenset(file.consumed),
        refused=server.refused,
        rules=tuple(file.rules),
        server=server,
        superuser=superuser,
    )


def make_ident(file: AuthFile, hba: PgHba | None, like: Service) -> PgIdent:
    """Return the fact of a pg_ident.conf; broken lines of it are reported, the server starts nevertheless."""
    return PgIdent(
        component=like.component,
        technology=TECHNOLOGY,
        at=like.at,
        origin=like.origin,
        version=like.version,
        exposure=like.exposure,
        consumed=frozenset(file.consumed),
        refused=tuple(file.problems),
        maps=tuple(file.maps),
        used=used_maps(hba) if hba is not None else NO_RECORDS,
    )


def used_maps(hba: PgHba) -> frozenset[str] | Unknown:
    """Return the names of the maps that reachable records use, Unknown if they are not all known."""
    names: set[str] = set()
    try:
        for rule in hba.reachable():
            value = rule.options.get("map")
            if isinstance(value, Unknown):
                return value
            if value is not None:
                names.add(value)
    except UndecidedError:
        return NO_RECORDS
    return frozenset(names)
