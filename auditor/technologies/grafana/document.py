"""Grafana's files: grafana.ini, lists of data sources that it is given at start, ldap.toml."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field
from itertools import pairwise

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.sections import Entry as TomlEntry
from auditor.formats.sections import read_sections
from auditor.formats.template import is_templated, mask
from auditor.formats.tree import Mapping, Scalar
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown, settle
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values
from auditor.technologies.document import Assignment, Document

from .ini import IniText, read_ini
from .names import is_secret

EXPANDED = lazy(r"\$(?P<kind>|__\w{1,60})\{(?P<word>[^}]{1,300})\}")
"""What Grafana fills in: `${NAME}`, `$__env{NAME}`, `$__file{path}`, `$__vault{…}` (expanders.go of Grafana 11)."""
_SERVER = lazy(r"[ \t]*\[\[[ \t]*servers[ \t]*\]\][ \t\r]*(?:#.*)?")
_FILLED_IN = Unknown("the value is filled in when Grafana starts")


@dataclass(frozen=True, kw_only=True)
class GrafanaIni(Document):
    """The assignments of a grafana.ini."""

    ini: IniText

    def assignments(self) -> Iterator[Assignment]:
        users = {entry.name: entry.value for entry in self.ini.entries}
        for entry in self.ini.entries:
            if isinstance(entry.value, str) and EXPANDED.search(entry.value):
                continue  # it stands elsewhere
            *path, key = entry.name.split(".")
            user = users.get(".".join([*path, "admin_user" if key == "admin_password" else "user"]))
            yield Assignment(
                key=key,
                value=entry.value,
                at=entry.at,
                container="server-config",
                path=("grafana", *path),
                server_secret=is_secret(entry.name),
                principal=user if isinstance(user, str) and is_secret(entry.name) else None,
            )


@dataclass(frozen=True, kw_only=True)
class DataSourceFile(Document):
    """A file of `provisioning/datasources`."""

    root: Mapping = field(repr=False)

    def assignments(self) -> Iterator[Assignment]:
        for found in named_values(self.root, "server-config"):
            is_filled_in = isinstance(found.value, str) and found.value.startswith("$")
            if "secureJsonData" in found.path and not is_filled_in:
                yield Assignment(
                    key=found.key,
                    value=found.value,
                    at=found.at,
                    container=found.container,
                    path=found.path,
                    server_secret=True,
                )
            elif not is_filled_in:
                yield found


@dataclass(frozen=True, kw_only=True)
class LdapToml(Document):
    """An ldap.toml: for each `[[servers]]` the line of its header and its own keys."""

    servers: tuple[tuple[int, tuple[TomlEntry, ...]], ...]

    def assignments(self) -> Iterator[Assignment]:
        for _, entries in self.servers:
            principal = next((entry.value for entry in entries if entry.key == "bind_dn"), None)
            for entry in entries:
                if entry.key in {"bind_password", "client_key"} and not EXPANDED.search(entry.value):
                    yield Assignment(
                        key=entry.key,
                        value=settle(entry.value, "a template expression"),
                        at=entry.at,
                        container="server-config",
                        path=("grafana", "ldap", "servers"),
                        server_secret=entry.key == "bind_password",
                        principal=principal,
                    )


def read_document(source: Source) -> GrafanaIni | DataSourceFile | LdapToml:
    """Read whichever file it is, by its name.

    Raises:
        FormatError: it is meant as YAML and is none.
    """
    name = source.file_name.lower()
    if ".toml" in name:
        return _ldap(source)
    return _data_sources(source) if ".yml" in name or ".yaml" in name else read_settings(source)


def read_settings(source: Source) -> GrafanaIni:
    """Read a grafana.ini, whatever its name."""
    ini = read_ini(source)
    partial = "template expressions" if is_templated(source.text) else ""
    return GrafanaIni(source=source, ini=ini, problems=ini.problems, partial=partial)


def _data_sources(source: Source) -> DataSourceFile:
    nodes = [node for node in yaml.parse(source) if isinstance(node, Mapping)]
    if not nodes:
        raise FormatError(source.at(), "expected a mapping with a list of datasources")
    return DataSourceFile(
        source=source, root=nodes[0], partial="template expressions" if is_templated(source.text) else ""
    )


def _ldap(source: Source) -> LdapToml:
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    lines = [number for number, line in enumerate(text.split("\n"), 1) if _SERVER.fullmatch(line)]
    entries = [entry for entry in read_sections(source, text) if entry.path == ("servers",)]
    shift = source.at().line - 1
    starts = [bisect_right(entries, line + shift, key=lambda entry: entry.at.line) for line in lines]
    servers = [
        (line, tuple(entries[start:end]))
        for line, (start, end) in zip(lines, pairwise([*starts, len(entries)]), strict=True)
    ]
    return LdapToml(
        source=source, servers=tuple(servers), partial="" if text == source.text else "template expressions"
    )


def text_of(scalar: Scalar | None) -> str | Unknown | None:
    """Return what a data source's key says; what a variable fills in is not known."""
    if scalar is None:
        return None
    if HOLE in scalar.text:
        return scalar.value
    return _FILLED_IN if "$" in scalar.text.replace("$$", "") else scalar.text
