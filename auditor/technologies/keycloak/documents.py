"""Keycloak's files: realms as JSON, one object or a list of them, and keycloak.conf, a property file.

Source: Keycloak 26, server guides "Importing and exporting realms" (variables in braces are filled in; what the console
exports has its secrets replaced by asterisks) and "Configuring Keycloak" (formats).
"""

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Final

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.properties import Property
from auditor.formats.properties import parse as read_properties
from auditor.formats.template import is_templated, mask
from auditor.formats.tree import Mapping, Scalar, Sequence
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values, place_of
from auditor.technologies.document import Assignment, Document

FILLED_IN: Final = Unknown("the value is filled in when Keycloak starts")
_SECRETS: Final = frozenset({"secret", "clientSecret", "bindCredential", "privateKey"})
"""Keys under which a client, an identity provider, a directory and a key provider keep a secret."""
_TEXTS: Final = frozenset({"roles", "groups", "localizationTexts", "authenticationFlows", "protocolMappers"})
"""Parts of a realm that hold names and texts only."""


@dataclass(frozen=True, kw_only=True)
class RealmFile(Document):
    """The realms of a file."""

    realms: tuple[Mapping, ...] = field(repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield what is secret in clients, users, mail servers, identity providers and directories."""
        for realm in self.realms:
            yield from _of_clients(realm)
            yield from _of_users(realm)
            for key, node in realm:
                if key.text in _TEXTS or key.text in {"clients", "users"} or isinstance(node, Scalar):
                    continue
                for found in named_values(node, "server-config", (key.text,)):
                    if not _stands_elsewhere(found.value):
                        is_secret = found.key in _SECRETS or (key.text, found.key) == ("smtpServer", "password")
                        yield replace(found, server_secret=is_secret)
                yield from _listed(node, (key.text,))


@dataclass(frozen=True, kw_only=True)
class ServerConf(Document):
    """The options of a keycloak.conf in file order."""

    options: tuple[Property, ...] = field(repr=False)

    def assignments(self) -> Iterator[Assignment]:
        for option in self.options:
            value = value_of(option)
            if isinstance(value, str):
                yield Assignment(
                    key=option.key,
                    value=value,
                    at=option.value_at,
                    container="server-config",
                    path=("keycloak",),
                    server_secret=option.key.removeprefix("kc.").endswith("-password"),
                )


def value_of(option: Property) -> str | Unknown:
    """Return an option's value, Unknown where a variable or a template fills it in."""
    return FILLED_IN if "${" in option.value or HOLE in option.value else option.value


def read_document(source: Source) -> RealmFile | ServerConf:
    """Read whichever file it is, by its name.

    Raises:
        FormatError: it is meant as JSON and holds no object.
    """
    return _realms(source) if ".json" in source.file_name.lower() else _options(source)


def _options(source: Source) -> ServerConf:
    templated = is_templated(source.text)
    options, problems = read_properties(source, mask(source.text)[0] if templated else None)
    partial = "template expressions" if templated else ""
    return ServerConf(source=source, options=options, problems=problems, partial=partial)


def _realms(source: Source) -> RealmFile:
    templated = is_templated(source.text)
    text = source.text.removeprefix("\ufeff").replace("\t", " ")  # JSON may be indented by tabs, YAML may not
    roots = yaml.parse(replace(source, text=text), templated=templated)
    root = roots[0] if roots else None
    items = root.items if isinstance(root, Sequence) else [root]
    realms = tuple(item for item in items if isinstance(item, Mapping) and item.scalar("realm") is not None)
    if not realms:
        raise FormatError(source.at(), "expected a realm, an object with the key `realm`")
    return RealmFile(source=source, realms=realms, partial="template expressions" if templated else "")


def _stands_elsewhere(value: str | Unknown) -> bool:
    """Tell whether a value is a variable, a reference to a vault, or masked by the console's export."""
    return isinstance(value, str) and ("${" in value or not value.strip("*"))


def _of_clients(realm: Mapping) -> Iterator[Assignment]:
    clients = realm.sequence("clients")
    for client in clients.mappings() if clients is not None else ():
        secret, name = client.scalar("secret"), client.text("clientId")
        if secret is not None and not _stands_elsewhere(secret.value):
            yield Assignment(
                key="secret",
                value=secret.value,
                at=place_of(secret),
                container="server-config",
                path=("clients", name or ""),
                server_secret=True,
                principal=name,
            )


def _of_users(realm: Mapping) -> Iterator[Assignment]:
    """Yield passwords in clear; what Keycloak exports are hashes (`secretData`)."""
    users = realm.sequence("users")
    for user in users.mappings() if users is not None else ():
        credentials, name = user.sequence("credentials"), user.text("username")
        for credential in credentials.mappings() if credentials is not None else ():
            value = credential.scalar("value")
            is_password = credential.text("type") in {None, "password"} and credential.get("hashIterations") is None
            if value is not None and is_password and not _stands_elsewhere(value.value):
                yield Assignment(
                    key="password",
                    value=value.value,
                    at=place_of(value),
                    container="server-config",
                    path=("users", name or ""),
                    server_secret=True,
                    principal=name,
                )


def _listed(node: object, path: tuple[str, ...]) -> Iterator[Assignment]:
    """Yield secrets of components, whose values are lists of one text (`"bindCredential": ["…"]`)."""
    if isinstance(node, Sequence):
        for item in node:
            yield from _listed(item, path)
    elif isinstance(node, Mapping):
        for key, value in node:
            if key.text in _SECRETS and isinstance(value, Sequence):
                for item in value.scalars():
                    if not item.is_null and not _stands_elsewhere(item.value):
                        yield Assignment(
                            key=key.text,
                            value=item.value,
                            at=place_of(item),
                            container="server-config",
                            path=path,
                            server_secret=True,
                        )
            else:
                yield from _listed(value, (*path, key.text))
