"""What runs with Kerberos' files: programs that log in, key distribution centres, and the server of administrators.

Defaults: krb5.conf(5) and kdc.conf(5) of MIT Kerberos 1.20.
"""

import re
from dataclasses import field
from typing import Final

from auditor.model.fact import Fact, Service
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback

from .enctypes import stands_alone, weak_in
from .profile import Profile, seconds, truth

LISTS: Final = ("permitted_enctypes", "default_tgs_enctypes", "default_tkt_enctypes")
DEFAULTS: Final = {
    "allow_weak_crypto": "false", "allow_rc4": "false", "allow_des3": "false", "verify_ap_req_nofail": "false",
    "dns_lookup_realm": "false", "rdns": "true", "dns_canonicalize_hostname": "true",
    "ignore_acceptor_hostname": "false", "clockskew": "300", "ticket_lifetime": "1d", "renew_lifetime": "0",
    "pkinit_eku_checking": "kpKDC",
}  # fmt: skip
REALM_DEFAULTS: Final = {
    "max_life": "24h", "max_renewable_life": "0", "default_principal_flags": "", "dict_file": "",
    "supported_enctypes": "aes256-cts-hmac-sha1-96:normal aes128-cts-hmac-sha1-96:normal",
    "reject_bad_transit": "true", "pkinit_eku_checking": "kpClientAuth",
}  # fmt: skip
STRICT: Final = ("allow_weak_crypto", "allow_rc4", "allow_des3", "ignore_acceptor_hostname")
"""Flags of which a word that is neither yes nor no keeps programs from starting; others take it for no."""
_OF_REALM: Final = frozenset({"ticket_lifetime", "renew_lifetime", "verify_ap_req_nofail"})
_PREAUTH: Final = frozenset({"preauth", "requires_preauth", "requires_pre_auth"})
_FLAGS: Final = _PREAUTH | frozenset(
    "postdateable forwardable tgt_based renewable proxiable dup_skey allow_tickets service hwauth ok_as_delegate "
    "pwchange pwservice ok_to_auth_as_delegate no_auth_data_required lockdown_keys".split()
)


@dataclass(frozen=True, kw_only=True)
class KerberosPart(Service):
    """What the accessors of programs and centres have in common."""

    profile: Profile = field(repr=False, compare=False)

    def value_at(self, *path: str, default: str | None = None) -> str | Unknown | None:
        """Return the value in force of a name, `default` where nothing sets it."""
        relation = self.profile.first(*path)
        if relation is not None:
            return relation.value
        return Unknown(self.profile.gap) if self.profile.gap else default

    def place_of(self, *path: str) -> Location:
        """Return the place of a name, else of the section that would hold it, else of the file."""
        relation = self.profile.first(*path)
        if relation is not None:
            return relation.at
        while path := path[:-1]:
            if path in self.profile.headers:
                return self.profile.headers[path]
        return self.at


@dataclass(frozen=True, kw_only=True)
class Kerberos(KerberosPart):
    """A host's programs that use Kerberos, as krb5.conf has it."""

    @property
    def realm(self) -> str:
        """The host's own realm, "" where it is not known."""
        relation = self.profile.first("libdefaults", "default_realm")
        return relation.value if relation is not None and isinstance(relation.value, str) else ""

    def path_of(self, name: str) -> tuple[str, ...]:
        """Return the names of a default's place: some are looked up for the realm first."""
        inner = ("libdefaults", self.realm, name)
        return inner if name in _OF_REALM and self.profile.first(*inner) is not None else ("libdefaults", name)

    def text(self, name: str) -> str | Unknown:
        """Return the value in force of one of the section libdefaults."""
        value = self.value_at(*self.path_of(name), default=DEFAULTS.get(name))
        return "" if value is None else value

    def flag(self, name: str) -> bool | Unknown:
        """Return whether a default is true."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else truth(value) is True

    def seconds(self, name: str) -> int | Unknown:
        """Return a duration."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else seconds(value)

    def place(self, name: str) -> Location:
        """Return where a default stands, or would."""
        return self.place_of(*self.path_of(name))

    def weak_types(self, name: str) -> tuple[str, ...] | Unknown:
        """Return the weak encryption types that a list names and that may be used."""
        value, permitted = self.text(name), self.text("permitted_enctypes")
        weak = self.flag("allow_weak_crypto")
        if isinstance(value, Unknown):
            return value
        if isinstance(permitted, Unknown):
            return permitted
        if isinstance(weak, Unknown):
            return weak
        found = weak_in(value, weak_allowed=weak)
        if name == "permitted_enctypes" or not permitted or not stands_alone(permitted):
            return found
        return found if weak_in(permitted, weak_allowed=weak) else ()

    @property
    def rules_for_any_realm(self) -> tuple[Location, ...]:
        """The rules that make names of every realm names of accounts.

        A rule builds a text from the parts of the name (`$0` is the realm), which has to match, and replaces parts.
        """
        relations = self.profile.all("realms", self.realm, "auth_to_local") if self.realm else []
        return tuple(
            relation.at for relation in relations if isinstance(relation.value, str) and takes_any(relation.value)
        )


