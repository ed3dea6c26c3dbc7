"""What somebody may want of a Solr server, as requests that stand for it."""

from collections.abc import Iterator
from typing import Final

from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .permissions import NO_COLLECTION, Request, Rules, Whom

_OTHER: Final = "\x00any other"
"""Stands for a collection that no permission names."""
_MOST_COLLECTIONS: Final = 30
"""Collections with permissions of their own that are looked at; each is asked for every action."""
_WIDE: Final = frozenset({Whom.ANYBODY, Whom.NOT_GOVERNED, Whom.EVERY_USER})


@dataclass(frozen=True)
class Action:
    """A kind of access: its name in a message, the predefined permission, and the paths and methods that do it."""

    name: str
    permission: str
    paths: tuple[str, ...]
    methods: tuple[str, ...]
    of_collection: bool = False
    parameter: str = ""
    """A value of the parameter `action`."""

    def requests(self, collections: tuple[str, ...]) -> Iterator[Request]:
        """Yield what a client may send for it."""
        params = {"action": self.parameter} if self.parameter else {}
        for collection in collections if self.of_collection else (NO_COLLECTION,):
            for path in self.paths:
                for method in self.methods:
                    yield Request(
                        path=path, permission=self.permission, collection=collection, method=method, params=params
                    )


READ: Final = Action("read records", "read", ("/select", "/get", "/export"), ("GET", "POST"), of_collection=True)
UPDATE: Final = Action("write and delete records", "update", ("/update",), ("POST",), of_collection=True)
RECORDS: Final = (READ, UPDATE)
SECURITY: Final = (
    Action(
        "change users and permissions", "security-edit", ("/admin/authentication", "/admin/authorization"), ("POST",)
    ),
    Action("list users and permissions", "security-read", ("/admin/authentication", "/admin/authorization"), ("GET",)),
)
ADMINISTRATION: Final = (
    Action("change the configuration of collections", "config-edit", ("/config",), ("POST",), of_collection=True),
    Action("change the schema", "schema-edit", ("/schema",), ("POST",), of_collection=True),
    Action("create and remove cores", "core-admin-edit", ("/admin/cores",), ("GET", "POST"), parameter="UNLOAD"),
    Action("delete collections", "collection-admin-edit", ("/admin/collections",), ("GET", "POST"), parameter="DELETE"),
)
ALL: Final = (*RECORDS, *SECURITY, *ADMINISTRATION)


@dataclass(frozen=True)
class Open:
    """An action that more people than some roles can do, and the widest of whom; `where` names the collection."""

    action: Action
    whom: Whom
    where: str = ""

    def __str__(self) -> str:
        return f"{self.action.name}{self.where}"


def open_actions(rules: Rules | None, actions: tuple[Action, ...]) -> Iterator[Open | Unknown]:
    """Yield the actions that are not kept for named roles; without rules every one is open to whoever gets in."""
    if rules is None:
        yield from (Open(action, Whom.NOT_GOVERNED) for action in actions)
        return
    named = {name for each in rules.permissions for name in each.collections if name not in {None, "*"}}
    own = sorted(name for name in named if name is not None)
    for action in actions:
        yield from _open_ways(rules, action, (_OTHER, *own[:_MOST_COLLECTIONS]))
    if len(own) > _MOST_COLLECTIONS:
        yield Unknown(f"more than {_MOST_COLLECTIONS} collections have permissions of their own")


def _open_ways(rules: Rules, action: Action, collections: tuple[str, ...]) -> Iterator[Open | Unknown]:
    widest: dict[str | None, Whom] = {}
    for request in action.requests(collections):
        whom = rules.whom(request)
        if isinstance(whom, Unknown):
            yield whom
        elif whom in _WIDE:
            known = widest.get(request.collection)
            widest[request.collection] = whom if known is None or _rank(whom) < _rank(known) else known
    for collection, whom in widest.items():
        if collection is NO_COLLECTION:
            yield Open(action, whom)
        elif collection == _OTHER:
            yield Open(action, whom, " of collections that no permission names" if len(collections) > 1 else "")
        else:
            yield Open(action, whom, f" of {collection}")


def _rank(whom: Whom) -> int:
    return list(Whom).index(whom)
