"""Readers never crash, places lie inside the text, quoting is undone, and first match is what reachability says."""

import ipaddress
from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.technologies.common.hba.address import Address, AddressKind, covered, parse_ip
from auditor.technologies.common.hba.reach import evaluate
from auditor.technologies.common.hba.rule import TRANSPORTS
from auditor.technologies.postgres import Gap, HbaRule, Name, NameKind, Transport
from auditor.technologies.postgres.auth_files import lines_of, read_hba, read_ident
from auditor.technologies.postgres.conf import parse_conf, quote, unquote
from auditor.technologies.postgres.technology import POSTGRES
from auditor.technologies.postgres.values import Unit, parse_int, show_int

WORDS = st.sampled_from(
    "local host hostssl all replication sameuser +staff @file include 10.0.0.0/8 ::1/128 255.0.0.0 trust md5 ldap map=x "
    "clientcert=1 = , # ' \" \\ {{ }} {% %} @authmethodhost@ name a.b 5min 0x1f .5 on".split()
)
SEPARATORS = st.sampled_from((" ", "", "\t", "\n", "\r\n", "\\\n", '"', "'"))
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(WORDS, SEPARATORS), max_size=40).map(lambda parts: "".join(a + b for a, b in parts)),
)


def inside(place: Location, text: str) -> bool:
    lines = text.split("\n")
    return (
        1 <= place.line <= len(lines)
        and 1 <= place.column <= len(lines[place.line - 1]) + 1
        and (not place.end_line or place.end_line <= len(lines))
        and (not place.end_line or place.end_column <= max(len(lines[place.end_line - 1]), 1))
    )


@given(TEXTS)
def test_pg_hba_is_read_without_a_crash_and_places_are_inside(text: str) -> None:
    source = Source(path="pg_hba.conf", text=text)
    result = read_hba(source, "pg_hba.conf", None, None)
    read_ident(source, "pg_ident.conf", None, 15)
    places = [item.at for item in result.rules] + [problem.at for problem in result.problems]
    for record in lines_of(source):
        places.append(record.at)
        if not isinstance(record, Gap):
            places += [token.at for field in record.fields for token in field]
    assert all(inside(place, text) for place in places)


@given(TEXTS)
def test_postgresql_conf_is_read_without_a_crash_and_places_are_inside(text: str) -> None:
    parsed = parse_conf(Source(path="postgresql.conf", text=text))
    places = [entry.at for entry in parsed.entries] + [problem.at for problem in parsed.problems] + [*parsed.holes]
    assert all(inside(place, text) for place in places)


@given(TEXTS, st.sampled_from(("pg_hba.conf", "pg_ident.conf.j2", "postgresql.conf", "x.conf", "conf.d/a.conf")))
def test_recognition_takes_any_text(text: str, name: str) -> None:
    POSTGRES.recognise(name.rpartition("/")[2], f"postgres/{name}", text)


@given(TEXTS, TEXTS)
def test_messages_of_refusals_do_not_repeat_the_text(secret: str, text: str) -> None:
    marker = f"canary{len(secret)}canary"
    for word in ("host all all all trust ", "ldap ldapbindpasswd=", "fsync = ", "clientcert="):
        line = f"{word}{marker} {text}"
        problems = read_hba(Source(path="a", text=line), "a", None, None).problems
        problems += parse_conf(Source(path="a", text=line)).problems
        assert not any(marker in problem.message for problem in problems)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Co")), max_size=60))
def test_quoting_is_undone(value: str) -> None:
    if "\r" in value or "{{" in value or "{%" in value or "{#" in value:
        return
    assert unquote(quote(value)) == value
    (entry,) = parse_conf(Source(path="a", text=f"some_name = {quote(value)}")).entries
    assert entry.value == value


