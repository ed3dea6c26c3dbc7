"""What images that run PostgreSQL do with their environment before they start the server.

Source: docker-entrypoint.sh and Dockerfile of docker-library/postgres (2020 to 18), libpostgresql.sh of
bitnami/containers (16).
"""

import posixpath
import shlex
from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin, Setting
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Variable, Workload
from auditor.patterns import lazy
from auditor.records import dataclass

_OTHER_VERSION = lazy(r"pg-?(\d{1,2}(?:\.\d+)*)")
_VERSION_OF_OTHER = frozenset({"timescale/timescaledb", "timescale/timescaledb-postgis", "pgvector/pgvector"})
_OFFICIAL = frozenset(
    "library/postgres arm64v8/postgres amd64/postgres arm32v7/postgres postgis/postgis timescale/timescaledb"
    " timescale/timescaledb-postgis pgvector/pgvector ankane/pgvector".split()
)
_BITNAMI = frozenset({"bitnami/postgresql", "bitnamilegacy/postgresql", "bitnamisecure/postgresql"})


class ImageKind(Enum):
    """Families of images by how they configure the server."""

    OFFICIAL = "official"
    BITNAMI = "bitnami"


@dataclass(frozen=True)
class Initdb:
    """How the cluster is created: authentication of the first lines of pg_hba.conf, checksums, initial settings.

    `local` and `host` are methods; `at` is where they are chosen, None for initdb's own default `trust`.
    """

    local: str | Unknown = "trust"
    host: str | Unknown = "trust"
    at: Location | None = None
    checksums: bool | Unknown | None = None
    settings: Mapping[str, str] = field(default_factory=dict[str, str])


def kind_of(workload: Workload) -> ImageKind | None:
    """Return the family of a workload's image; None if it is none of them.

    Mirrors (`mirror.example.org/library/postgres`) and images built FROM postgres that keep its entrypoint count.
    """
    repository = workload.image_repository
    if repository is None:
        return None
    tail = "/".join(repository.split("/")[-2:])
    if tail in _BITNAMI:
        return ImageKind.BITNAMI
    return ImageKind.OFFICIAL if repository == "postgres" or tail in _OFFICIAL else None


def version_of(workload: Workload) -> str | None:
    """Return PostgreSQL's version as the tag tells: `16` of `postgres:16-alpine` and of `pgvector:0.8.0-pg16`."""
    tag = workload.image_tag or ""
    named = _OTHER_VERSION.search(tag)
    if named:
        return named[1]
    tail = "/".join((workload.image_repository or "").split("/")[-2:])
    return None if tail in _VERSION_OF_OTHER else workload.image_version


def follows_releases(workload: Workload) -> bool:
    """Tell whether the tag moves with the newest release (`latest`, `alpine`, none), which is 14 or later."""
    if workload.image is None or isinstance(workload.image.value, Unknown):
        return False
    if workload.image_repository is None or workload.image_digest is not None:
        return False
    return not any(char.isdigit() for char in workload.image_tag or "")


def value_of(workload: Workload, *names: str) -> str | Unknown | None:
    """Return the value of the first of the variables that is set and not empty, None if none is."""
    for name in names:
        variable = workload.environment.get(name)
        if variable is None:
            continue
        if isinstance(variable.value, Unknown) or variable.value:
            return variable.value
    if workload.environment_open is not None:
        return Unknown(workload.environment_open)
    return None


def place_of(workload: Workload, *names: str) -> Location:
    """Return the place of the first variable that is set, else of the image, else of the workload."""
    found: Variable | None = next((v for n in names if (v := workload.environment.get(n)) is not None), None)
    if found is not None:
        return found.at
    return workload.image.at if workload.image is not None else workload.at


def data_directory(workload: Workload, kind: ImageKind, major: int | None) -> str:
    """Return PGDATA inside the container."""
    if kind is ImageKind.BITNAMI:
        return "/bitnami/postgresql/data"
    value = value_of(workload, "PGDATA")
    if isinstance(value, str):
        return posixpath.normpath(value)
    return f"/var/lib/postgresql/{major}/docker" if major is not None and major >= 18 else "/var/lib/postgresql/data"


def initdb_of(workload: Workload) -> Initdb:
    """Read POSTGRES_INITDB_ARGS (`-A`, `--auth…`, `-k`, `--data-checksums`, `-c`/`--set name=value`)."""
    variable = "POSTGRES_INITDB_ARGS"
    value = value_of(workload, variable)
    if value is None:
        return Initdb()
    at = place_of(workload, variable)
    if isinstance(value, Unknown):
        return Initdb(value, value, at, value)
    try:
        words = shlex.split(value)
    except ValueError:
        unknown = Unknown("POSTGRES_INITDB_ARGS cannot be split into words")
        return Initdb(unknown, unknown, at, unknown)
    return _initdb(words, at)


