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
_SETTINGS_BEFORE = lazy(r"(?:[\w \t.]{1,60}=[^;]*;)+\s*")
_SETTING_VALUE = lazy(
    r"(?P<quote>[\"'])(?P<quoted>(?:(?!(?P=quote)).|(?P=quote){2})*)(?P=quote)|\{(?P<braced>[^}]*)\}|(?P<plain>[^;\"<>]*[^;\"<>\s])"
)
"""A value of `Name=value;` settings (.NET, "Connection String Syntax"; ODBC, SQLDriverConnect): up to the semicolon."""
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
    spans = [
        _span_of(value, match.start(), *match.span("password"), is_named=user is not None or server is not None)
        for match in _CONNECTION_STRING.finditer(value)
    ]
    return [
        UrlSecret(
            password=value[start:end],
            start=start,
            end=end,
            user=user["user"] if user is not None else "",
            host=server["host"] if server is not None else "",
        )
        for start, end in spans
    ]


def _span_of(value: str, name: int, start: int, end: int, *, is_named: bool) -> tuple[int, int]:
    """Return where a password stands whose name begins at `name`: with blanks and signs where settings stand before."""
    if not is_named or _SETTINGS_BEFORE.fullmatch(value, 0, name + 1) is None:
        return start, end
    match = _SETTING_VALUE.match(value, start - 1 if value[start - 1] in "\"'" else start)
    return match.span(match.lastgroup or 0) if match is not None and match.end() >= end else (start, end)
