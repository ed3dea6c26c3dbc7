"""Rules about who is let in, and what they say of a client: Require with its groups, Order, Allow and Deny.

Source: `modules/aaa/mod_authz_core.c` and `mod_access_compat.c` of 2.4.
"""

from itertools import product

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .addresses import within_any
from .nodes import Node, either

GRANTED, DENIED, NO_USER, NEUTRAL = "granted", "denied", "denied without a user", "neutral"
_AFTER_LOGIN = ("ldap-", "dbd-", "dbm-", "file-")
_MOST_UNKNOWN = 6


@dataclass(frozen=True)
class Methods:
    """The methods that a rule is for: those named, or all but those. HEAD is a GET."""

    names: frozenset[str] = frozenset()
    excluding: bool = True

    def covers(self, method: str) -> bool:
        return (("GET" if method == "HEAD" else method) in self.names) != self.excluding


@dataclass(frozen=True)
class Rule:
    """One Require line."""

    kind: str | Unknown
    words: tuple[str | Unknown, ...]
    negated: bool
    methods: Methods
    at: Location
    unsure: Unknown | None = None


@dataclass(frozen=True)
class Group:
    """Rules that must hold all together ("all"), one of them ("any"), or none ("none")."""

    kind: str
    members: "tuple[Rule | Group, ...]"
    is_written: bool = False
    """Whether a section `<RequireAny>` or the like says so."""

    def rules(self) -> tuple[Rule, ...]:
        """Return the rules at any depth."""
        return tuple(
            rule for member in self.members for rule in ((member,) if isinstance(member, Rule) else member.rules())
        )


@dataclass(frozen=True)
class Compat:
    """What Order, Allow, Deny and Satisfy say in the one section in which they are in force."""

    lines: tuple[tuple[Node, Methods], ...] = ()

    def satisfy(self, method: str) -> str | Unknown:
        value: str | Unknown = "all"
        for node, methods in self.lines:
            if node.name == "satisfy" and methods.covers(method):
                value = either(node.unsure, node.lower()[0])
        return value


@dataclass(frozen=True)
class Client:
    """Who asks: from which address, as which user (None before log-in), how."""

    address: str
    user: str | None = None
    method: str = "GET"
    tls: bool = False
    is_local: bool = False
    """Whether the request comes from the server's own host, by whatever address."""


def is_about_users(rule: Rule) -> bool:
    """Tell whether a rule can only hold after a log-in."""
    kind = rule.kind
    return isinstance(kind, str) and (kind in {"valid-user", "user", "group"} or kind.startswith(_AFTER_LOGIN))


def evaluate(group: Group, client: Client) -> str | Unknown:
    """Return how a group of rules decides, Unknown if that hangs on a rule that is not known."""
    undecided = [rule for rule in group.rules() if isinstance(_rule(rule, client), Unknown)]
    if len(undecided) > _MOST_UNKNOWN:
        return Unknown("more rules than are followed are not known")
    results = {
        _result(group, client, dict(zip(map(id, undecided), answers, strict=True)), "all")
        for answers in product((GRANTED, DENIED), repeat=len(undecided))
    }
    if len(results) == 1:
        return results.pop()
    reason = _rule(undecided[0], client)
    return reason if isinstance(reason, Unknown) else Unknown("a rule is not known")


def _result(member: Rule | Group, client: Client, answers: dict[int, str], parent: str) -> str:
    if isinstance(member, Rule):
        if not member.methods.covers(client.method):
            return GRANTED if parent == "all" else NEUTRAL
        decided = answers[id(member)] if id(member) in answers else _rule(member, client)
        result = decided if isinstance(decided, str) else DENIED
        negated = member.negated
    else:
        if not any(rule.methods.covers(client.method) for rule in member.rules()):
            return GRANTED if parent == "all" else NEUTRAL
        kind = "all" if member.kind == "all" else "any"
        result = _combined(kind, [_result(each, client, answers, kind) for each in member.members])
        negated = member.kind == "none"
    if not negated:
        return result
    return DENIED if result == GRANTED else NEUTRAL


def _combined(kind: str, results: list[str]) -> str:
    decisive = DENIED if kind == "all" else GRANTED
    outcome = NEUTRAL
    for result in results:
        if result == NEUTRAL:
            continue
        if result == decisive:
            return result
        if outcome == NEUTRAL or (result == NO_USER and outcome != decisive and (kind == "all" or outcome == DENIED)):
            outcome = result
    return outcome


def _rule(rule: Rule, client: Client) -> str | Unknown:
    kind = rule.kind
    if rule.unsure is not None:
        return rule.unsure
    if isinstance(kind, Unknown):
        return kind
    if is_about_users(rule):
        return _user_rule(rule, client)
    unknown = next((word for word in rule.words if isinstance(word, Unknown)), None)
    if unknown is not None:
        return unknown
    words = [word for word in rule.words if isinstance(word, str)]
    if kind == "all":
        holds = bool(words) and words[0].lower() == "granted"
    elif kind == "ip":
        holds = within_any(client.address, words)
    elif kind == "local":
        holds = client.is_local or within_any(client.address, ["127.0.0.0/8", "::1"])
    elif kind == "method":
        holds = client.method in {word.upper() for word in words} or (client.method == "HEAD" and "GET" in words)
    elif kind == "ssl":
        holds = client.tls
    elif kind in {"host", "forward-dns"}:
        holds = False
    else:
        return Unknown(f"whether {kind} holds is not known from the files")
    return GRANTED if holds else DENIED


def _user_rule(rule: Rule, client: Client) -> str | Unknown:
    if client.user is None:
        return NO_USER
    if rule.kind == "valid-user":
        return GRANTED
    if rule.kind == "user" and not any(isinstance(word, Unknown) for word in rule.words):
        return GRANTED if client.user in rule.words else DENIED
    return Unknown("who belongs to a group is not known from the files")


def compat_allows(compat: Compat, client: Client) -> bool | Unknown:
    """Decide as `check_dir_access` does; without an Order it is `deny,allow`."""
    order: str | Unknown = "deny,allow"
    hits: dict[str, bool | Unknown] = {"allow": False, "deny": False}
    for node, methods in compat.lines:
        if not methods.covers(client.method):
            continue
        if node.name == "order":
            order = either(node.doubt(), ",".join(str(word) for word in node.lower()))
        elif node.name in hits:
            hit = either(node.unsure, _named(node, client))
            before = hits[node.name]
            if hit is True or before is True:
                hits[node.name] = True
            elif isinstance(hit, Unknown):
                hits[node.name] = hit
    allowed, denied = hits["allow"], hits["deny"]
    for value in (order, allowed, denied):
        if isinstance(value, Unknown):
            return value
    if order == "allow,deny":
        return allowed is True and denied is False
    if order == "mutual-failure":
        return allowed is True and denied is False
    return denied is False or allowed is True


def _named(node: Node, client: Client) -> bool | Unknown:
    words = list(node.words)[1:]  # behind "from"
    doubt = next((word for word in words if isinstance(word, Unknown)), None)
    if doubt is not None:
        return doubt
    texts = [word for word in words if isinstance(word, str)]
    if any(word.lower() == "all" for word in texts):
        return True
    if any(word.lower().startswith("env=") for word in texts):
        return Unknown("what an environment variable says is not known from the files")
    return within_any(client.address, [word for word in texts if word[:1].isdigit() or ":" in word])