def _initdb(words: list[str], at: Location) -> Initdb:
    both: str | None = None
    local: str | None = None
    host: str | None = None
    checksums: bool | None = None
    settings: dict[str, str] = {}
    position = 0
    while position < len(words):
        word = words[position]
        name, equals, value = word.partition("=")
        following = words[position + 1] if position + 1 < len(words) else ""
        takes_next = name in {"-A", "--auth", "--auth-local", "--auth-host", "-c", "--set"} and not equals
        if name.startswith("-A") and len(name) > 2:
            name, value = "-A", word[2:]
        elif takes_next:
            value = following
            position += 1
        position += 1
        if name in {"-A", "--auth"}:
            both = value
        elif name == "--auth-local":
            local = value
        elif name == "--auth-host":
            host = value
        elif name in {"-k", "--data-checksums"}:
            checksums = True
        elif name == "--no-data-checksums":
            checksums = False
        elif name in {"-c", "--set"} and "=" in value:
            setting, _, text = value.partition("=")
            settings[setting.lower()] = text
    chosen_local, chosen_host = local or both or "trust", host or both or "trust"
    return Initdb(
        local="peer" if chosen_local == "ident" else chosen_local,
        host="ident" if chosen_host == "peer" else chosen_host,
        at=at if both or local or host else None,
        checksums=checksums,
        settings=settings,
    )


def image_settings(workload: Workload, kind: ImageKind) -> list[Setting]:
    """Return what the image itself sets where no file of the repository stands in its place."""
    if kind is ImageKind.OFFICIAL:
        source = "docker-library/postgres: its sample file listens on all addresses"
        settings = [Setting("listen_addresses", "*", Origin.IMAGE, None, source)]
        if "timescaledb" in (workload.image_name or ""):
            preload = "timescaledb"
            settings.append(Setting("shared_preload_libraries", preload, Origin.IMAGE, None, "timescale/timescaledb"))
        return settings
    return [Setting("listen_addresses", "*", Origin.IMAGE, None, "bitnami/postgresql")]


def refuses_to_start(workload: Workload, kind: ImageKind) -> Problem | None:
    """Return why the entrypoint stops on an empty data directory: no superuser password and none waived."""
    if workload.role is Role.IMAGE:
        return None  # whoever runs the image gives it the variables
    if kind is ImageKind.OFFICIAL:
        if not demands_password(version_of(workload)):
            return None
        names = ("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE")
        waived = value_of(workload, "POSTGRES_HOST_AUTH_METHOD")
        hint = "expected POSTGRES_PASSWORD: the image does not create a database without it"
        if value_of(workload, *names) is None and (waived is None or (isinstance(waived, str) and waived != "trust")):
            return Problem(at=place_of(workload), message=hint)
        return None
    if value_of(workload, *BITNAMI_PASSWORD) is None and not is_yes(value_of(workload, "ALLOW_EMPTY_PASSWORD")):
        hint = "expected POSTGRESQL_PASSWORD: the image does not create a database without it"
        return Problem(at=place_of(workload), message=hint)
    return None


def demands_password(version: str | None) -> bool:
    """Tell whether the official image of this version stops without a password; images before February 2020 trust."""
    parts = [int(part) for part in (version or "").split(".") if is_whole_number(part)]
    if not parts:
        return True
    branch = ".".join(map(str, parts[: 2 if parts[0] < 10 else 1]))
    minor = parts[2 if parts[0] < 10 else 1 :]
    if branch not in _FIRST_DEMANDING:
        return parts[0] >= 13
    return not minor or minor[0] >= _FIRST_DEMANDING[branch]


_FIRST_DEMANDING: Mapping[str, int] = {"9.4": 26, "9.5": 21, "9.6": 17, "10": 12, "11": 7, "12": 2}
"""Minor releases of February 2020, after docker-library/postgres commit 42ce743 (no password is an error)."""

BITNAMI_PASSWORD = (
    "POSTGRESQL_PASSWORD",
    "POSTGRES_PASSWORD",
    "POSTGRESQL_PASSWORD_FILE",
    "POSTGRES_PASSWORD_FILE",
    "POSTGRESQL_POSTGRES_PASSWORD",
    "POSTGRES_POSTGRES_PASSWORD",
)


def is_yes(value: str | Unknown | None) -> bool:
    """Tell whether Bitnami's scripts take a value for yes; an unknown value is taken for yes, too."""
    return isinstance(value, Unknown) or (value is not None and value.lower() in {"yes", "true", "1"})
