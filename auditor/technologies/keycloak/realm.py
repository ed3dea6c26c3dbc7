"""A realm: rules for passwords, tokens and sessions, and its clients.

Defaults: Keycloak 26, `RealmManager.setupRealmDefaults` and `DefaultExportImportManager.importRealm` (what a realm has
where the imported file does not say), `JpaRealmProvider.addClient` (a client has the standard flow unless told
otherwise); the same since 17.
"""

from collections.abc import Mapping as Defaults
from dataclasses import field
from typing import Final

from auditor.formats.tree import Mapping, Scalar
from auditor.model.location import Location
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured

from .documents import FILLED_IN, RealmFile
from .flows import asks_for_second_factor

_SOURCE: Final = "Keycloak 26, RealmManager and DefaultExportImportManager"
_DEFAULTS: Final[Defaults[str, str]] = {
    "passwordPolicy": "",
    "bruteForceProtected": "false",
    "permanentLockout": "false",
    "failureFactor": "30",
    "sslRequired": "external",
    "accessTokenLifespan": "300",
    "accessTokenLifespanForImplicitFlow": "900",
    "ssoSessionIdleTimeout": "1800",
    "ssoSessionMaxLifespan": "36000",
    "ssoSessionIdleTimeoutRememberMe": "0",
    "ssoSessionMaxLifespanRememberMe": "0",
    "offlineSessionMaxLifespanEnabled": "false",
    "rememberMe": "false",
    "revokeRefreshToken": "false",
    "registrationAllowed": "false",
    "registrationEmailAsUsername": "false",
    "verifyEmail": "false",
    "duplicateEmailsAllowed": "false",
    "eventsEnabled": "false",
    "adminEventsEnabled": "false",
}
_OWN_CLIENTS: Final = frozenset(
    {"account", "account-console", "admin-cli", "broker", "realm-management", "security-admin-console"}
)
"""Clients that every realm has."""
_LISTENERS: Final = frozenset({"jboss-logging", "email"})
_DIRECTORY: Final = "org.keycloak.storage.UserStorageProvider"


@dataclass(frozen=True, kw_only=True)
class Client:
    """A client of a realm that speaks OpenID Connect. `at` is its name's place."""

    name: str
    at: Location
    node: Mapping = field(repr=False, compare=False)

    def is_on(self, key: str, *, default: bool = False) -> bool | Unknown:
        """Return a switch."""
        return _truth(self.node.scalar(key), default=default)

    def where(self, *path: str) -> Location:
        """Return the place of a value, of the client where it has none."""
        node = self.node.get(*path)
        return node.at if node is not None else self.at

    def texts(self, key: str) -> tuple[Scalar, ...]:
        """Return the items of a list."""
        found = self.node.sequence(key)
        return tuple(found.scalars()) if found is not None else ()

    def attribute(self, name: str) -> str | Unknown:
        """Return an attribute, empty where it is not set."""
        attributes = self.node.mapping("attributes")
        return _text(attributes.scalar(name) if attributes is not None else None) or ""

    @property
    def redirects(self) -> bool | Unknown:
        """Whether Keycloak sends browsers back to it with a code or a token."""
        standard, implicit = self.is_on("standardFlowEnabled", default=True), self.is_on("implicitFlowEnabled")
        if True in (standard, implicit):
            return True
        return next((answer for answer in (standard, implicit) if isinstance(answer, Unknown)), False)


@dataclass(frozen=True, kw_only=True)
class KeycloakRealm(Configured):
    """A realm. Settings are named like the keys of its JSON; `clients` are its own, without Keycloak's.

    `second_factor` tells whether everybody needs one. `listeners` get its events. `has_directory` tells whether users
    come from LDAP or another store, which has rules of its own for passwords.
    """

    name: str
    clients: tuple[Client, ...] = ()
    second_factor: bool | Unknown = False
    listeners: tuple[str, ...] = ()
    has_directory: bool = False

    def is_on(self, name: str) -> bool | Unknown:
        """Return a switch."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value == "true"

    def seconds(self, name: str) -> int | Unknown:
        """Return a time span in seconds."""
        found = self.number(name)
        return found if found is not None else Unknown(f"{name} is no number")

    @property
    def policies(self) -> Defaults[str, str] | Unknown:
        """The rules for passwords with their values, for example `{"length": "12", "notUsername": ""}`.

        Source: `PasswordPolicy.parse` of Keycloak 26: rules are joined by ` and `, values stand in parentheses.
        """
        written = self.text("passwordPolicy")
        if isinstance(written, Unknown):
            return written
        if self.has_directory:
            return Unknown("users come from a directory, which has rules of its own")
        rules: dict[str, str] = {}
        for rule in (written or "").split(" and "):
            name, _, value = rule.partition("(")
            rules[name.strip()] = value.removesuffix(")").strip()
        rules.pop("", None)
        return rules

    @property
    def has_other_listener(self) -> bool:
        """Whether events go to a listener that is not one of Keycloak's own."""
        return not _LISTENERS.issuperset(self.listeners)


def realms_of(file: RealmFile, component: str, origin: str) -> tuple[KeycloakRealm, ...]:
    """Return the realms of a file that are in use: a disabled one lets nobody log in."""
    return tuple(
        _realm(node, file, component, origin)
        for node in file.realms
        if _truth(node.scalar("enabled"), default=False) is not False
    )


def _realm(node: Mapping, file: RealmFile, component: str, origin: str) -> KeycloakRealm:
    settings = Settings(Setting(name, value, Origin.DEFAULT, None, _SOURCE) for name, value in _DEFAULTS.items())
    for name in _DEFAULTS:
        scalar = node.scalar(name)
        value = _text(scalar)
        if scalar is not None and value is not None:
            settings.set(Setting(name, value, Origin.FILE, scalar.at))
    listed = node.sequence("clients")
    listeners = node.sequence("eventsListeners")
    at = node.scalar("realm") or node
    return KeycloakRealm(
        component=component,
        technology="keycloak",
        at=at.at,
        origin=origin,
        version=node.text("keycloakVersion"),
        settings=settings,
        consumed=frozenset([file.source.key]),
        incomplete="a template puts in keys" if node.open else "",
        in_container=origin != "file",
        name=node.text("realm") or "realm",
        clients=tuple(
            Client(name=name, at=(client.scalar("clientId") or client).at, node=client)
            for client in (listed.mappings() if listed is not None else ())
            if (name := client.text("clientId") or "") not in _OWN_CLIENTS
            and (client.text("protocol") or "openid-connect") == "openid-connect"
            and _truth(client.scalar("enabled"), default=True) is not False
            and _truth(client.scalar("bearerOnly"), default=False) is not True
        ),
        second_factor=asks_for_second_factor(node),
        listeners=tuple(item.text for item in listeners.scalars()) if listeners is not None else (),
        has_directory=node.get("components", _DIRECTORY) is not None or bool(node.sequence("userFederationProviders")),
    )


def _text(scalar: Scalar | None) -> str | Unknown | None:
    if scalar is None:
        return None
    return FILLED_IN if "${" in scalar.text or HOLE in scalar.text else scalar.text


def _truth(scalar: Scalar | None, *, default: bool) -> bool | Unknown:
    value = _text(scalar)
    if value is None:
        return default
    return value if isinstance(value, Unknown) else value == "true"
