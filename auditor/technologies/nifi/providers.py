"""Authorizers, log-in identity providers and state providers, as NiFi's XML files define them.

NiFi creates every one of a file and uses the one that nifi.properties selects by its identifier
(`AuthorizerFactoryBean`, `LoginIdentityProviderFactoryBean` of NiFi 1.28.1 and 2.11.0).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from auditor.formats.properties_template import settle_value
from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.formats.xml import Element, parse_xml
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass

_KINDS = (
    "authorizer",
    "provider",
    "userGroupProvider",
    "accessPolicyProvider",
    "local-provider",
    "cluster-provider",
)
LDAP_LOGIN = "LdapProvider"
LDAP_USERS = "LdapUserGroupProvider"
SINGLE_USER = "SingleUserAuthorizer"
ZOOKEEPER_STATE = "ZooKeeperStateProvider"
_UNTOLD = Unknown("a template decides whether it is there")
_MOST_STEPS = 20
"""User group providers that others are composed of; more are no real configuration."""


@dataclass(frozen=True, kw_only=True)
class ProviderProperty:
    """A property of a provider; `at` covers its value, or its element where it is empty."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location
    encrypted: bool = False


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One entry of a file. `class_name` is the class without its package, `kind` the element's name."""

    kind: str
    identifier: str
    class_name: str
    at: Location
    properties: tuple[ProviderProperty, ...] = ()

    def property(self, name: str) -> ProviderProperty | None:
        """Return a property, None if there is none of that name."""
        return next((each for each in self.properties if each.name == name), None)

    def value(self, name: str) -> str | Unknown | None:
        """Return a property's value, None if there is none of that name."""
        found = self.property(name)
        return None if found is None else found.value

    def text(self, name: str) -> str | Unknown:
        """Return a property's value, "" if there is none of that name."""
        found = self.property(name)
        return "" if found is None else found.value

    def where(self, name: str) -> Location:
        """Return the place of a property's value, or of the provider."""
        found = self.property(name)
        return self.at if found is None else found.at

    def with_value(self, name: str, value: str | Unknown, at: Location) -> "Provider":
        """Return the provider with another value of a property that it has."""
        edited = tuple(replace(each, value=value, at=at) if each.name == name else each for each in self.properties)
        return replace(self, properties=edited)


@dataclass(frozen=True, kw_only=True)
class ProviderFile:
    """What a file holds. `readable` is False where nothing of it could be read."""

    providers: tuple[Provider, ...] = ()
    problems: tuple[Problem, ...] = ()
    partial: str = ""
    readable: bool = True

    def find(self, kind: str, identifier: str) -> Provider | Unknown | None:
        """Return the provider of an identifier, None if there is none; Unknown where a template may add some."""
        found = next((each for each in self.providers if each.kind == kind and each.identifier == identifier), None)
        if found is None and (self.partial or not self.readable):
            return Unknown("a part of the file is not known")
        return found

    def with_value(self, name: str, value: str | Unknown, at: Location) -> "ProviderFile":
        """Return the file with another value of a property in every provider that has it."""
        return replace(self, providers=tuple(each.with_value(name, value, at) for each in self.providers))


def read_providers(source: Source) -> ProviderFile:
    """Read a file or a template of one; never raises."""
    templated = is_templated(source.text)
    parsed = parse_xml(source, mask(source.text)[0] if templated else source.text)
    partial = "template expressions" if templated else ""
    if parsed.root is None:
        expected = parsed.fault.expected if parsed.fault is not None else "an element"
        at = parsed.fault.at if parsed.fault is not None else source.at()
        problem = Problem(at=at, message=f"expected {expected}")
        return ProviderFile(problems=() if templated else (problem,), partial=partial, readable=False)
    # Lines of the text, counted as in the file.
    conditional = frozenset(line + source.line - 1 for line in conditional_lines(source.text))
    providers = tuple(_provider(element, conditional) for element in parsed.root.children if element.name in _KINDS)
    return ProviderFile(providers=providers, partial=partial)


def _provider(element: Element, conditional: frozenset[int]) -> Provider:
    identifier = element.words("identifier") or element.words("id") or ""
    class_name = (element.words("class") or "").rpartition(".")[2]
    properties = tuple(_property(each, conditional) for each in element.named("property"))
    return Provider(
        kind=element.name, identifier=identifier, class_name=class_name, at=element.at, properties=properties
    )


def _property(element: Element, conditional: frozenset[int]) -> ProviderProperty:
    value = _UNTOLD if element.at.line in conditional else settle_value(element.text.strip())
    return ProviderProperty(
        name=element.get("name") or "",
        value=value,
        at=element.text_at or element.at,
        encrypted=bool((element.get("encryption") or "").strip()),
    )


def user_groups(authorizer: Provider, file: ProviderFile) -> Sequence[Provider] | Unknown:
    """Return the user group providers that an authorizer asks, composed ones among them."""
    policies = authorizer.value("Access Policy Provider")
    if not isinstance(policies, str):
        return policies if isinstance(policies, Unknown) else ()
    provider = file.find("accessPolicyProvider", policies)
    if not isinstance(provider, Provider):
        return provider if isinstance(provider, Unknown) else ()
    pending = [provider.value("User Group Provider")]
    found: dict[str, Provider] = {}
    while pending and len(found) < _MOST_STEPS:
        name = pending.pop(0)
        if name is None or name in found:
            continue
        each = name if isinstance(name, Unknown) else file.find("userGroupProvider", name)
        if isinstance(each, Unknown):
            return each
        if each is not None:
            found[each.identifier] = each
            pending.extend(_parts(each))
    return list(found.values())


def _parts(provider: Provider) -> Iterator[str | Unknown]:
    for each in provider.properties:
        if re.match(r"(?:Configurable )?User Group Provider\b", each.name):
            yield each.value
