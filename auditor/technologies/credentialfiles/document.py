"""Credential files, each kind as its program reads it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from auditor.formats.sections import read_sections
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document
from auditor.technologies.recognition.credentialfiles import kind_of

from .docker import docker_logins
from .lines import (
    CONTAINER,
    git_credentials,
    htpasswd,
    mailer,
    netrc,
    npmrc,
    pgpass,
    shadow,
    terraform_tokens,
    whole,
)

_INI_SECRETS = frozenset(
    {"pass", "password", "password2", "secret_key", "secret_access_key", "aws_secret_access_key", "aws_session_token"}
)
"""Options of rclone, s3cmd, twine, boto, libpq's services and AWS that hold the secret itself."""


@dataclass(frozen=True, kw_only=True)
class CredentialFile(Document):
    """A file with log-ins."""

    values: tuple[Assignment, ...] = field(default=(), repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield every secret of the file and what stands beside it."""
        return iter(self.values)


def parse(source: Source) -> CredentialFile:
    """Read the file as its name says.

    Raises:
        FormatError: it is not JSON, where its name says so.
    """
    kind = kind_of(source.file_name.lower(), source.path, source.text)
    return CredentialFile(source=source, values=tuple(_READERS[kind](source)) if kind else ())


def _ini(source: Source) -> Iterator[Assignment]:
    for entry in read_sections(source):
        yield Assignment(
            key=entry.key,
            value=entry.value,
            at=entry.at,
            container=CONTAINER,
            path=entry.path,
            server_secret=entry.key.lower() in _INI_SECRETS,
        )


_READERS: Mapping[str, Callable[[Source], Iterator[Assignment]]] = {
    "docker": docker_logins,
    "git": git_credentials,
    "hcl": terraform_tokens,
    "htpasswd": htpasswd,
    "ini": _ini,
    "mailer": mailer,
    "netrc": netrc,
    "npmrc": npmrc,
    "pgpass": pgpass,
    "shadow": shadow,
    "whole": whole,
}
