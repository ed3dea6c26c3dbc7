"""Who is let in to a place: the rules of all sections that apply, merged, with Satisfy and log-in.

Source: `modules/aaa/mod_authz_core.c`, `mod_access_compat.c` and `ap_process_request_internal` of 2.4.
"""

from dataclasses import field, replace

from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .access_rules import (
    GRANTED,
    NO_USER,
    Client,
    Compat,
    Group,
    Methods,
    Rule,
    compat_allows,
    evaluate,
    is_about_users,
)
from .nodes import Node, Nodes, either

OK, FORBIDDEN, UNAUTHORIZED, BROKEN = 200, 403, 401, 500
_GROUPS = {"requireall": "all", "requireany": "any", "requirenone": "none"}
_PLACES = {"ip", "host", "local", "forward-dns"}
_COMPAT = {"order", "allow", "deny", "satisfy"}


@dataclass(frozen=True)
class Access:
    """What decides about a request, after all sections were merged."""

    rules: Group | None = None
    compat: Compat = field(default_factory=Compat)
    auth: Node | None = None
    """The AuthType in force, None if there is none or it is None."""
    unsure: Unknown | None = None
    refused: bool = False
    """Whether a .htaccess holds what it may not: every request ends as an error of the server."""

    @property
    def asks_for_login(self) -> bool:
        """Whether one of the rules is about users."""
        return self.rules is not None and any(is_about_users(rule) for rule in self.rules.rules())

    @property
    def restricts(self) -> bool:
        """Whether one of the rules is about users or addresses: `all` alone is no choice among clients."""
        return self.rules is not None and any(
            is_about_users(rule) or rule.kind in _PLACES for rule in self.rules.rules()
        )

    def status(self, client: Client) -> int | Unknown:
        """Return the status with which the server decides: 200, 401, 403 or 500."""
        if self.refused:
            return BROKEN
        if self.unsure is not None:
            return self.unsure
        satisfy, open_here = self.compat.satisfy(client.method), compat_allows(self.compat, client)
        if isinstance(satisfy, Unknown) or isinstance(open_here, Unknown):
            return satisfy if isinstance(satisfy, Unknown) else open_here
        if satisfy == "any" and open_here:
            return OK
        if satisfy != "any" and not open_here:
            return FORBIDDEN
        return self._authorized(client)

    def _authorized(self, client: Client) -> int | Unknown:
        if self.rules is None:
            return BROKEN if self.auth is not None else OK
        first = evaluate(self.rules, replace(client, user=None))
        if isinstance(first, Unknown):
            return first
        if first != NO_USER:
            return OK if first == GRANTED else FORBIDDEN
        if self.auth is None:
            return BROKEN
        if client.user is None:
            return UNAUTHORIZED
        second = evaluate(self.rules, client)
        if isinstance(second, Unknown):
            return second
        return OK if second == GRANTED else UNAUTHORIZED


@dataclass(frozen=True)
class _Merged:
    """Rules with the AuthMerging that stands beside them, None where nothing says it."""

    rules: Group | None = None
    merging: str | None = None


def _merge(base: _Merged, new: _Merged) -> _Merged:
    """Merge two sections as `merge_authz_core_dir_config` does."""
    if new.rules is None and new.merging is None:
        return base
    if new.merging in {None, "off"} or new.rules is None or base.rules is None:
        kept = new.rules if new.merging in {None, "off"} or new.rules is not None else base.rules
        return _Merged(kept, new.merging)
    return _Merged(Group("all" if new.merging == "and" else "any", (base.rules, new.rules)), new.merging)


def access_of(scopes: tuple[Nodes, ...]) -> Access:
    """Merge what the sections say, in their order; an empty one separates the walks (`sections_of`)."""
    merged = walk = _Merged()
    compat = Compat()
    auth: Node | None = None
    unsure: Unknown | None = None
    for scope in scopes:
        if not scope:
            merged, walk = _merge(merged, walk), _Merged()
            continue
        if any(node.name == "refused-override" for node in scope):
            return Access(refused=True)
        members = tuple(_members(scope, Methods()))
        merging = next((node for node in reversed(scope) if node.name == "authmerging"), None)
        hidden = next((node.unsure for node in scope if node.name == ""), None)
        if merging is not None or members:
            doubt = merging.doubt() if merging is not None else None
            own = _Merged(_group(members) if members else None, None if merging is None else str(merging.lower()[0]))
            walk = _merge(walk, own)
            unsure = doubt
        lines = tuple(_compat_lines(scope, Methods()))
        if lines:
            compat = Compat(lines)
        for node in scope:
            if node.name == "authtype":
                doubt = node.doubt()
                unsure = either(unsure, doubt)
                auth = None if node.lower()[:1] == ("none",) else node
        if hidden is not None and not members:
            unsure = either(unsure, hidden)
    return Access(_merge(merged, walk).rules, compat, auth, unsure)


def _group(members: "tuple[Rule | Group, ...]") -> Group:
    only = members[0]
    return only if len(members) == 1 and isinstance(only, Group) else Group("any", members)


def _methods(node: Node) -> Methods:
    names = frozenset(word.upper() for word in node.words if isinstance(word, str))
    return Methods(names, excluding=node.name == "limitexcept")


def _members(scope: Nodes, methods: Methods) -> "list[Rule | Group]":
    found: list[Rule | Group] = []
    for node in scope:
        if node.name in {"limit", "limitexcept"}:
            found += _members(node.block or (), _methods(node))
        elif node.name in _GROUPS:
            inner = _members(node.block or (), methods)
            if inner:
                found.append(Group(_GROUPS[node.name], tuple(inner), is_written=True))
        elif node.name == "require" and node.words:
            words = list(node.words)
            negated = isinstance(words[0], str) and words[0].lower() == "not"
            kind = words[1] if negated and len(words) > 1 else words[0]
            rest = tuple(words[2:] if negated else words[1:])
            kind = kind.lower() if isinstance(kind, str) else kind
            found.append(Rule(kind, rest, negated, methods, node.at, node.unsure))
    return found


def _compat_lines(scope: Nodes, methods: Methods) -> list[tuple[Node, Methods]]:
    found: list[tuple[Node, Methods]] = []
    for node in scope:
        if node.name in {"limit", "limitexcept"}:
            found += _compat_lines(node.block or (), _methods(node))
        elif node.name in _COMPAT and node.words:
            found.append((node, methods))
    return found
