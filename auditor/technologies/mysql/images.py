"""The images that run MySQL and MariaDB: what they set, and what their scripts do with environment variables.

Sources, read in 2026: `docker-entrypoint.sh` of docker-library/mysql (5.7 to 9), MariaDB/mariadb-docker (10.6 to 11.8),
percona/percona-docker and mysql/mysql-docker, `libmysql.sh` and `mysql-env.sh` of bitnami/containers (8.4, MariaDB 11).
"""

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Role, Workload
from auditor.records import dataclass

from .variables import Version

_OFFICIAL = {"mysql": "mysql", "mariadb": "mariadb", "percona": "percona", "percona/percona-server": "percona"}
_ORACLE = {"mysql/mysql-server": "mysql"}
_BITNAMI = {"bitnami", "bitnamilegacy", "bitnamisecure"}
_BITNAMI_NAMES = {"mysql": "mysql", "mariadb": "mariadb"}
_SERVER_NAMES = {
    "mariadb": "mariadb", "mariadb-server": "mariadb", "percona-server": "percona", "percona": "percona",
    "mysql": "mysql", "mysql-server": "mysql", "mysqld": "mysql",
}  # fmt: skip


@dataclass(frozen=True)
class Image:
    """What is known of an image. `product` is mysql or mariadb, "" if its name does not tell; Percona is a MySQL."""

    family: str = ""
    """official, oracle, bitnami, or "" for an image that is not known here."""
    product: str = ""
    edition: str = "community"
    """community or percona."""
    is_server: bool = False
    """Whether it starts a server when no command is given."""
    version: str | None = None


@dataclass(frozen=True)
class RootLogin:
    """How an image creates the administrator in an empty data directory.

    `is_empty`: without a password. `host` is from where the account may log in, `%` from anywhere.
    """

    is_empty: bool | Unknown
    at: Location
    host: str | Unknown
    host_at: Location


def image_of(workload: Workload) -> Image:
    """Return what is known of the workload's image."""
    repository, name = workload.image_repository or "", workload.image_name or ""
    namespace, _, _ = repository.rpartition("/")
    tail = "/".join(repository.split("/")[-2:]).removeprefix("library/")
    version = workload.image_version
    if repository in _OFFICIAL or tail in _OFFICIAL:
        return _image("official", _OFFICIAL.get(repository) or _OFFICIAL[tail], version)
    if repository in _ORACLE:
        return _image("oracle", _ORACLE[repository], version)
    if namespace.rpartition("/")[2] in _BITNAMI and name in _BITNAMI_NAMES:
        return _image("bitnami", _BITNAMI_NAMES[name], version)
    if name in _SERVER_NAMES:
        return _image("", _SERVER_NAMES[name], version)
    # An image of somebody else: its name still tells the product of a server that it is seen to run.
    product = next((product for word, product in _SERVER_NAMES.items() if word in name), "")
    return Image(product="mysql" if product == "percona" else product)


def _image(family: str, product: str, version: str | None) -> Image:
    is_percona = product == "percona"
    return Image(
        family=family,
        product="mysql" if is_percona else product,
        edition="percona" if is_percona else "community",
        is_server=True,
        version=version,
    )


_LONE = {"mysql": {5: 7, 9: 0}, "mariadb": {10: 11, 11: 8, 12: 0}}
"""The series that a tag with the major number alone stands for; `mysql:8` was 8.0 and is 8.4."""


def parse_version(text: str | None, product: str) -> Version | None:
    """Return (major, minor) of a version text, None if it tells no series."""
    parts = [int(part) for part in (text or "").split(".") if part.isascii() and part.isdigit()]
    if not parts or not 5 <= parts[0] <= 20:
        return None
    if len(parts) > 1:
        # The releases between 8.4 and 9 and so on are told apart; 8.1 to 8.3 had the options of 8.0.
        return (8, 0) if product == "mysql" and parts[0] == 8 and parts[1] < 4 else (parts[0], parts[1])
    minor = _LONE.get(product, {}).get(parts[0])
    return None if minor is None else (parts[0], minor)


