"""IIS and the applications in it, as facts.

An `Iis` is either a server (applicationHost.config) or one application (a web.config with those below it).
Sources: see `defaults` and `scope`; for sites, bindings and pools "IIS 10 configuration reference",
system.applicationHost.
"""

import ipaddress
from collections.abc import Iterator
from dataclasses import field

from auditor.formats.xml import Element
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .document import known_text
from .scope import Scope, Value

NO_SITES = Unknown("applicationHost.config is not in the scanned files")
_RULES = ("globalRules", "rules")
NO_CONTENT = Unknown("the site's web.config is not in the scanned files")


@dataclass(frozen=True)
class Binding:
    """An address that a site answers on: `bindingInformation` is address, port and host name."""

    element: Element = field(repr=False)

    @property
    def at(self) -> Location:
        return self.element.at

    @property
    def protocol(self) -> str:
        return (self.element.get("protocol") or "").lower()

    @property
    def port(self) -> str:
        return self._information.rpartition(":")[0].rpartition(":")[2]

    @property
    def _information(self) -> str:
        return self.element.get("bindingInformation") or ""

    @property
    def is_local(self) -> bool:
        """Whether it listens on a loopback address; a host name of `localhost` alone keeps nobody out."""
        address = self._information.rpartition(":")[0].rpartition(":")[0].strip("[]")
        try:
            return ipaddress.ip_address(address).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site of a server. `content` is what is in force at its root, Unknown where its web.config is not scanned."""

    element: Element = field(repr=False)
    defaults: tuple[Element, ...] = field(default=(), repr=False)
    content: Scope | Unknown = field(repr=False)
    server: Scope = field(repr=False)
    """What applicationHost.config alone sets for the site."""

    @property
    def name(self) -> str:
        return self.element.get("name") or "a site"

    @property
    def at(self) -> Location:
        return self.element.at

    @property
    def starts(self) -> bool:
        """Whether it is started with the server; an administrator may start it by hand all the same."""
        return (self.element.get("serverAutoStart") or "true").lower() != "false"

    @property
    def bindings(self) -> tuple[Binding, ...]:
        return tuple(Binding(each) for group in self.element.named("bindings") for each in group.named("binding"))

    def speaks(self, *protocols: str) -> list[Binding]:
        """Return the bindings of these protocols that other hosts reach."""
        return [each for each in self.bindings if each.protocol in protocols and not each.is_local]

    @property
    def sends_to_https(self) -> bool | Unknown:
        """Whether what comes over http is redirected or refused.

        Unknown where the site's web.config is not scanned, unless the site has no https to lead to.
        """
        redirect, _ = self.get("hsts", "redirectHttpToHttps", "false")
        enabled, _ = self.get("hsts", "enabled", "false")
        if isinstance(redirect, Unknown):
            return redirect
        if isinstance(enabled, Unknown):
            return enabled
        if redirect.lower() == "true" and enabled.lower() == "true":
            return True
        if isinstance(self.content, Unknown):
            if _leads_to_https(self.server) is True:
                return True
            return self.content if self.speaks("https") else False
        return _leads_to_https(self.content)

    def get(self, path: str, attribute: str, default: str) -> tuple[str | Unknown, Location]:
        """Return an attribute below the site, else below `siteDefaults`, else `default`, with its place."""
        at = self.at
        for start in (self.element, *self.defaults):
            found = start.first(*path.split("/"))
            if found is not None and start is self.element:
                at = found.at
            written = found.attribute(attribute) if found is not None else None
            if written is not None:
                return known_text(written.value), written.at
        return default, at


def _leads_to_https(scope: Scope) -> bool | Unknown:
    flags = scope.value("system.webServer/security/access", "sslFlags").lower
    target = scope.value("system.webServer/httpRedirect", "destination").lower
    enabled = scope.value("system.webServer/httpRedirect", "enabled").lower
    for value in (flags, target, enabled):
        if isinstance(value, Unknown):
            return value
    if "ssl" in [flag.strip() for flag in str(flags).split(",")]:
        return True
    if enabled == "true" and str(target).startswith("https:"):
        return True
    rules = [
        item.element for name in _RULES for item in scope.items(f"system.webServer/rewrite/{name}", "name", "rule")
    ]
    return any(_redirects(rule) for rule in rules)


def _redirects(rule: Element) -> bool:
    action = rule.first("action")
    if action is None or (rule.get("enabled") or "").lower() == "false":
        return False
    if (action.get("type") or "").lower() in {"customresponse", "abortrequest"}:
        return any((each.get("input") or "").upper() == "{HTTPS}" for each in rule.walk())
    return (action.get("type") or "").lower() == "redirect" and (action.get("url") or "").lower().startswith("https:")


@dataclass(frozen=True, kw_only=True)
class Pool:
    """An application pool and the account its processes run as (ApplicationPoolIdentity by default, IIS 7.5)."""

    name: str
    identity: str | Unknown
    at: Location


@dataclass(frozen=True, kw_only=True)
class Iis(Service):
    """A server, or one application of it. `sites` and `pools` are Unknown for an application."""

    scopes: tuple[Scope, ...] = field(default=(), repr=False)
    sites: tuple[Site, ...] | Unknown = field(default=NO_SITES, repr=False)
    pools: tuple[Pool, ...] | Unknown = field(default=NO_SITES, repr=False)
    retail: bool | Unknown = False
    """Whether `<deployment retail="true"/>` of machine.config overrules debug, trace and customErrors."""

    @property
    def is_server(self) -> bool:
        return not isinstance(self.sites, Unknown)

    @property
    def top(self) -> Scope:
        """The whole application or server."""
        return self.scopes[0]

    def name_of(self, scope: Scope) -> str:
        """Return a scope's path as a sentence names it."""
        if scope is self.top:
            return "every site" if self.is_server else "the site"
        return scope.path if self.is_server else f"/{scope.path}"

    def values(self, section: str, attribute: str) -> Iterator[Value]:
        """Yield an attribute once for each path that decides it; values that are not known come last.

        What an outer file sets is that server's and not yielded for the application. Of ASP.NET's sections nothing is
        yielded for a server.
        """
        if self.is_server and section.startswith("system.web/"):
            return
        found: list[Value] = []
        for scope in self.scopes:
            value = scope.value(section, attribute)
            if value.layer is None:
                if scope is self.top:
                    found.append(value)
            elif value.layer.is_own and value.layer.path == scope.path:
                found.append(value)
        yield from sorted(found, key=lambda value: isinstance(value.text, Unknown))

    def written(self, section: str, attribute: str) -> Iterator[Value]:
        """Yield of `values` those that a file sets."""
        return (value for value in self.values(section, attribute) if value.layer is not None)

    def elements(self, section: str) -> Iterator[tuple[Scope, Element]]:
        """Yield the own elements of a section with the scope they belong to."""
        for scope in self.scopes:
            for layer, element in scope.elements(section):
                if layer.is_own and layer.path == scope.path:
                    yield scope, element

    def headers(self, scope: Scope) -> dict[str, Element]:
        """Return the headers that are added to every answer of a path, by name in lower case."""
        return {item.key: item.element for item in scope.items("system.webServer/httpProtocol/customHeaders", "name")}
