"""Turn the fields of one line into a rule, refusing what the server refuses.

Source: `parse_hba_line` and `parse_hba_auth_opt` in hba.c of PostgreSQL 15 to 18, and the manual's chapter on
client authentication. Messages name what was expected and never repeat the text.
"""

from collections.abc import Mapping, Sequence

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown, settle
from auditor.technologies.common.hba.address import Address, AddressKind, parse_ip, parse_length
from auditor.technologies.common.hba.rule import TRANSPORTS, HbaRule, Name, NameKind

from .tokens import Field, Record, Token

TEMPLATED = "a template expression stands here"
_METHODS = frozenset(
    "trust reject scram-sha-256 md5 password gss sspi ident peer ldap radius cert pam bsd oauth".split()
)
SECRET_OPTIONS = frozenset({"ldapbindpasswd", "radiussecrets"})
"""Options whose values are passwords of the server's own; they are not kept."""
_WITH_MAP = frozenset({"ident", "peer", "gss", "sspi", "cert", "oauth"})
_OPTIONS_OF: Mapping[str, frozenset[str]] = {
    "pam": frozenset({"pamservice", "pam_use_hostname"}),
    "ldap": frozenset(
        "ldapurl ldaptls ldapscheme ldapserver ldapport ldapbinddn ldapbindpasswd ldapsearchattribute"
        " ldapsearchfilter ldapbasedn ldapprefix ldapsuffix".split()
    ),
    "gss": frozenset({"krb_realm", "include_realm"}),
    "sspi": frozenset({"krb_realm", "include_realm", "compat_realm", "upn_username"}),
    "radius": frozenset({"radiusservers", "radiussecrets", "radiusports", "radiusidentifiers"}),
    "oauth": frozenset({"issuer", "scope", "validator", "delegate_ident_mapping"}),
}
_DATABASE_KEYWORDS = {
    "all": NameKind.ALL,
    "replication": NameKind.REPLICATION,
    "sameuser": NameKind.SAME_USER,
    "samerole": NameKind.SAME_ROLE,
    "samegroup": NameKind.SAME_ROLE,
}


class RefusedError(Exception):
    """The server refuses the line."""

    def __init__(self, expected: str, at: Location) -> None:
        super().__init__(expected)
        self.problem = Problem(at=at, message=expected)


def parse_rule(record: Record, major: int | None) -> HbaRule:
    """Return the rule of a record whose `@file` words are already replaced. `major` is the server's version.

    Raises:
        RefusedError: the server would refuse the line.
    """
    fields = list(record.fields)
    kind = _single(fields.pop(0), "one connection type")
    transports = TRANSPORTS.get(kind.text)
    if not kind.is_known:
        transports = frozenset(t for kinds in TRANSPORTS.values() for t in kinds)
    if transports is None:
        raise RefusedError("expected a connection type (local, host, hostssl …, in lower case)", kind.at)
    if kind.text in {"hostgssenc", "hostnogssenc"} and major is not None and major < 12:
        raise RefusedError("this connection type exists from version 12 on", kind.at)
    databases = tuple(_database(token, major) for token in _next(fields, "a database", record))
    users = tuple(_user(token, major) for token in _next(fields, "a user", record))
    address = None if kind.text == "local" else _address(fields, record)
    method = _single(_next(fields, "an authentication method", record), "one authentication method")
    rule = HbaRule(
        type=kind.text if kind.is_known else "?",
        databases=databases,
        users=users,
        address=address,
        method=_method(method, kind, major),
        options=_options(fields),
        at=record.at,
        transports=transports,
    )
    _check_options(rule, fields, major)
    return rule


def _next(fields: list[Field], what: str, record: Record) -> Field:
    if not fields:
        raise RefusedError(f"expected {what} before the end of the line", record.at)
    return fields.pop(0)


def _single(field: Field, what: str) -> Token:
    first, *more = field
    if more:
        raise RefusedError(f"expected {what}, not a list", first.at)
    return first


def _database(token: Token, major: int | None) -> Name:
    if not token.is_known:
        return Name(NameKind.UNKNOWN, "?")
    if not token.quoted and token.text in _DATABASE_KEYWORDS:
        return Name(_DATABASE_KEYWORDS[token.text], token.text)
    return _literal(token, major)


def _user(token: Token, major: int | None) -> Name:
    if not token.is_known:
        return Name(NameKind.UNKNOWN, "?")
    if not token.quoted and token.text.startswith("+"):
        return Name(NameKind.MEMBERS, token.text[1:])
    if token.is_keyword("all"):
        return Name(NameKind.ALL, "all")
    return _literal(token, major)


def _literal(token: Token, major: int | None) -> Name:
    """Return a name; `/…` is a regular expression from version 16 on and a literal name before."""
    is_regex = token.text.startswith("/") and (major is None or major >= 16)
    return Name(NameKind.REGEX if is_regex else NameKind.LITERAL, token.text)