class Environment:
    """Variables as an image's script reads them: the `_FILE` form, other names, what is not known."""

    def __init__(self, workload: Workload, image: Image) -> None:
        self._workload = workload
        self._image = image

    def names(self, name: str) -> tuple[str, ...]:
        """Return the names under which the image reads `name`, the first that is set wins."""
        if self._image.product == "mariadb" and self._image.family == "official":
            return (f"MARIADB_{name}", f"MYSQL_{name}")
        return (f"MARIADB_{name}" if self._image.product == "mariadb" else f"MYSQL_{name}",)

    def value(self, *names: str) -> tuple[str | Unknown | None, Location | None]:
        """Return value and place of the first variable that is set and not empty; None if none is."""
        variables = self._workload.environment
        for name in names:
            found = variables.get(name)
            if found is not None and (isinstance(found.value, Unknown) or found.value):
                return found.value, found.at
            found = variables.get(f"{name}_FILE")
            if found is not None and (isinstance(found.value, Unknown) or found.value):
                return Unknown(f"the value of {name} is in a file"), found.at
        if self._workload.environment_open is not None:
            return Unknown(f"{names[0]} may be set by {self._workload.environment_open}"), None
        if self._workload.templated:
            return Unknown("template expressions may set it"), None
        return None, None

    def may_be_empty(self, *names: str) -> Unknown | None:
        """Return why what the first of the variables is set to, if anything, may be an empty text; None if it is not.

        A password in a file is taken for one.
        """
        variables = self._workload.environment
        for name in names:
            found = variables.get(name)
            written = None if found is None else found.value
            if isinstance(written, Unknown):
                return written
            if written or f"{name}_FILE" in variables:
                return None
        value, _ = self.value(*names)
        return value if isinstance(value, Unknown) else None

    def is_given(self, *names: str) -> tuple[bool | Unknown, Location | None]:
        """Tell whether one of the variables is set to something, be it known or in a file."""
        value, at = self.value(*names)
        if value is None:
            return False, None
        return (True, at) if at is not None else (value if isinstance(value, Unknown) else True, at)


def root_login(workload: Workload, image: Image) -> RootLogin | None:
    """Return how the image creates root; None for an image whose script is not known."""
    if image.family not in {"official", "oracle", "bitnami"}:
        return None
    environment = Environment(workload, image)
    place = workload.image.at if workload.image is not None else workload.at
    password = environment.is_given(*_password_names(image, environment))
    random = environment.is_given(*environment.names("RANDOM_ROOT_PASSWORD"))
    empty_names = _empty_names(image)
    value, empty_at = environment.value(*empty_names)
    allowed: bool | Unknown = value if isinstance(value, Unknown) else value is not None
    if image.family == "bitnami" and isinstance(value, str):
        allowed = value.lower() in {"1", "yes", "true"}
    host, host_at = environment.value(*environment.names("ROOT_HOST"))
    if host is None:
        host = "localhost" if image.family == "oracle" else "%"
    if image.family == "bitnami":
        host, host_at = "%", None
    is_empty: bool | Unknown = False
    if password[0] is False and random[0] is False:
        is_empty = allowed
    elif allowed is not False and random[0] is not True:
        unsure = environment.may_be_empty(*_password_names(image, environment))
        is_empty = False if unsure is None else unsure
    return RootLogin(is_empty, empty_at or place, host, host_at or place)


def _password_names(image: Image, environment: Environment) -> tuple[str, ...]:
    has_hash = image.product == "mariadb" and image.family == "official"
    return (*environment.names("ROOT_PASSWORD"), *(("MARIADB_ROOT_PASSWORD_HASH",) if has_hash else ()))


def _empty_names(image: Image) -> tuple[str, ...]:
    if image.family == "bitnami":
        return ("ALLOW_EMPTY_PASSWORD",)
    if image.product == "mariadb":
        return ("MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "MYSQL_ALLOW_EMPTY_PASSWORD")
    return ("MYSQL_ALLOW_EMPTY_PASSWORD",)


def refuses_to_start(workload: Workload, image: Image) -> Problem | None:
    """Return why the image's script stops on an empty data directory: no password for root and none waived."""
    if workload.role is Role.IMAGE or image.family not in {"official", "bitnami"}:
        return None
    environment = Environment(workload, image)
    names = [*_password_names(image, environment), *environment.names("RANDOM_ROOT_PASSWORD"), *_empty_names(image)]
    if image.family == "bitnami" and environment.is_given(*environment.names("REPLICATION_MODE"))[0] is not False:
        return None
    if environment.is_given(*names)[0] is not False:
        return None
    at = workload.image.at if workload.image is not None else workload.at
    message = f"expected {names[0]}: the image does not create a database without a word on root's password"
    return Problem(at=at, message=message)