@given(
    st.text(
        alphabet=st.characters(exclude_characters='\n\r"\0', exclude_categories=("Cs", "Co")), min_size=1, max_size=20
    )
)
def test_a_quoted_name_of_pg_hba_is_that_name(name: str) -> None:
    if "{{" in name or "{%" in name or "{#" in name or name.endswith("\\"):
        return
    (record,) = lines_of(Source(path="a", text=f'local "{name}" all peer'))
    assert not isinstance(record, Gap)
    assert [token.text for token in record.fields[1]] == [name]
    assert record.fields[1][0].included_file is None


@given(st.integers(min_value=0, max_value=2**31 - 1), st.sampled_from(("ms", "s", "min", "kB", "")))
def test_what_is_shown_of_a_number_is_that_number(number: int, unit: str) -> None:
    assert parse_int(show_int(number, Unit(unit)), Unit(unit)) == number


# A small world: four client addresses, two databases, two users, three transports.
CLIENTS = ((4, 0x0A000001), (4, 0x0A000002), (4, 0x0A000101), (6, 1))


def address_of(text: str) -> Address:
    if text == "all":
        return Address(AddressKind.ANY, "all")
    base, _, mask = text.partition("/")
    parsed = parse_ip(base)
    assert parsed is not None
    version, number = parsed
    if "." in mask:
        return Address(AddressKind.MASK, text, version, number, int(ipaddress.IPv4Address(mask)))
    bits = 32 if version == 4 else 128
    return Address(AddressKind.MASK, text, version, number, ((1 << int(mask)) - 1) << (bits - int(mask)))


ADDRESSES = st.sampled_from(
    ("all", "0.0.0.0/0", "::/0", "10.0.0.0/24", "10.0.0.0/31", "10.0.0.1/32", "10.0.0.2/32", "10.0.1.1/32", "0.0.0.0/1",
     "128.0.0.0/1", "::1/128", "8.0.0.1/255.0.0.255")
).map(address_of)  # fmt: skip
DATABASES = st.sampled_from(
    (Name(NameKind.ALL, "all"), Name(NameKind.LITERAL, "a"), Name(NameKind.LITERAL, "b"), Name(NameKind.SAME_USER, "sameuser"),
     Name(NameKind.REPLICATION, "replication"))
)  # fmt: skip
USERS = st.sampled_from(
    (Name(NameKind.ALL, "all"), Name(NameKind.LITERAL, "a"), Name(NameKind.LITERAL, "b"), Name(NameKind.MEMBERS, "a"))
)


@st.composite
def rules(draw: st.DrawFn) -> HbaRule:
    kind = draw(st.sampled_from(sorted(TRANSPORTS)))
    return HbaRule(
        type=kind,
        databases=tuple(draw(st.lists(DATABASES, min_size=1, max_size=2))),
        users=tuple(draw(st.lists(USERS, min_size=1, max_size=2))),
        address=None if kind == "local" else draw(ADDRESSES),
        method="trust",
        at=Location("pg_hba.conf", 1),
        transports=TRANSPORTS[kind],
    )


def accepts(rule: HbaRule, transport: Transport, database: str | None, user: str, client: tuple[int, int]) -> bool:
    """Match as the manual says; database None is physical replication; role b is a member of a."""
    in_database = any(
        name.kind is NameKind.REPLICATION
        if database is None
        else name.kind is NameKind.ALL
        or (name.kind is NameKind.SAME_USER and database == user)
        or (name.kind is NameKind.LITERAL and name.text == database)
        for name in rule.databases
    )
    in_user = any(
        name.kind is NameKind.ALL or name.text == user or (name.kind is NameKind.MEMBERS and user == "b")
        for name in rule.users
    )
    from_client = rule.address is None or rule.address.matches(*client)
    return transport in rule.transports and in_database and in_user and from_client


