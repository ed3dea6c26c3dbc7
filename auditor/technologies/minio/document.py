"""MinIO's file of variables, `/etc/default/minio`, which its service and `MINIO_CONFIG_ENV_FILE` read, and scripts.

Source: MinIO documentation (2024), "MinIO Server" settings; `minio.service` of minio/minio-service.
"""

import re
from collections.abc import Iterator

from auditor.formats.template import is_templated, mask
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown, settle
from auditor.model.workload import Variable
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document
from auditor.technologies.recognition.minio import LOGS_IN, OPENS_BUCKET

_LINE = lazy(r"[ \t]*(?:export[ \t]+)?(MINIO_\w+)=(?:\"([^\"]*)\"|'([^']*)'|([^\s#]*))")


@dataclass(frozen=True, kw_only=True)
class MinioEnvironment(Document):
    """The variables of the file in order; the last line of a name wins."""

    variables: tuple[Variable, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        for variable in self.variables:
            yield Assignment(key=variable.name, value=variable.value, at=variable.at, container="env-file")


@dataclass(frozen=True, kw_only=True)
class MinioScript(Document):
    """A shell script that calls the client `mc`; `opened` are the rights it gives everybody, each with its place."""

    opened: tuple[tuple[str, Location], ...] = ()
    passwords: tuple[Assignment, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        yield from self.passwords


def read_script(source: Source) -> MinioScript:
    """Read the commands of a script that open buckets or log in; comments are left out."""
    found: list[tuple[str, Location]] = []
    passwords: list[Assignment] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        if not line.lstrip().startswith("#"):
            found += [
                (match[1], source.at(number, match.start() + 1, number, match.end()))
                for match in OPENS_BUCKET.finditer(line)
            ]
            passwords += [_password(source, number, match) for match in LOGS_IN.finditer(line)]
    return MinioScript(source=source, opened=tuple(found), passwords=tuple(passwords))


def _password(source: Source, number: int, match: "re.Match[str]") -> Assignment:
    """Return the password of a log-in; what the shell puts in is not known."""
    written = match["password"]
    value = written.strip("'\"")
    start = match.start("password") + written.index(value) + 1
    is_supplied = any(sign in value for sign in "$`{<")
    user = match["user"].strip("'\"")
    return Assignment(
        key="secret_key",
        value=Unknown("the shell supplies it") if is_supplied else value,
        at=source.at(number, start, number, max(start, start + len(value) - 1)),
        container="server-config",
        path=("mc", "alias"),
        server_secret=True,
        principal=None if "$" in user else user,
    )


def read_document(source: Source) -> MinioEnvironment:
    """Read the file; never raises."""
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    found: list[Variable] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.match(line)
        if match is not None:
            group = next((index for index in (2, 3, 4) if match[index] is not None), 4)
            at = source.at(number, match.start(group) + 1, number, max(match.end(group), match.start(group) + 1))
            found.append(Variable(name=match[1], value=settle(match[group], "a template expression"), at=at))
    return MinioEnvironment(
        source=source, variables=tuple(found), partial="" if text == source.text else "template expressions"
    )
