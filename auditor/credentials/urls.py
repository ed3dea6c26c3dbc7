"""Credentials inside URLs and connection strings: `postgres://app:…@db/clinic`, `Server=…;Password=…`."""

import re
from dataclasses import field
from urllib.parse import unquote

from auditor.patterns import lazy
from auditor.records import dataclass

MAX_LENGTH = 8192
"""Longest value looked into, in characters; longer ones are texts that are parsed as documents of their own."""

_USERINFO = lazy(
    r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.:-]*?)://(?P<user>[^\s:/@?#\"'<>]*):(?P<password>[^\s@\"'<>]+)@(?P<host>[^\s/:,?#\"'<>]*)"
)
_CONNECTION_STRING = lazy(
    r"(?:^|[;\s&?])(?:password|pwd)\s*=\s*(?!\w+\(\s*[\"'])[\"']?(?P<password>[^;\s&\"']+)", re.IGNORECASE
)
"""Not `SET PASSWORD = PASSWORD('…')`, where a function of SQL stands behind the equals sign."""
_USER = lazy(r"(?:^|[;\s&?])(?:uid|user(?:[ _]?(?:id|name))?)\s*=\s*[\"']?(?P<user>[^;\s&\"']+)", re.IGNORECASE)
_SERVER = lazy(
    r"(?:^|[;\s&?])(?:server|data source|host(?:name)?|address)\s*=\s*[\"']?(?:tcp:)?(?P<host>[^;\s&\"',:\\]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class UrlSecret:
    """A password inside a longer value: `start` and `end` are offsets in it (end exclusive)."""

    password: str = field(repr=False)
    start: int
    end: int
    user: str = ""
    host: str = ""
    scheme: str = ""


def passwords_in(value: str) -> list[UrlSecret]:
    """Return every password written inside `value`, percent-decoded, in order."""
    if len(value) > MAX_LENGTH:
        return []
    if "://" in value:
        return [
            UrlSecret(
                password=unquote(match["password"]),
                start=match.start("password"),
                end=match.end("password"),
                user=unquote(match["user"]),
                host=match["host"],
                scheme=match["scheme"].rpartition(":")[2].partition("+")[0],
            )
            for match in _USERINFO.finditer(value)
        ] or _in_parameters(value)
    return _in_parameters(value) if "=" in value else []


def _in_parameters(value: str) -> list[UrlSecret]:
    user, server = _USER.search(value), _SERVER.search(value)
    return [
        UrlSecret(
            password=match["password"],
            start=match.start("password"),
            end=match.end("password"),
            user=user["user"] if user is not None else "",
            host=server["host"] if server is not None else "",
        )
        for match in _CONNECTION_STRING.finditer(value)
    ]
