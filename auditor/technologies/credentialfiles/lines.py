"""Credential files that are read line by line or word by word.

npm: docs.npmjs.com, "npmrc" (auth related configuration). netrc: GNU inetutils 2.4, "The .netrc file". pgpass:
PostgreSQL 17, libpq, "The Password File". htpasswd: Apache 2.4, "Password Formats". shadow(5). git-credential-store.
"""

import base64
import binascii
import re
from collections.abc import Iterator

from auditor.formats.properties import Lines
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.technologies.document import Assignment

CONTAINER = "credential-file"
_NPM = lazy(
    r"^[ \t]*(?P<where>//[^=\s]*?:)?(?P<key>_authToken|_auth|_password)[ \t]*[= ][ \t]*(?P<quote>\"?)"
    r"(?P<value>[^\s\"]+)(?P=quote)",
    re.M,
)
_NETRC_WORD = lazy(r"(?P<word>machine|default|login|account|password|macdef)(?:[ \t\r\n]+|$)|\"[^\"\n]*\"|\S+")
_PGPASS = lazy(r"^(?!#)(?:(?:\\.|[^:\\\n])*:){3}(?P<user>(?:\\.|[^:\\\n])*):(?P<value>(?:\\.|[^\n\\])+)$", re.M)
_GIT = lazy(r"^[ \t]*\w+://(?P<user>[^:\s]*):(?P<value>\S+)@[^@\s]+$", re.M)
_MAILER = lazy(r"^[ \t]*password[ \t]+\"?(?P<value>[^\s\"]+)", re.M)
_WHOLE = lazy(r"\A\s*(?P<value>\S{8,512})\s*\Z")
_ACCOUNT = lazy(r"^(?P<user>[^:\s#]{1,255}):(?P<value>[^:\s]+)", re.M)
_LOCKED = lazy(r"[!*x]?|[!*].*")
_TERRAFORM = lazy(r"^[ \t]*token[ \t]*=[ \t]*\"(?P<value>[^\"\n]+)\"", re.M)


def _place(source: Source, lines: Lines, start: int, end: int) -> Location:
    return source.at(*lines.place(start), *lines.place(end - 1))


def _found(source: Source, pattern: re.Pattern[str], key: str) -> Iterator[Assignment]:
    """Yield the `value` of every match, with the `user` where the pattern has one."""
    lines = Lines(source.text)
    for match in pattern.finditer(source.text):
        yield Assignment(
            key=key,
            value=match["value"],
            at=_place(source, lines, *match.span("value")),
            container=CONTAINER,
            server_secret=True,
            principal=match.groupdict().get("user"),
        )


def npmrc(source: Source) -> Iterator[Assignment]:
    """Yield tokens and passwords of registries; `_auth` and `_password` are base64 (npm, "npmrc")."""
    lines = Lines(source.text)
    for match in _NPM.finditer(source.text):
        value, user = match["value"], None
        if match["key"] != "_authToken":
            user, value = _login_in(value)
        yield Assignment(
            key=match["key"],
            value=value,
            at=_place(source, lines, *match.span("value")),
            container=CONTAINER,
            path=(match["where"].strip("/:"),) if match["where"] else (),
            server_secret=True,
            principal=user,
        )


def _login_in(encoded: str) -> tuple[str | None, str]:
    """Return user and password of base64 text; the text itself if it is none."""
    try:
        user, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None, encoded
    return (user, password) if colon else (None, user)


def netrc(source: Source) -> Iterator[Assignment]:
    """Yield the passwords of machines with their logins."""
    lines = Lines(source.text)
    machine, login, expected = "", None, ""
    for match in _NETRC_WORD.finditer(_without_comments(source.text)):
        if not expected and match["word"]:
            expected = match["word"] if match["word"] != "default" else ""
            if match["word"] in {"machine", "default"}:
                machine, login = "", None
            continue
        if expected == "machine":
            machine = match[0]
        elif expected == "login":
            login = match[0]
        elif expected == "password":
            start = match.start() + match[0].startswith('"')
            end = match.end() - (match[0].startswith('"') and match[0].endswith('"') and len(match[0]) > 1)
            yield Assignment(
                key="password",
                value=source.text[start:end],
                at=_place(source, lines, start, max(end, start + 1)),
                container=CONTAINER,
                path=(machine,),
                server_secret=True,
                principal=login,
            )
        expected = ""


def _without_comments(text: str) -> str:
    return re.sub(r"^[ \t]*#[^\n]*", lambda match: " " * len(match[0]), text, flags=re.M)


def pgpass(source: Source) -> Iterator[Assignment]:
    """Yield the fifth fields, `host:port:database:user:password`."""
    return _found(source, _PGPASS, "password")


def git_credentials(source: Source) -> Iterator[Assignment]:
    """Yield the passwords of addresses, one on each line."""
    return _found(source, _GIT, "password")


def mailer(source: Source) -> Iterator[Assignment]:
    """Yield the passwords of a mail client's file (esmtp, msmtp, fetchmail's layout of one option on a line)."""
    return _found(source, _MAILER, "password")


def whole(source: Source) -> Iterator[Assignment]:
    """Yield the one word that the file is (`master.key` of Rails, `.vault-token`, the password of Ansible Vault)."""
    return _found(source, _WHOLE, f"{source.file_name.strip('.')} secret")


def htpasswd(source: Source) -> Iterator[Assignment]:
    """Yield the hashes of a password file of web servers."""
    return _found(source, _ACCOUNT, "htpasswd")


def shadow(source: Source) -> Iterator[Assignment]:
    """Yield the hashes of accounts that can log in."""
    for found in _found(source, _ACCOUNT, "shadow"):
        if isinstance(found.value, str) and not _LOCKED.fullmatch(found.value):
            yield found


def terraform_tokens(source: Source) -> Iterator[Assignment]:
    """Yield the tokens of a command line configuration (`credentials "host" { token = … }`)."""
    return _found(source, _TERRAFORM, "token")
