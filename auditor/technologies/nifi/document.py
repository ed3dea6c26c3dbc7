"""A file of NiFi: properties, the options of its start, or the XML that defines authorizers and log-in providers."""

import re
from collections.abc import Iterator

from auditor.formats.properties import Property
from auditor.formats.properties_template import PropertyFile, read, settle_value
from auditor.model.fact import Problem
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document
from auditor.technologies.recognition.nifi import BOOTSTRAP, PROPERTIES, kind_of

from .parameters import SECRETS
from .providers import Provider, read_providers

_ENDING = ".protected"
_OPTION = lazy(r"-D(?P<name>[\w.]*(?:password|passwd|secret)[\w.]*)=(?P<value>\S+)", re.I)
_SECRET_NAME = lazy(r".*(?:password|passwd|secret)", re.I)


@dataclass(frozen=True, kw_only=True)
class NiFiProperties(Document):
    """nifi.properties, nifi-registry.properties or bootstrap.conf, told apart by `kind`."""

    kind: str
    content: PropertyFile

    def assignments(self) -> Iterator[Assignment]:
        """Yield the passwords and keys that are not encrypted (`key.protected` names the method of those that are)."""
        encrypted = encrypted_keys(self.content)
        for each in self.content.properties:
            if each.key in encrypted:
                continue
            if self.kind == BOOTSTRAP and each.key.startswith("java.arg."):
                yield from _options(each)
            elif SECRETS.fullmatch(each.key) or _SECRET_NAME.fullmatch(each.key):
                value = self.content.value(each)
                yield Assignment(
                    key=each.key, value=value, at=each.value_at, container="server-config", server_secret=True
                )


def encrypted_keys(content: PropertyFile) -> frozenset[str]:
    """Return the keys whose value the tool encrypt-config encrypted, by the sibling `<key>.protected`."""
    return frozenset(
        each.key.removesuffix(_ENDING)
        for each in content.properties
        if each.key.endswith(_ENDING) and each.value.strip()
    )


def _options(each: Property) -> Iterator[Assignment]:
    for match in _OPTION.finditer(each.value):
        at = each.part(match.start("value"), match.end("value"))
        yield Assignment(
            key=match["name"],
            value=settle_value(match["value"]),
            at=at,
            container="server-config",
            path=(each.key,),
            server_secret=True,
        )


@dataclass(frozen=True, kw_only=True)
class NiFiProviders(Document):
    """authorizers.xml, login-identity-providers.xml, identity-providers.xml or state-management.xml."""

    providers: tuple[Provider, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        for provider in self.providers:
            for each in provider.properties:
                if each.encrypted or not _SECRET_NAME.fullmatch(each.name):
                    continue
                yield Assignment(
                    key=each.name,
                    value=each.value,
                    at=each.at,
                    container="server-config",
                    path=(provider.identifier,),
                    server_secret=True,
                    principal=_principal(provider),
                )


def _principal(provider: Provider) -> str | None:
    """Return whom the provider's password logs in, None if it does not tell."""
    named = (provider.value(name) for name in ("Manager DN", "Username"))
    return next((each for each in named if isinstance(each, str) and each), None)


def parse_document(source: Source) -> NiFiProperties | NiFiProviders:
    """Read a file; a text that is no XML becomes a problem."""
    kind = kind_of(source.file_name.lower(), source.text) or PROPERTIES
    if ".xml" in source.file_name.lower():
        found = read_providers(source)
        problems: tuple[Problem, ...] = found.problems
        return NiFiProviders(source=source, providers=found.providers, problems=problems, partial=found.partial)
    content = read(source)
    return NiFiProperties(source=source, kind=kind, content=content, problems=content.problems, partial=content.partial)


def value_in_force(content: PropertyFile, each: Property, encrypted: frozenset[str]) -> str | Unknown:
    """Return what NiFi reads of an assignment: the text without blanks around it."""
    return Unknown("the value is encrypted in the file") if each.key in encrypted else content.value(each)
