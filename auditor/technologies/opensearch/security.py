"""What the security plugin's files say: users, roles, mappings, ways to log in, auditing.

Sources: OpenSearch documentation 2.x, "Modifying the YAML files" and "Configuring the Security backend"; ConfigV7.java
and AuditConfig.java of the security plugin (defaults). The files fill the security index when it is made; whoever
changes the index later, by Dashboards or the REST interface, makes them differ from what is in force.
"""

from collections.abc import Iterator
from dataclasses import field
from hashlib import sha256
from typing import Final

from auditor.formats.tree import Mapping, Scalar, Sequence
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

_PUBLISHED: Final = frozenset(
    {
        "9c339f8052ce28c2b9b696431e1e7437c722d4adfaaa060e638cba4a19c5a1ba",
        "2b3a4f874733f0c60b01d8bb199050f3b40a1ac807a96ad1a7dd11700a1df59c",
        "120d5cdc276d808d15907323990e8b857011f9aa8010641df30b78f4402cedfb",
        "17cf354cf41d50c96ef72fb9ca497bd782e6755e6b64508f52858ce4ebb6b759",
        "ea208c6cb448912bf54fd24550faf3a90aa12241c1a0ffc7299d8df7d2968eb9",
        "360920e22aaf8004fba667d3be06e82c77aea81d11297cb5ce914882aa11cf0d",
        "eba46516b5f9d294ea2be9b7757e38df4729e277f6d4797ef68e8190654f4b46",
    }
)
"""SHA-256 of the password hashes in the plugin's own internal_users.yml (Open Distro 0.7 to OpenSearch 3.x)."""
_TEMPLATE: Final = "a template expression supplies it"


@dataclass(frozen=True, kw_only=True)
class SecurityFacts(Service):
    """Base of what one file of the plugin says."""


@dataclass(frozen=True, kw_only=True)
class InternalUser:
    """A user of the plugin's own database. `is_published` tells whether the password is the one that comes with it."""

    name: str
    is_published: bool | Unknown
    is_administrator: bool
    at: Location


