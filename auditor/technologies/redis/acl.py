"""What the rules of an ACL user add up to (`ACLSetUser` and `ACLSetSelector` in `src/acl.c`, Redis 7.0)."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import field, replace

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

from .words import Word

_HASH = lazy(r"[0-9a-f]{64}")
_HARMLESS = {"ping", "echo", "auth", "hello", "quit", "reset"}
"""Commands that neither read nor change anything: what a health check is given."""
_SIMPLE = {"skip-sanitize-payload", "sanitize-payload"}


@dataclass(frozen=True, kw_only=True)
class AclUser:
    """A user with the sum of its rules.

    `all_commands` and `all_keys` speak of the rules outside selectors; a user that is given all commands piece by
    piece does not count as having all. `administers` tells whether the
    administrative and dangerous categories (CONFIG, FLUSHALL, DEBUG, KEYS …) are open to the user. `void` holds
    the restrictions (`-@dangerous`) that a later `+@all` takes back. `at` is None for the built-in default user.
    """

    name: str
    at: Location | None = None
    enabled: bool = False
    nopass: bool = False
    passwords: int = 0
    all_commands: bool = False
    all_keys: bool = False
    all_channels: bool = False
    administers: bool = False
    any_commands: bool = False
    """Whether a rule allows any command that does more than show that the server is alive."""
    void: tuple[str, ...] = ()
    selectors: tuple["AclUser", ...] = ()

    @property
    def parts(self) -> tuple["AclUser", ...]:
        """The rules outside selectors and those of each selector; a command is allowed if one of them allows it."""
        return (self, *self.selectors)

    @property
    def acts(self) -> bool:
        """Whether the user may run more than harmless commands, by its rules or by those of a selector."""
        return any(part.any_commands for part in self.parts)

    @property
    def may_administer(self) -> bool:
        """Whether administrative and dangerous commands are open to the user, in a selector or outside."""
        return any(part.administers for part in self.parts)

    @property
    def is_open(self) -> bool:
        """Whether anybody becomes this user without knowing anything."""
        return self.enabled and self.nopass


BUILT_IN_DEFAULT = AclUser(
    name="default",
    enabled=True,
    nopass=True,
    all_commands=True,
    all_keys=True,
    all_channels=True,
    administers=True,
    any_commands=True,
)
"""The default user before any configuration: `on nopass ~* &* +@all` (Redis 6.0-8.0, Valkey 7.2-9.1)."""


class RuleError(Exception):
    """The server refuses a rule; the text says what was expected."""


@dataclass
class _State:
    """Rules applied so far; `seen` are the passwords, in memory only while the user is read."""

    user: AclUser
    seen: set[str] = field(default_factory=set[str], repr=False)
    pending: list[str] = field(default_factory=list[str])
    """Restrictions since commands were last cleared, void if everything is allowed after them."""
    channel_default: bool = False
    in_selector: bool = False


def evaluate(name: str, rules: Sequence[str], at: Location | None, *, channel_default: bool) -> AclUser:
    """Apply `rules` from left to right to a new user.

    Args:
        name: The user's name.
        rules: Words after the name, as written.
        at: Place of the user's line.
        channel_default: Whether `acl-pubsub-default` is `allchannels`.

    Raises:
        RuleError: the server refuses a rule.
    """
    state = _State(AclUser(name=name, at=at, all_channels=channel_default), channel_default=channel_default)
    for rule in _merged(rules):
        if rule:
            _apply(state, rule)
    return state.user


def _merged(rules: Sequence[str]) -> list[str]:
    """Join the words of a selector, `(` to `)`."""
    merged: list[str] = []
    selector: list[str] = []
    for rule in rules:
        if selector:
            selector.append(rule)
            if rule.endswith(")"):
                merged.append(" ".join(selector))
                selector = []
        elif rule.startswith("(") and not rule.endswith(")"):
            selector = [rule]
        else:
            merged.append(rule)
    if selector:
        raise RuleError("expected a closing parenthesis of a selector")
    return merged


def _apply(state: _State, rule: str) -> None:
    word = rule.lower()
    user = state.user
    if state.in_selector:
        _apply_selector(state, rule)
    elif word in {"on", "off"}:
        state.user = replace(user, enabled=word == "on")
    elif word in _SIMPLE:
        pass
    elif word in {"nopass", "resetpass"}:
        state.seen.clear()
        state.user = replace(user, nopass=word == "nopass", passwords=0)
    elif word == "reset":
        state.seen.clear()
        state.pending.clear()
        state.user = AclUser(name=user.name, at=user.at, all_channels=state.channel_default)
    elif rule[0] in "><#!":
        _apply_password(state, rule)
    elif rule.startswith("(") and rule.endswith(")"):
        inner = _State(AclUser(name=user.name, all_channels=state.channel_default), in_selector=True)
        for part in rule[1:-1].split():
            _apply(inner, part)
        state.user = replace(user, selectors=(*user.selectors, inner.user))
    elif word == "clearselectors":
        state.user = replace(user, selectors=())
    else:
        _apply_selector(state, rule)


def _apply_password(state: _State, rule: str) -> None:
    sign, text = rule[0], rule[1:]
    if sign in "#!":
        if not _HASH.fullmatch(text):
            raise RuleError("expected 64 lower-case hexadecimal digits as the hash of a password")
        digest = text
    else:
        digest = hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
    if sign in ">#":
        state.seen.add(digest)
        state.user = replace(state.user, nopass=False)
    elif digest in state.seen:
        state.seen.remove(digest)
    else:
        raise RuleError("expected a password that the user has for removal")
    state.user = replace(state.user, passwords=len(state.seen))


def _apply_selector(state: _State, rule: str) -> None:
    word = rule.lower()
    user = state.user
    if word in {"allkeys", "~*"}:
        state.user = replace(user, all_keys=True)
    elif word == "resetkeys":
        state.user = replace(user, all_keys=False)
    elif word in {"allchannels", "&*"}:
        state.user = replace(user, all_channels=True)
    elif word == "resetchannels":
        state.user = replace(user, all_channels=False)
    elif word in {"allcommands", "+@all"}:
        void = (*user.void, *state.pending)
        state.pending.clear()
        state.user = replace(user, all_commands=True, administers=True, any_commands=True, void=void)
    elif word in {"nocommands", "-@all"}:
        state.pending.clear()
        state.user = replace(user, all_commands=False, administers=False, any_commands=False, void=())
    elif rule[0] in "~%":
        _check_keys(rule, already_all=user.all_keys)
    elif rule[0] == "&":
        if user.all_channels:
            raise RuleError("expected resetchannels before a channel pattern, because all channels are allowed")
    elif rule[0] in "+-" and len(rule) > 1:
        _apply_command(state, word)
    else:
        raise RuleError("expected a rule of an ACL user")


def _check_keys(rule: str, *, already_all: bool) -> None:
    if already_all:
        raise RuleError("expected resetkeys before a key pattern, because all keys are allowed")
    if rule[0] == "%" and not re.match(r"%(?:RW?|WR?)?~", rule, re.IGNORECASE):
        raise RuleError("expected %R~, %W~ or %RW~")


def _apply_command(state: _State, word: str) -> None:
    allows, subject = word[0] == "+", word[1:]
    user = state.user
    if not allows:
        state.pending.append(word)
        user = replace(user, all_commands=False)
    elif subject not in _HARMLESS:
        user = replace(user, any_commands=True)
    if subject in {"@admin", "@dangerous"}:
        user = replace(user, administers=allows)
        if allows and f"-{subject}" in state.pending:
            state.pending.remove(f"-{subject}")
    state.user = user


def certain(words: Sequence[Word]) -> list[str] | Unknown:
    """Return the rules, or Unknown if one that is not known could change what the user is.

    A password that is not known is no obstacle: its sign tells that there is one.
    """
    rules: list[str] = []
    for number, word in enumerate(words):
        if isinstance(word.value, str):
            rules.append(word.value)
        elif word.prefix[:1] in {">", "#"}:
            rules.append(f">unknown {number}")
        else:
            return word.value
    return rules