def _address(fields: list[Field], record: Record) -> Address:
    token = _single(_next(fields, "an address", record), "one address")
    if not token.is_known:
        # With the mask in its own column the method is two columns further; only the methods' names can tell.
        if len(fields) > 1 and fields[0][0].text not in _METHODS and fields[1][0].text in _METHODS:
            fields.pop(0)
        return Address(AddressKind.UNKNOWN, "?")
    for kind in (AddressKind.ANY, AddressKind.SAME_HOST, AddressKind.SAME_NET):
        if token.is_keyword(kind.value):
            return Address(kind, token.text)
    host, slash, length = token.text.partition("/")
    parsed = parse_ip(host)
    if parsed is None:
        if slash:
            raise RefusedError("expected an IP address before the mask, not a host name", token.at)
        return Address(AddressKind.HOST_NAME, token.text)
    version, base = parsed
    if slash:
        mask = parse_length(length, version)
        if mask is None:
            raise RefusedError(f"expected a mask length of 0 to {32 if version == 4 else 128}", token.at)
        return Address(AddressKind.MASK, token.text, version, base, mask)
    mask_token = _single(_next(fields, "a netmask (or a mask length after /)", record), "one netmask")
    if not mask_token.is_known:
        return Address(AddressKind.UNKNOWN, "?")
    parsed_mask = parse_ip(mask_token.text)
    if parsed_mask is None or parsed_mask[0] != version:
        raise RefusedError(f"expected a netmask of an IPv{version} address", mask_token.at)
    return Address(AddressKind.MASK, f"{token.text} {mask_token.text}", version, base, parsed_mask[1])


def _method(token: Token, kind: Token, major: int | None) -> str | Unknown:
    if not token.is_known:
        return Unknown("the authentication method is filled in later")
    method = token.text
    if method not in _METHODS or (method == "oauth" and major is not None and major < 18):
        raise RefusedError("expected an authentication method (in lower case)", token.at)
    if method in {"sspi", "bsd"}:
        raise RefusedError("builds of PostgreSQL for Linux do not have this authentication method", token.at)
    if method == "scram-sha-256" and major is not None and major < 10:
        raise RefusedError("scram-sha-256 exists from version 10 on", token.at)
    if kind.text == "local":
        if method == "gss":
            raise RefusedError("gss is not possible on a Unix socket", token.at)
        if method == "ident":
            return "peer"  # the server takes ident on a socket for peer
    elif kind.is_known and method == "peer":
        raise RefusedError("peer is possible on a Unix socket (type local) only", token.at)
    if method == "cert" and kind.is_known and kind.text != "hostssl":
        raise RefusedError("cert is possible on hostssl lines only", token.at)
    return method


def _options(fields: Sequence[Field]) -> dict[str, str | Unknown]:
    options: dict[str, str | Unknown] = {}
    for token in (token for field in fields for token in field):
        name, equals, value = token.text.partition("=")
        if not equals and token.is_known:
            raise RefusedError("expected an option of the form name=value", token.at)
        if HOLE not in name:
            options[name] = "(secret)" if name in SECRET_OPTIONS else settle(value, TEMPLATED)
    return options


def _check_options(rule: HbaRule, fields: Sequence[Field], major: int | None) -> None:
    if isinstance(rule.method, Unknown):
        return
    method, options = rule.method, rule.options
    for token in (token for field in fields for token in field):
        name = token.text.partition("=")[0]
        if HOLE not in name:
            _check_option(rule, method, name, token.at, major)
    if method == "ldap":
        _check_ldap(options, rule.at)
    unknown = fields and any(not token.is_known for field in fields for token in field)
    if method == "radius" and not unknown and not {"radiusservers", "radiussecrets"} <= set(options):
        raise RefusedError("radius needs radiusservers and radiussecrets", rule.at)
    if method == "oauth" and not unknown and not {"issuer", "scope"} <= set(options):
        raise RefusedError("oauth needs issuer and scope", rule.at)


def _check_option(rule: HbaRule, method: str, name: str, at: Location, major: int | None) -> None:
    value = rule.options.get(name)
    if name == "map":
        if method not in _WITH_MAP:
            raise RefusedError("map is possible with ident, peer, gss, sspi, cert and oauth only", at)
    elif name in {"clientcert", "clientname"}:
        if rule.type != "hostssl" and rule.type in TRANSPORTS:
            raise RefusedError(f"{name} is possible on hostssl lines only", at)
        accepted = {"verify-ca", "verify-full"} if name == "clientcert" else {"CN", "DN"}
        if name == "clientcert" and (major is None or major < 14):
            accepted |= {"0", "1", "no-verify"}
        if isinstance(value, str) and value not in accepted:
            raise RefusedError(f"{name} must be one of {', '.join(sorted(accepted))}", at)
        if name == "clientcert" and method == "cert" and value in {"verify-ca", "0", "no-verify"}:
            raise RefusedError("with cert, clientcert can only be verify-full", at)
    elif name not in _OPTIONS_OF.get(method, frozenset()):
        raise RefusedError("expected an option of this authentication method", at)
    elif name == "ldapport" and isinstance(value, str) and not value.lstrip(" +-").lstrip("0")[:1].isdigit():
        raise RefusedError("expected a port number", at)


def _check_ldap(options: Mapping[str, str | Unknown], at: Location) -> None:
    bind = {"ldapprefix", "ldapsuffix"} & set(options)
    search = {"ldapbasedn", "ldapbinddn", "ldapbindpasswd", "ldapsearchattribute", "ldapsearchfilter"} & set(options)
    if bind and search:
        raise RefusedError("options of simple bind and of search+bind cannot be mixed", at)
    if not bind and "ldapbasedn" not in options and "ldapurl" not in options:
        raise RefusedError("ldap needs ldapbasedn, ldapprefix or ldapsuffix", at)
    if {"ldapsearchattribute", "ldapsearchfilter"} <= set(options):
        raise RefusedError("ldapsearchattribute cannot be used together with ldapsearchfilter", at)