@settings(max_examples=300)
@given(st.lists(rules(), max_size=7), st.booleans())
def test_no_connection_comes_to_a_rule_we_call_unreachable(chosen: list[HbaRule], ssl: bool) -> None:
    reached = list(evaluate(chosen, ssl))
    for transport, database, user, client in product(Transport, ("a", "b", None), ("a", "b"), CLIENTS):
        if transport is Transport.TLS and not ssl:
            continue
        first = next((i for i, rule in enumerate(chosen) if accepts(rule, transport, database, user, client)), None)
        if first is not None:
            assert transport in reached[first].live
    for item in reached:
        assert item.live <= item.rule.transports
        assert not item.doubtful, "nothing is unknown here"


@settings(max_examples=300)
@given(ADDRESSES, st.lists(ADDRESSES, max_size=5))
def test_covered_addresses_match_no_other_client(target: Address, by: list[Address]) -> None:
    clients = [*CLIENTS, (4, 0), (4, 2**32 - 1), (4, 0x08000001), (6, 0), (6, 2**128 - 1)]
    if covered(target, by):
        assert all(any(other.matches(*client) for other in by) for client in clients if target.matches(*client))


@given(st.lists(rules(), min_size=1, max_size=4))
def test_a_rule_after_a_gap_is_never_certain(chosen: list[HbaRule]) -> None:
    reached = list(evaluate([Gap("missing", Location("a", 1)), *chosen], True))
    assert all(not item.live for item in reached)


def test_a_rule_behind_itself_is_dead() -> None:
    rule = HbaRule(
        type="host",
        databases=(Name(NameKind.LITERAL, "a"),),
        users=(Name(NameKind.ALL, "all"),),
        address=address_of("0.0.0.0/0"),
        method="reject",
        at=Location("a", 1),
        transports=TRANSPORTS["host"],
    )
    first, second = evaluate([rule, rule], True)
    assert not first.is_dead
    assert second.is_dead
    assert second.covered_by == (rule,)


@st.composite
def templated(draw: st.DrawFn) -> tuple[int, list[HbaRule], list[HbaRule]]:
    """Return rules one of which has an unknown entry, its index, and the same rules with that entry filled in."""
    chosen = draw(st.lists(rules(), min_size=2, max_size=5))
    index = draw(st.integers(0, len(chosen) - 1))
    rule = chosen[index]
    nobody = (Name(NameKind.UNKNOWN, "?"),)
    variants = [
        (replace(rule, databases=nobody), replace(rule, databases=(draw(DATABASES),))),
        (replace(rule, users=nobody), replace(rule, users=(draw(USERS),))),
    ]
    if rule.address is not None:
        nowhere = Address(AddressKind.UNKNOWN, "?")
        variants.append((replace(rule, address=nowhere), replace(rule, address=draw(ADDRESSES))))
    before, after = draw(st.sampled_from(variants))
    return index, [*chosen[:index], before, *chosen[index + 1 :]], [*chosen[:index], after, *chosen[index + 1 :]]


@settings(max_examples=300)
@given(templated())
def test_whatever_an_unknown_entry_stands_for_certain_answers_hold(
    case: tuple[int, list[HbaRule], list[HbaRule]],
) -> None:
    index, template, filled = case
    for position, (before, after) in enumerate(zip(evaluate(template, True), evaluate(filled, True), strict=True)):
        assert after.live <= before.live | before.doubtful
        if position != index:
            assert before.live <= after.live


def test_the_bind_password_is_in_no_representation() -> None:
    line = "hostssl all all all ldap ldapserver=a ldapbasedn=b ldapbinddn=c ldapbindpasswd=canary-value"
    source = Source(path="pg_hba.conf", text=line)
    result = read_hba(source, "pg_hba.conf", None, None)
    assert result.rules
    assert "canary-value" not in repr(result) + repr(list(lines_of(source))) + repr(POSTGRES.parse(source))
    (secret,) = [item for item in POSTGRES.parse(source).assignments() if item.server_secret]
    assert secret.value == "canary-value"
    assert line[secret.at.column - 1 : secret.at.end_column] == "canary-value"