_RULE = lazy(r"RULE:\[(?P<count>\d+):(?P<form>[^\]]*)\](?:\((?P<match>.*?)\)(?=s/|$))?(?P<changes>.*)", re.DOTALL)


def takes_any(rule: str) -> bool:
    """Tell whether a rule of auth_to_local makes an account's name of a principal of whatever realm.

    A pattern holds for any realm where no letter or digit stands in it. Without a pattern the text itself is the
    account, so that one with the realm in it is none unless a replacement takes the realm away.
    """
    match = _RULE.fullmatch(rule.strip())
    if match is None or "$1" not in match["form"]:
        return False
    pattern, changes = match["match"] or "", match["changes"]
    if re.search(r"[A-Za-z0-9]", re.sub(r"\\[A-Za-z]|\[:\w+:\]", "", pattern)):
        return False
    return "$0" not in match["form"] or re.search(r"s/@[^A-Za-z0-9/]*//", changes) is not None


@dataclass(frozen=True, kw_only=True)
class Kdc(KerberosPart):
    """A key distribution centre with the realms that its kdc.conf names."""

    realms: tuple[str, ...]

    def text(self, realm: str, name: str) -> str | Unknown:
        """Return the value in force of a realm's setting."""
        value = self.value_at("realms", realm, name, default=REALM_DEFAULTS.get(name))
        return "" if value is None else value

    def place(self, realm: str, name: str) -> Location:
        """Return where a realm's setting stands, or would."""
        return self.place_of("realms", realm, name)

    def seconds(self, realm: str, name: str) -> int | Unknown:
        """Return a duration."""
        value = self.text(realm, name)
        return value if isinstance(value, Unknown) else seconds(value)

    def requires_preauth(self, realm: str) -> bool | Unknown:
        """Return whether a new principal must prove its password before it gets a ticket."""
        value = self.text(realm, "default_principal_flags")
        if isinstance(value, Unknown):
            return value
        required = False
        for word in value.split(",") if value else ():
            flag = word.strip()
            name = flag.lstrip("+-").lower().replace("-", "_")
            if name not in _FLAGS:
                return Unknown("a flag of default_principal_flags is not known here")
            if name in _PREAUTH:
                required = not flag.startswith("-")
        return required

    def modules_where(self, name: str) -> tuple[tuple[str, str | Unknown, Location], ...]:
        """Return module, value and place of a setting of the databases."""
        return tuple(
            (relation.path[1], relation.value, relation.at)
            for relation in self.profile.relations
            if len(relation.path) == 3 and relation.path[0] == "dbmodules" and relation.path[2] == name
        )


@dataclass(frozen=True, kw_only=True)
class KeyTables(Fact):
    """The key tables among the files, by their names; what is in them is not read."""

    files: tuple[Location, ...]


def named_realm(realm: str) -> str:
    """Return a realm's name as messages have it."""
    return "a realm whose name is filled in" if HOLE in realm else realm


def is_clear_ldap(uri: str) -> bool:
    """Tell whether an address of an LDAP server means a connection without TLS to another host."""
    scheme, _, rest = uri.lower().partition("://")
    host = rest.partition("/")[0].rpartition(":")[0] or rest.partition("/")[0]
    return scheme == "ldap" and host != "" and not is_loopback(host)  # without a host, the library's own: localhost
