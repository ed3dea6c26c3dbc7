"""Whom Solr's rule-based authorization lets through: the permissions of security.json and the order they are tried in.

Source: `RuleBasedAuthorizationPluginBase`, `Permission` and `PermissionNameProvider` of Solr 9.9, which the Reference
Guide describes under "Rule-Based Authorization Plugins", "Permission Ordering and Resolution". A custom permission
without a path is loaded up to Solr 9.4 and passed over since 9.5 (SOLR-16907).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from enum import Enum

from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Node, Scalar
from auditor.formats.tree import Sequence as Items
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass

NO_COLLECTION = None
"""Stands for requests that are about no collection: administration of users, cores, collections."""
_EVERYWHERE = ("*", NO_COLLECTION)
_PREDEFINED: dict[str, tuple[str | None, ...]] = {
    **dict.fromkeys(("read", "update", "schema-read", "schema-edit"), ("*",)),
    **dict.fromkeys(("config-edit", "config-read", "metrics-read", "health", "all"), _EVERYWHERE),
    **dict.fromkeys(
        (
            "collection-admin-edit", "collection-admin-read", "core-admin-read", "core-admin-edit", "zk-read",
            "security-edit", "security-read", "filestore-read", "filestore-write", "package-edit", "package-read",
        ),
        (NO_COLLECTION,),
    ),
}  # fmt: skip
"""Names that Solr knows, with the collections that each is about by default."""
_MOST = 500
"""Permissions that are read; real lists have a few dozen."""
_METHODS = frozenset({"GET", "POST", "DELETE", "PUT", "HEAD"})
_CUSTOM_ONLY = ("method", "path", "params")
_REGEX = "REGEX:"


class Whom(Enum):
    """Who passes, from the widest to the narrowest."""

    ANYBODY = "anybody, with or without a log-in"
    NOT_GOVERNED = "whoever gets past the log-in, since no permission speaks of it"
    EVERY_USER = "every user"
    SOME_ROLES = "users with a role that is named"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What somebody wants to do. `permission` is the predefined permission of its handler, "" if it has none."""

    path: str
    permission: str = ""
    collection: str | None = NO_COLLECTION
    method: str = "GET"
    params: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, kw_only=True)
class Permission:
    """One entry of `permissions`. `roles` None lets everybody in; None among paths is any path.

    `fault` is why Solr passes the entry over, "" if it does not; `pathless` tells of a custom one without a path.
    """

    name: str
    at: Location
    roles: frozenset[str] | None = None
    collections: tuple[str | None, ...] = ("*",)
    paths: tuple[str | None, ...] = (None,)
    methods: frozenset[str] | None = None
    params: tuple[tuple[str, tuple[str, ...] | None], ...] = ()
    fault: str = ""
    pathless: bool = False

    @property
    def is_predefined(self) -> bool:
        return self.name in _PREDEFINED

    def applies(self, request: Request) -> bool | Unknown:
        """Return whether the permission governs a request for one of its collections and paths."""
        if self.is_predefined:
            return self.name in {"all", request.permission}
        if self.methods is not None and request.method not in self.methods:
            return False
        for name, patterns in self.params:
            value = request.params.get(name)
            if patterns is None or value is None:
                if (patterns is None) != (value is None):
                    return False
            elif any(pattern.startswith(_REGEX) for pattern in patterns):
                return Unknown("a permission depends on a regular expression")
            elif value not in patterns:
                return False
        return True


def read_permissions(node: Node | None) -> tuple[Permission, ...] | Unknown:
    """Return the entries of `permissions` in order; Unknown if a template supplies a part of them."""
    if node is None:
        return ()
    if not isinstance(node, Items) or node.open or any(HOLE in text for text in _texts(node)):
        return Unknown("the permissions are not written out")
    if len(node) > _MOST:
        return Unknown(f"there are more than {_MOST} permissions")
    return tuple(_permission(item) for item in node.mappings())


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Items):
        for item in node:
            yield from _texts(item)
    elif isinstance(node, Tree):
        for key, value in node:
            yield key.text
            yield from _texts(value)


def _permission(node: Tree) -> Permission:
    name = node.text("name") or ""
    at = node.at
    if "role" not in node:
        return Permission(name=name, at=at, fault="it names no role")
    predefined = name in _PREDEFINED
    refused = next((key for key in _CUSTOM_ONLY if key in node), None) if predefined else None
    if refused is not None:
        return Permission(name=name, at=at, fault=f"a predefined permission takes no {refused}")
    methods = _set(node.get("method"))
    return Permission(
        name=name,
        at=at,
        roles=_set(node.get("role")),
        collections=_collections(node, name),
        paths=tuple(sorted(_set(node.get("path")) or ())) or (None,),
        methods=None if methods is None or methods - _METHODS else methods,
        params=tuple(_params(node.get("params"))),
        pathless=not predefined and "path" not in node,
    )


