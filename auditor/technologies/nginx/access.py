"""Who gets in: `allow` and `deny`, passwords and `satisfy` (the access phase, nginx 1.22-1.29)."""

import ipaddress

from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .levels import LONE, Level, Line

_AUTHENTICATION = (
    "auth_basic",
    "auth_request",
    "auth_jwt",
    "access_by_lua_block",
    "access_by_lua_file",
    "access_by_lua",
)


@dataclass(frozen=True)
class Access:
    """The rules in force on a level: address rules in order, whether a log-in is asked for, and `satisfy any`."""

    rules: tuple[Line, ...]
    login: Line | None
    any_suffices: bool

    @property
    def is_restricted(self) -> bool:
        """Whether anything keeps anybody out."""
        return self.login is not None or self.turns_away

    @property
    def turns_away(self) -> bool:
        """Whether the address rules turn anybody away: nginx lets in whom no rule names."""
        return any(rule.name == "deny" for rule in self.rules[: self._first_all() + 1])

    @property
    def lets_strangers(self) -> bool:
        """Whether an address that no rule names is let in: the rules do not end with `deny all`."""
        last = self._first_all()
        return last == len(self.rules) or self.rules[last].name == "allow"

    @property
    def denies_everybody(self) -> bool:
        return bool(self.rules) and self.rules[0].name == "deny" and self.rules[0].word == "all"

    @property
    def needs_login(self) -> bool:
        """Whether nobody gets in without logging in."""
        return self.login is not None and not (self.any_suffices and self._lets_anybody_by_address())

    def _lets_anybody_by_address(self) -> bool:
        return any(rule.name == "allow" for rule in self.rules)

    def _first_all(self) -> int:
        return next((place for place, rule in enumerate(self.rules) if rule.word == "all"), len(self.rules))

    def unreached(self) -> tuple[Line, ...]:
        """Return the rules behind one for all addresses: they are never looked at."""
        return self.rules[self._first_all() + 1 :]

    def lets_address(self, address: str) -> bool | None:
        """Return what the first rule says that names the address, None if none does."""
        for rule in self.rules:
            if covers(str(rule.word), address):
                return rule.name == "allow"
        return None

    def status(self, address: str, *, logged_in: bool) -> int:
        """Return 200 if a request gets past, or the status that turns it away."""
        by_address = self.lets_address(address)
        if self.login is None:
            return 403 if by_address is False else 200
        if self.any_suffices and by_address is True:
            return 200
        if not self.any_suffices and by_address is False:
            return 403
        return 200 if logged_in else 401


def covers(rule: str, address: str) -> bool:
    """Tell whether an address belongs to `all`, an address or a network as `allow` and `deny` take them."""
    if rule == "all":
        return True
    if rule == "unix:":
        return address == "unix:"
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(rule, strict=False)
    except ValueError:
        return False


def access_of(level: Level) -> Access | Unknown:
    """Return the rules in force on a level; address rules and each kind of log-in are inherited separately.

    Of a file that stands alone it is taken that the http block around it, which is not known, closes nothing.
    """
    rules = _address_rules(level)
    if isinstance(rules, Unknown):
        return rules
    if any(isinstance(rule.word, Unknown) or "$" in str(rule.word) for rule in rules):
        return Unknown("which addresses are let in is not known")
    login = login_of(level)
    if isinstance(login, Unknown):
        return login
    satisfy = level.text("satisfy", "all")
    if isinstance(satisfy, Unknown):
        if login is None or not rules or satisfy.reason == LONE:
            satisfy = "all"
        else:
            return satisfy
    return Access(tuple(rules), login, satisfy == "any")


def _address_rules(level: Level) -> list[Line] | Unknown:
    """Return `allow` and `deny` in their order, of the innermost level that has either."""
    found: Level | None = level
    while found is not None and found.kind != "main":
        lines = [line for line in found.lines if line.name in {"allow", "deny"}]
        if any(line.conditional for line in lines):
            return Unknown("a template decides on the addresses let in")
        if found.open and found.open != LONE and not (lines and lines[0].word == "all"):
            return Unknown(found.open)
        if lines:
            return lines
        found = found.parent
    return []


def login_of(level: Level) -> Line | Unknown | None:
    """Return the line that asks for a log-in, None if nothing does.

    `auth_basic` without `auth_basic_user_file` asks for nothing (`ngx_http_auth_basic_handler` declines).
    """
    undecided: Unknown | None = None
    for name in _AUTHENTICATION:
        line = level.find(name)
        if isinstance(line, Unknown) and line.reason == LONE:
            continue
        if isinstance(line, Unknown):
            undecided = line
        elif line is None or line.word == "off":
            continue
        elif isinstance(line.word, Unknown):
            undecided = line.word
        elif name == "auth_basic" and "$" in line.word:
            undecided = Unknown("a variable decides whether a password is asked for")
        elif name.startswith("access_by_"):
            undecided = Unknown("a program decides who gets in")
        elif name != "auth_basic" or level.find("auth_basic_user_file") is not None:
            return line
    return undecided
