"""Whether two passwords log in the same user at the same server."""

from collections.abc import Sequence
from enum import Enum

from auditor.credentials.keys import tokens
from auditor.model.credential import Credential, Login

_LOCAL = frozenset({"localhost", "127", "0", "host", "::1"})
_EVERY_KEY = frozenset("db database password passwd pass secret user root admin main default".split())


class Sameness(Enum):
    """What the files tell of two logins."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


def same_principal(first: Credential, second: Credential, servers: Sequence[Login]) -> tuple[Sameness, str]:
    """Compare the logins of two passwords, the surest evidence first; say what decided."""
    a, b = first.login, second.login
    if a is None or b is None:
        return _by_name(first, second)
    if a.engine and b.engine and a.engine != b.engine:
        if a.name and a.name == b.name and "@" in a.name:
            return Sameness.SAME, f"both log in {a.name}"
        return Sameness.DIFFERENT, f"one password is for {a.shown()} and for {b.shown()}"
    if a.name and b.name:
        if not same_name(a, b):
            return Sameness.DIFFERENT, f"one password is for {a.shown()} and for {b.shown()}"
        if _same_server(a, b, servers):
            return Sameness.SAME, f"both log in {a.shown()}"
        if not a.engine or not b.engine:
            return Sameness.SAME, f"both log in {a.name}"
        return Sameness.DIFFERENT, f"one password is for {a.shown()} and for {b.shown()}"
    if _same_server(a, b, servers):
        return Sameness.SAME, f"both belong to {a.engine or b.engine or 'one server'}"
    return _by_name(first, second)


def same_name(a: Login, b: Login) -> bool:
    """Compare the users' names; SQL Server takes `SA` and `sa` for one (its default collation ignores case)."""
    if "mssql" in {a.engine, b.engine}:
        return a.name.lower() == b.name.lower()
    return a.name == b.name


def is_client_of(a: Login, b: Login) -> bool:
    """Tell whether one is a server's own login and the other a client's with the same user's name."""
    is_engine_open = not a.engine or not b.engine or a.engine == b.engine
    return a.is_server != b.is_server and is_engine_open and _is_one_user(a, b)


def _is_one_user(a: Login, b: Login) -> bool:
    return bool(a.name) and same_name(a, b)


def _same_server(a: Login, b: Login, servers: Sequence[Login]) -> bool:
    """Tell whether two logins mean one server: by its name, as the only one of its kind, or by a local address."""
    if a.server and b.server:
        if a.server == b.server:
            return True
        if a.server in _LOCAL or b.server in _LOCAL:
            return _only_server(a.engine or b.engine, servers)
        if a.is_server and b.is_server:
            return False
        # A Kubernetes Service, an alias or a proxy may have another name than what runs behind it.
        return _only_server(a.engine or b.engine, servers) and (_is_one_user(a, b) or _resemble(a.server, b.server))
    return _only_server(a.engine or b.engine, servers)


def _only_server(engine: str, servers: Sequence[Login]) -> bool:
    names = {login.server for login in servers if login.is_server and login.engine == engine and login.server}
    return len(names) <= 1


def _resemble(one: str, other: str) -> bool:
    return bool(set(tokens(one)) & set(tokens(other)) - _EVERY_KEY)


def _by_name(first: Credential, second: Credential) -> tuple[Sameness, str]:
    """Fall back on the names: `CORE_DB_PASSWORD` and the server `postgres-core` share a word of their own."""
    words = [
        {*tokens(use.key), *tokens(use.login.server if use.login is not None else "")} - _EVERY_KEY
        for use in (first, second)
    ]
    if words[0] & words[1]:
        return Sameness.SAME, f"the names share {min(words[0] & words[1])}"
    if first.mechanism == second.mechanism:
        return Sameness.SAME, f"nothing tells {first.key} and {second.key} apart"
    return Sameness.UNKNOWN, f"{first.key} and {second.key} are for {first.mechanism} and {second.mechanism}"