def _set(node: Node | None) -> frozenset[str] | None:
    """Return the texts of a text or list; None for null and for an empty list, which Solr takes alike."""
    if isinstance(node, Scalar):
        return None if node.is_null else frozenset({node.text})
    return (frozenset(item.text for item in node.scalars()) or None) if isinstance(node, Items) else None


def _collections(node: Tree, name: str) -> tuple[str | None, ...]:
    if "collection" not in node:
        return _PREDEFINED.get(name, ("*",))
    return tuple(sorted(_set(node.get("collection")) or ())) or (NO_COLLECTION,)


def _params(node: Node | None) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    for key, value in node if isinstance(node, Tree) else ():
        texts = _set(value)
        yield key.text, None if texts is None else tuple(sorted(texts))


@dataclass(frozen=True)
class Rules:
    """The permissions in force. `skips_pathless` tells whether this version passes over custom ones without a path."""

    permissions: tuple[Permission, ...]
    skips_pathless: bool | Unknown

    def whom(self, request: Request) -> Whom | Unknown:
        """Return who passes with a request."""
        if not isinstance(self.skips_pathless, Unknown):
            return self._whom(request, self.loaded(skips_pathless=self.skips_pathless))
        with_them = self._whom(request, self.loaded(skips_pathless=False))
        return with_them if with_them == self._whom(request, self.loaded(skips_pathless=True)) else self.skips_pathless

    def loaded(self, *, skips_pathless: bool) -> list[Permission]:
        """Return the permissions that Solr does not pass over."""
        return [each for each in self.permissions if not each.fault and not (skips_pathless and each.pathless)]

    @staticmethod
    def _whom(request: Request, permissions: Sequence[Permission]) -> Whom | Unknown:
        buckets = [NO_COLLECTION] if request.collection is NO_COLLECTION else [request.collection, "*"]
        for collection in buckets:
            found = _governing([each for each in permissions if collection in each.collections], request)
            if isinstance(found, Unknown):
                return found
            if found is not None:
                if found.roles is None:
                    return Whom.ANYBODY
                return Whom.EVERY_USER if "*" in found.roles else Whom.SOME_ROLES
        return Whom.NOT_GOVERNED

    def unreached(self) -> Iterator[tuple[Permission, Permission]]:
        """Yield permissions that are never asked, with the earlier `all` that answers for each."""
        earlier: dict[str | None, Permission] = {}
        for each in self.loaded(skips_pathless=self.skips_pathless is True):
            if each.paths == (None,) and all(collection in earlier for collection in each.collections):
                yield each, earlier[each.collections[0]]
            elif each.name == "all":
                earlier.update((collection, each) for collection in each.collections if collection not in earlier)


def _governing(permissions: Sequence[Permission], request: Request) -> Permission | Unknown | None:
    """Return the first permission that applies: of those for the path, then of those for any path."""
    paths = _Paths()
    for each in permissions:
        for path in each.paths:
            paths.add(path, each)
    for candidates in (paths.of(request.path), paths.of(None)):
        if isinstance(candidates, Unknown):
            return candidates
        for each in candidates or ():
            applies = each.applies(request)
            if isinstance(applies, Unknown):
                return applies
            if applies:
                return each
    return None


class _Paths:
    """Permissions of one collection by path, with the loss that Solr's own map has.

    A permission for a path below an earlier wildcard, or for that wildcard again, is added to a copy of the list and
    so never asked (`WildCardSupportMap.get` and `add2Mapping`).
    """

    def __init__(self) -> None:
        self._lists: dict[str | None, list[Permission]] = {}
        self._prefixes: set[str] = set()

    def add(self, path: str | None, permission: Permission) -> None:
        found = self.of(path)
        if found is None:
            key = path
            if path is not None and path.endswith("/*"):
                key = path.removesuffix("/*")
                self._prefixes.add(key)
            self._lists[key] = [permission]
        elif not isinstance(found, Unknown):
            found.append(permission)

    def of(self, path: str | None) -> list[Permission] | Unknown | None:
        if path in self._lists or path is None:
            return self._lists.get(path)
        if "*" in self._lists:
            return Unknown('the manual and the program differ on a permission with the path "*"')
        matching = [prefix for prefix in self._prefixes if path.startswith(prefix)]
        if len(matching) > 1:
            return Unknown("more than one wildcard of a path matches, and Solr tries them in no certain order")
        return [*self._lists[matching[0]]] if matching else None
