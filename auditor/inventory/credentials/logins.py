"""Whom a password logs in: read from the names and values that stand beside it.

Facts of the server images' variables: the "Environment Variables" sections of the official images' pages (postgres,
mysql, mariadb, mongo, rabbitmq, mssql, minio, keycloak, elasticsearch, influxdb) and of Bitnami's.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from auditor.credentials.keys import CRYPTOGRAPHIC, mechanism, tokens
from auditor.model.credential import Login
from auditor.patterns import lazy
from auditor.records import dataclass

Lookup = Callable[[str], str]
"""Returns the value of a sibling by its name in upper case without separators, "" if there is none."""


@dataclass(frozen=True)
class _Implicit:
    """The variable of a server's own image: which product, and where the user's name is."""

    engine: str
    user_keys: tuple[str, ...] = ()
    default_user: str = ""


_IMPLICIT: Mapping[str, _Implicit] = {
    "POSTGRESPASSWORD": _Implicit("postgres", ("POSTGRESUSER",), "postgres"),
    "POSTGRESQLPASSWORD": _Implicit("postgres", ("POSTGRESQLUSERNAME",), "postgres"),
    "POSTGRESQLPOSTGRESPASSWORD": _Implicit("postgres", (), "postgres"),
    "MYSQLROOTPASSWORD": _Implicit("mysql", (), "root"),
    "MARIADBROOTPASSWORD": _Implicit("mysql", (), "root"),
    "MYSQLPASSWORD": _Implicit("mysql", ("MYSQLUSER",)),
    "MARIADBPASSWORD": _Implicit("mysql", ("MARIADBUSER",)),
    "MONGOINITDBROOTPASSWORD": _Implicit("mongodb", ("MONGOINITDBROOTUSERNAME",), "root"),
    "RABBITMQDEFAULTPASS": _Implicit("rabbitmq", ("RABBITMQDEFAULTUSER",), "guest"),
    "SAPASSWORD": _Implicit("mssql", (), "sa"),
    "MSSQLSAPASSWORD": _Implicit("mssql", (), "sa"),
    "MINIOROOTPASSWORD": _Implicit("minio", ("MINIOROOTUSER",), "minioadmin"),
    "MINIOSECRETKEY": _Implicit("minio", ("MINIOACCESSKEY",), "minioadmin"),
    "ELASTICPASSWORD": _Implicit("elasticsearch", (), "elastic"),
    "KEYCLOAKADMINPASSWORD": _Implicit("keycloak", ("KEYCLOAKADMIN",), "admin"),
    "KCBOOTSTRAPADMINPASSWORD": _Implicit("keycloak", ("KCBOOTSTRAPADMINUSERNAME",), "admin"),
    "GFSECURITYADMINPASSWORD": _Implicit("grafana", ("GFSECURITYADMINUSER",), "admin"),
    "DOCKERINFLUXDBINITPASSWORD": _Implicit("influxdb", ("DOCKERINFLUXDBINITUSERNAME",)),
    "PGADMINDEFAULTPASSWORD": _Implicit("pgadmin", ("PGADMINDEFAULTEMAIL",)),
}
_REDIS_KEYS = frozenset({"REQUIREPASS", "MASTERAUTH", "REDISPASSWORD", "VALKEYPASSWORD"})
_STORAGE_KEYS = ("SECRETACCESSKEY", "SECRETKEY")
_USER_TAILS = ("USER", "USERNAME", "LOGIN", "EMAIL", "USERID", "UID", "ROLE")
_HOST_TAILS = ("HOST", "HOSTNAME", "SERVER", "ADDR", "ADDRESS", "ENDPOINT", "URL", "URI")
_PASSWORD_TAILS = frozenset("password passwd pass pwd pw secret token key passphrase credential credentials".split())
_ENGINES = {
    **dict.fromkeys(("postgres", "postgresql", "pg", "postgis", "pgpassword"), "postgres"),
    **dict.fromkeys(("mysql", "mariadb"), "mysql"),
    **dict.fromkeys(("mongo", "mongodb"), "mongodb"),
    **dict.fromkeys(("redis", "valkey", "rediss"), "redis"),
    **dict.fromkeys(("rabbitmq", "amqp", "amqps"), "rabbitmq"),
    **dict.fromkeys(("mssql", "sqlserver"), "mssql"),
    **dict.fromkeys(("smtp", "smtps", "mail"), "smtp"),
    **dict.fromkeys(("ldap", "ldaps"), "ldap"),
    **dict.fromkeys(("minio", "s3"), "minio"),
    **dict.fromkeys(("elastic", "elasticsearch", "opensearch"), "elasticsearch"),
    **{name: name for name in ("keycloak", "grafana", "influxdb", "cassandra", "oracle", "kafka", "pgadmin")},
}
_HOST = lazy(r"(?:[a-z][a-z0-9+.:-]*://)?(?:[^@/\s]*@)?(?P<host>[A-Za-z0-9_.-]+|\$\{\w+\})", re.IGNORECASE)


def squeezed(key: str) -> str:
    """Return a name in upper case without separators: `spring.datasource.url` and `SPRING_DATASOURCE_URL` meet."""
    return "".join(tokens(key)).upper()


def engine_of(*texts: str) -> str:
    """Return the product that the first telling word of the texts names, "" if none does."""
    for text in texts:
        for word in tokens(text):
            if word in _ENGINES:
                return _ENGINES[word]
    return ""


def host_in(text: str) -> str:
    """Return the host of an address or URL without port and domain; a reference stays as written."""
    match = _HOST.match(text.strip().removeprefix("jdbc:"))
    host = match["host"] if match is not None else ""
    return host if host.startswith("$") else host.partition(".")[0].lower()


def login_of(key: str, siblings: Lookup, product: str = "", server: str = "") -> Login | None:
    """Return whom the password under `key` logs in, None if nothing tells.

    Args:
        key: the password's name as written.
        siblings: the values beside it.
        product: the engine that the container holding it runs, "" if it is none that is known.
        server: the name of that container.
    """
    if mechanism(key) in CRYPTOGRAPHIC:
        return None  # a key logs nobody in
    name = squeezed(key)
    implicit = _IMPLICIT.get(name)
    if implicit is not None:
        user = next((value for k in implicit.user_keys if (value := siblings(k))), implicit.default_user)
        is_server = not product or product == implicit.engine
        host = server if product == implicit.engine else host_in(_beside(key, siblings, _HOST_TAILS))
        return Login(engine=implicit.engine, server=host, name=user, is_server=is_server)
    if name in _REDIS_KEYS:
        is_server = product == "redis"
        host = server if is_server else host_in(_beside(key, siblings, _HOST_TAILS))
        user = siblings("MASTERUSER") if name == "MASTERAUTH" else _beside(key, siblings, _USER_TAILS)
        return Login(engine="redis", server=host, name=user or "default", is_server=is_server)
    if name.endswith(_STORAGE_KEYS):
        stored = _storage_login(name, siblings)
        if stored is not None:
            return stored
    user, address = _beside(key, siblings, _USER_TAILS), _beside(key, siblings, _HOST_TAILS)
    engine = engine_of(address.partition("://")[0] if "://" in address else "", key, host_in(address))
    if not (user or address or engine):
        return None
    return Login(engine=engine, server=host_in(address), name=user)


def _storage_login(name: str, siblings: Lookup) -> Login | None:
    """Return whom the secret half of an S3 access key logs in: the other half is the user's name."""
    stem = name.removesuffix("SECRETACCESSKEY").removesuffix("SECRETKEY")
    user = next((value for tail in ("ACCESSKEYID", "ACCESSKEY") if (value := siblings(stem + tail))), "")
    if not user:
        return None
    stems = (stem, "S3", "AWS", "")
    address = next((v for s in stems for tail in _HOST_TAILS if (v := siblings(s + tail))), "")
    return Login(engine="minio", server=host_in(address), name=user)


def _beside(key: str, siblings: Lookup, tails: tuple[str, ...]) -> str:
    """Return the value under the password's stem with one of the endings: `DB_PASSWORD` has `DB_USER` beside it."""
    return next((value for name in _names_beside(key, tails) if (value := siblings(name))), "")


@lru_cache(1024)
def _names_beside(key: str, tails: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names under which the value beside a password may stand, the likeliest first."""
    parts = tokens(key)
    words = list(parts)
    while words and (words[-1] in _PASSWORD_TAILS or words[-1].isdigit()):
        words.pop()
    stems = ["".join(words[:length]).upper() for length in range(len(words), 0, -1)] or [""]
    # DB_ADMIN_PASSWORD has DB_ADMIN_USER beside it; the host may be that of the shorter stem.
    names = [stem + tail for stem in (stems if tails is _HOST_TAILS else stems[:1]) for tail in tails]
    # DB_PASS_ADMIN has DB_USER_ADMIN beside it.
    for index, word in enumerate(parts):
        if word in _PASSWORD_TAILS:
            names += ["".join([*parts[:index], tail, *parts[index + 1 :]]).upper() for tail in tails]
    return tuple(names)
