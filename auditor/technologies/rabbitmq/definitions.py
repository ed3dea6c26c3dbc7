"""Users, permissions, policies and queues of exported definitions."""

from auditor.formats.tree import Mapping, Scalar
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.secret import Secret, seal
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .other_files import DefinitionsFile


@dataclass(frozen=True)
class BrokerUser:
    """A user: its tags, and how its password is kept; `password` is None where only a hash is written."""

    name: str
    tags: frozenset[str]
    password: Secret | None
    hashing: str
    at: Location

    @property
    def has_name_as_password(self) -> bool:
        return self.password is not None and self.password == seal(self.name)


@dataclass(frozen=True)
class Permission:
    """What a user may do in a virtual host, as regular expressions on names."""

    user: str
    vhost: str
    configure: str
    write: str
    read: str
    at: Location

    @property
    def is_everything(self) -> bool:
        return {self.configure, self.write, self.read} == {".*"}


@dataclass(frozen=True)
class Policy:
    """A policy with the keys of its definition."""

    name: str
    keys: frozenset[str]
    at: Location


@dataclass(frozen=True)
class Queue:
    """A declared queue."""

    name: str
    is_durable: bool
    at: Location


@dataclass(frozen=True, kw_only=True)
class RabbitDefinitions(Service):
    """Definitions that a broker imports, or that lie in the tree for one to import."""

    users: tuple[BrokerUser, ...] = ()
    permissions: tuple[Permission, ...] = ()
    policies: tuple[Policy, ...] = ()
    queues: tuple[Queue, ...] = ()

    def user(self, name: str) -> BrokerUser | None:
        """Return the user with this name."""
        return next((user for user in self.users if user.name == name), None)

    def is_administrator(self, name: str) -> bool:
        """Tell whether a user carries the tag administrator."""
        user = self.user(name)
        return user is not None and "administrator" in user.tags


def definitions_of(document: DefinitionsFile, component: str, origin: str) -> RabbitDefinitions:
    """Return the definitions of a file as a fact."""
    root = document.root
    return RabbitDefinitions(
        component=component,
        technology="rabbitmq",
        at=document.source.at(),
        origin=origin,
        consumed=frozenset([document.source.key]),
        users=tuple(_user(item) for item in _items(root, "users")),
        permissions=tuple(_permission(item) for item in _items(root, "permissions")),
        policies=tuple(_policy(item) for item in _items(root, "policies")),
        queues=tuple(
            Queue(_text(item, "name"), _text(item, "durable") != "false", _place(item, "durable"))
            for item in _items(root, "queues")
        ),
    )


def _items(root: Mapping, name: str) -> list[Mapping]:
    found = root.sequence(name)
    return list(found.mappings()) if found is not None else []


def _text(item: Mapping, name: str) -> str:
    return item.text(name) or ""


def _place(item: Mapping, name: str) -> Location:
    node = item.get(name)
    return node.at if node is not None else item.at


def _user(item: Mapping) -> BrokerUser:
    tags = item.get("tags")
    words = (
        (tags.text.split(",") if isinstance(tags, Scalar) else [])
        if not (sequence := item.sequence("tags"))
        else [scalar.text for scalar in sequence.scalars()]
    )
    written = item.scalar("password")
    value = written.value if written is not None else None
    return BrokerUser(
        name=_text(item, "name"),
        tags=frozenset(word.strip() for word in words if word.strip()),
        password=seal(value) if isinstance(value, str) and not isinstance(value, Unknown) else None,
        hashing=_text(item, "hashing_algorithm"),
        at=_place(item, "name"),
    )


def _permission(item: Mapping) -> Permission:
    return Permission(
        user=_text(item, "user"),
        vhost=_text(item, "vhost"),
        configure=_text(item, "configure"),
        write=_text(item, "write"),
        read=_text(item, "read"),
        at=_place(item, "configure"),
    )


def _policy(item: Mapping) -> Policy:
    definition = item.mapping("definition")
    return Policy(
        _text(item, "name"), frozenset(definition.keys()) if definition else frozenset(), _place(item, "name")
    )