@dataclass(frozen=True, kw_only=True)
class InternalUsers(SecurityFacts):
    """internal_users.yml."""

    users: tuple[InternalUser, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RoleMapping:
    """Who gets a role: user names, backend roles and hosts, wildcards among them."""

    role: str
    users: tuple[str, ...]
    backend_roles: tuple[str, ...]
    hosts: tuple[str, ...]
    at: Location


@dataclass(frozen=True, kw_only=True)
class RoleMappings(SecurityFacts):
    """roles_mapping.yml."""

    mappings: tuple[RoleMapping, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role. `indices` are pairs of an index pattern and an action that it allows there."""

    name: str
    indices: tuple[tuple[str, str], ...]
    at: Location


@dataclass(frozen=True, kw_only=True)
class Roles(SecurityFacts):
    """roles.yml."""

    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AuthDomain:
    """A way to log in that the REST interface takes; `kind` is basic, proxy or clientcert, `backend` intern or ldap."""

    name: str
    kind: str
    backend: str
    at: Location
    config: Mapping | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class SecuritySettings(SecurityFacts):
    """config.yml."""

    root: Mapping = field(repr=False)

    def flag(self, *path: str, default: bool = False) -> bool | Unknown:
        """Return a true/false value below `config.dynamic`."""
        full = ("config", "dynamic", *path)
        node = self.root.scalar(*full)
        if node is None:
            return Unknown(_TEMPLATE) if self.root.is_open_at(*full) else default
        return flag_of(node, default=default)

    def text(self, *path: str) -> str | Unknown | None:
        """Return a text below `config.dynamic`, None if it is not there."""
        full = ("config", "dynamic", *path)
        node = self.root.scalar(*full)
        if node is None:
            return Unknown(_TEMPLATE) if self.root.is_open_at(*full) else None
        return node.value

    def place(self, *path: str) -> Location:
        """Return the place of what stands below `config.dynamic`, or of the file."""
        node = self.root.get("config", "dynamic", *path)
        return node.at if node is not None else self.at

    @property
    def domains(self) -> tuple[AuthDomain, ...]:
        """The ways to log in that are on for the REST interface (`http_enabled` is true by default)."""
        found: list[AuthDomain] = []
        authc = self.root.mapping("config", "dynamic", "authc")
        for key, node in authc or ():
            if isinstance(node, Mapping) and flag_of(node.scalar("http_enabled"), default=True) is True:
                found.append(
                    AuthDomain(
                        name=key.text,
                        kind=node.text("http_authenticator", "type") or "",
                        backend=node.text("authentication_backend", "type") or "intern",
                        at=key.at,
                        config=node.mapping("authentication_backend", "config"),
                    )
                )
        return tuple(found)

    @property
    def limits_logins(self) -> bool | Unknown:
        """Whether something slows down repeated wrong passwords (`auth_failure_listeners`)."""
        found = self.root.mapping("config", "dynamic", "auth_failure_listeners")
        if found is not None:
            return bool(len(found))
        return Unknown(_TEMPLATE) if self.root.is_open_at("config", "dynamic", "auth_failure_listeners") else False


@dataclass(frozen=True, kw_only=True)
class AuditSettings(SecurityFacts):
    """audit.yml."""

    root: Mapping = field(repr=False)

    def flag(self, *path: str, default: bool) -> bool | Unknown:
        """Return a true/false value below `config`."""
        node = self.root.scalar("config", *path)
        if node is None:
            return Unknown(_TEMPLATE) if self.root.is_open_at("config", *path) else default
        return flag_of(node, default=default)

    def words(self, *path: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return a list below `config`."""
        found = self.root.sequence("config", *path)
        return tuple(item.text for item in found.scalars()) if found is not None else default

    @property
    def watches_reads(self) -> bool | Unknown:
        """Whether reads of some fields are recorded (`compliance.read_watched_fields`)."""
        found = self.root.mapping("config", "compliance", "read_watched_fields")
        if found is None or not len(found):
            return Unknown(_TEMPLATE) if self.root.is_open_at("config", "compliance", "read_watched_fields") else False
        return self.flag("compliance", "enabled", default=True)

    def place(self, *path: str) -> Location:
        """Return the place of what stands below `config`, or of the file."""
        node = self.root.get("config", *path)
        return node.at if node is not None else self.at


def flag_of(node: Scalar | None, *, default: bool) -> bool | Unknown:
    """Return the truth of a scalar, `default` where there is none."""
    if node is None:
        return default
    if isinstance(node.value, Unknown):
        return node.value
    return node.text.lower() == "true"


def users_of(root: Mapping) -> Iterator[InternalUser]:
    """Yield the users of internal_users.yml."""
    for key, node in root:
        if key.text.startswith("_") or not isinstance(node, Mapping):
            continue
        written = node.scalar("hash")
        published: bool | Unknown = False
        if written is not None and isinstance(written.value, Unknown):
            published = written.value
        elif written is not None:
            published = sha256(written.text.encode("utf-8", "surrogatepass")).hexdigest() in _PUBLISHED
        roles = {*_texts(node, "backend_roles"), *_texts(node, "opendistro_security_roles")}
        yield InternalUser(
            name=key.text,
            is_published=published,
            is_administrator=bool(roles & {"admin", "all_access"}),
            at=written.at if written is not None else key.at,
        )


def mappings_of(root: Mapping) -> Iterator[RoleMapping]:
    """Yield the entries of roles_mapping.yml."""
    for key, node in root:
        if not key.text.startswith("_") and isinstance(node, Mapping):
            yield RoleMapping(
                role=key.text,
                users=_texts(node, "users"),
                backend_roles=_texts(node, "backend_roles"),
                hosts=_texts(node, "hosts"),
                at=key.at,
            )


def roles_of(root: Mapping) -> Iterator[Role]:
    """Yield the roles of roles.yml."""
    for key, node in root:
        if key.text.startswith("_") or not isinstance(node, Mapping):
            continue
        permissions = node.sequence("index_permissions")
        pairs = tuple(
            (pattern, action)
            for item in (permissions.mappings() if permissions is not None else ())
            for pattern in _texts(item, "index_patterns")
            for action in _texts(item, "allowed_actions")
        )
        yield Role(name=key.text, indices=pairs, at=key.at)


def _texts(mapping: Mapping, key: str) -> tuple[str, ...]:
    node = mapping.get(key)
    if isinstance(node, Scalar) and not node.is_null:
        return (node.text,)
    return tuple(item.text for item in node.scalars()) if isinstance(node, Sequence) else ()
