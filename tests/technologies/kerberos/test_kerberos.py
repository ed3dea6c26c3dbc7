"""krb5.conf, kdc.conf and kadm5.acl; what the library does was tried with 1.20.1 (tests/oracle/kerberos)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.engine import run
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.kerberos import (
    KERBEROS,
    KadmAcl,
    Kdc,
    Kerberos,
    KeyTables,
    is_clear_ldap,
    named_realm,
    weak_keys_in,
)
from auditor.technologies.kerberos.enctypes import weak_in
from auditor.technologies.kerberos.service import takes_any
from auditor.technologies.recognition.kerberos import recognise

CHECKS = load_packs(folders=("kerberos",)).checks


def client(text: str, **others: str) -> Kerberos:
    estate = take_estate(MemoryTree({"krb5.conf": text, **others}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, Kerberos))
    return found


def centre(text: str, **others: str) -> Kdc:
    estate = take_estate(MemoryTree({"kdc.conf": text, **others}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, Kdc))
    return found


def test_the_first_value_counts() -> None:
    found = client("[libdefaults]\nrdns = false\n[libdefaults]\nrdns = true\n")
    assert found.flag("rdns") is False


def test_a_word_that_is_no_flag_is_no() -> None:
    assert client("[libdefaults]\nrdns = perhaps\n").flag("rdns") is False


def test_nothing_counts_before_the_first_section() -> None:
    assert client("rdns = false\n[libdefaults]\ndefault_realm = A.EXAMPLE\n").flag("rdns") is True


def test_a_value_of_the_realm_goes_first() -> None:
    found = client("[libdefaults]\ndefault_realm = A\nticket_lifetime = 1h\nA = {\nticket_lifetime = 2d\n}\n")
    assert found.seconds("ticket_lifetime") == 2 * 86400


def test_an_included_file_that_is_not_scanned_leaves_the_rest_open() -> None:
    found = client("includedir /etc/krb5.conf.d/\n[libdefaults]\nallow_weak_crypto = true\n")
    assert found.flag("allow_weak_crypto") is True
    assert isinstance(found.flag("rdns"), Unknown)


def test_a_file_may_end_behind_a_name_without_a_value() -> None:
    assert not client("[libdefaults]\nrdns =\n").refused
    assert client("[libdefaults]\nrdns =\n\n").refused


def test_a_template_leaves_its_values_open() -> None:
    found = client("[libdefaults]\ndefault_realm = {{ realm }}\nrdns = {{ rdns }}\nclockskew = ${SKEW}\n")
    assert isinstance(found.flag("rdns"), Unknown)
    assert isinstance(found.seconds("clockskew"), Unknown)
    assert found.flag("allow_weak_crypto") is False


def test_the_centre_reads_krb5_conf_behind_its_own_file() -> None:
    kdc = "[realms]\nA.EXAMPLE = {\nmax_life = 10h\n}\n"
    krb5 = "[realms]\nA.EXAMPLE = {\nmax_life = 9d\ndefault_principal_flags = +preauth\n}\n"
    found = centre(kdc, **{"krb5.conf": krb5})
    assert found.seconds("A.EXAMPLE", "max_life") == 36000
    assert found.requires_preauth("A.EXAMPLE") is True


@pytest.mark.parametrize(
    ("flags", "required"),
    [("+preauth", True), ("preauth", True), ("-preauth", False), ("+renewable", False), ("+Requires-Preauth", True)],
)
def test_flags_of_new_principals(flags: str, required: bool) -> None:
    text = f"[realms]\nA.EXAMPLE = {{\ndefault_principal_flags = {flags}\n}}\n"
    assert centre(text).requires_preauth("A.EXAMPLE") is required


def test_a_flag_that_is_not_known_leaves_the_answer_open() -> None:
    text = "[realms]\nA.EXAMPLE = {\ndefault_principal_flags = +something\n}\n"
    assert isinstance(centre(text).requires_preauth("A.EXAMPLE"), Unknown)


@pytest.mark.parametrize(
    ("listed", "weak"),
    [
        ("aes rc4", ("rc4",)),
        ("DEFAULT", ()),
        ("DEFAULT +des3", ("des3",)),
        ("rc4 aes -arcfour-hmac", ()),
        ("aes256-cts,RC4-HMAC", ("rc4-hmac",)),
        ("des-cbc-crc", ()),
    ],
)
def test_weak_types_of_a_list(listed: str, weak: tuple[str, ...]) -> None:
    assert weak_in(listed) == weak


def test_keys_with_salts() -> None:
    assert weak_keys_in("aes256-cts:normal, RC4-HMAC:normal des3-cbc-sha1") == ("rc4-hmac", "des3-cbc-sha1")


@pytest.mark.parametrize(
    ("rule", "any_realm"),
    [
        ("RULE:[1:$1@$0](.*@.*)s/@.*//", True),
        ("RULE:[1:$1]", True),
        ("RULE:[1:$1@$0]([^@]*@.*)s/@.*//g", True),
        ("RULE:[1:$1@$0](.*@A\\.EXAMPLE)s/@.*//", False),
        ("RULE:[1:$1@$0](.*@.*)s/@A.EXAMPLE//", False),
        ("RULE:[2:$2](root)", False),
        ("DEFAULT", False),
    ],
)
def test_rules_for_accounts(rule: str, any_realm: bool) -> None:
    assert takes_any(rule) is any_realm


@pytest.mark.parametrize(
    ("uri", "clear"),
    [
        ("ldap://a.example", True),
        ("LDAP://a.example:389/", True),
        ("ldaps://a.example", False),
        ("ldapi:///", False),
        ("ldap:///", False),
        ("ldap://127.0.0.1:389", False),
        ("ldap://localhost", False),
    ],
)
def test_addresses_of_ldap(uri: str, clear: bool) -> None:
    assert is_clear_ldap(uri) is clear


def test_rights_of_administrators() -> None:
    estate = take_estate(MemoryTree({"kadm5.acl": "# all\n*/admin@A  *E  \n*@A xD *1@A -maxlife 9h\n\nlone\n"}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, KadmAcl))
    assert [(entry.who, "e" in entry.may, "d" in entry.may) for entry in found.reached] == [
        ("*/admin@A", False, True),
        ("*@A", False, False),
    ]
    assert not found.entries[1].is_for_all_targets


def test_a_key_table_is_found_by_its_name() -> None:
    estate = take_estate(MemoryTree({"krb5.conf": "[libdefaults]\n", "keys/host.keytab": "placeholder"}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, KeyTables))
    assert [at.path for at in found.files] == ["keys/host.keytab"]


def test_a_key_table_is_found_alone_and_not_read() -> None:
    estate = take_estate(MemoryTree({"http.keytab": b"\5\2\0\0\0\x44\0\2"}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, KeyTables))
    assert [at.path for at in found.files] == ["http.keytab"]
    assert [item.status for item in estate.examined] == ["parsed"]


def test_another_binary_file_of_kerberos_cannot_be_read() -> None:
    estate = take_estate(MemoryTree({"krb5.conf": b"[libdefaults]\n\0", "kadm5.acl": b"*/admin@A *\n\0"}))
    assert {item.status for item in estate.examined} <= {"unreadable", "skipped"}


BOTH = """\
[libdefaults]
 allow_weak_crypto = true
[realms]
 A.EXAMPLE = {
  database_module = l
 }
[dbmodules]
 l = {
  ldap_servers = ldap://directory.example/
 }
"""


def test_a_file_of_a_client_and_a_centre_is_both() -> None:
    estate = take_estate(MemoryTree({"krb5.conf": BOTH}))
    found = [fact for fact in estate.facts if isinstance(fact, Kdc | Kerberos)]
    assert {type(fact) for fact in found} == {Kdc, Kerberos}
    outcomes = run([check for check in CHECKS if check.id == "kerberos-database-over-clear-ldap"], found)
    assert [len(outcome.failures) for outcome in outcomes] == [1]


def test_the_centre_is_judged_by_its_own_file() -> None:
    own = "[realms]\n A.EXAMPLE = {\n  default_principal_flags = +preauth\n }\n"
    estate = take_estate(MemoryTree({"krb5.conf": BOTH, "kdc.conf": own}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, Kdc))
    assert (found.component, found.requires_preauth("A.EXAMPLE")) == ("kdc.conf", True)
    assert [fact.component for fact in estate.facts if isinstance(fact, Kerberos)] == ["krb5.conf"]


def test_a_realm_whose_name_is_filled_in() -> None:
    (realm,) = centre("[realms]\n ${REALM} = {\n  max_life = 10h\n }\n").realms
    assert named_realm(realm) == "a realm whose name is filled in"
    assert named_realm("A.EXAMPLE") == "A.EXAMPLE"


def test_a_container_with_the_files_of_a_centre() -> None:
    compose = """
services:
  kdc:
    image: registry.example.org/kdc:1
    command: ["krb5kdc", "-n"]
    volumes:
      - ./kdc.conf:/etc/krb5kdc/kdc.conf:ro
      - ./kadm5.acl:/etc/krb5kdc/kadm5.acl:ro
"""
    kdc = "[realms]\nA.EXAMPLE = {\ndefault_principal_flags = +preauth\n}\n"
    files = {"compose.yaml": compose, "kdc.conf": kdc, "kadm5.acl": "*/admin@A.EXAMPLE *\n"}
    estate = take_estate(MemoryTree(files))
    assert [fact.component for fact in estate.facts if isinstance(fact, Kdc | KadmAcl)] == ["kdc", "kdc"]


@pytest.mark.parametrize("path", ["/etc/krb5.conf", "/etc/krb5kdc/kdc.conf"])
def test_the_default_files_of_debian_are_taken(path: str) -> None:
    if not Path(path).exists():
        pytest.skip("Kerberos is not installed")
    name = Path(path).name
    estate = take_estate(MemoryTree({name: Path(path).read_text()}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, Kerberos | Kdc))
    assert not found.refused


@pytest.mark.parametrize(
    ("path", "text", "ours"),
    [
        ("etc/krb5.conf", "[libdefaults]\n", True),
        ("etc/krb5.conf", "includedir /etc/krb5.conf.d/\n", True),
        ("etc/krb5.conf.d/crypto-policies", "[libdefaults]\npermitted_enctypes = aes\n", True),
        ("templates/krb5.conf.j2", "[libdefaults]\n", True),
        ("c/krb5.ini", "[realms]\n", True),
        ("kadm5.acl", "*/admin@A *\n", True),
        ("etc/krb5.conf", "a text\n", False),
        ("doc/krb5.md", "[libdefaults]\n", False),
        ("app.conf", "[realms]\n", False),
        ("kadm5.acl", "# nothing\n", False),
    ],
)
def test_recognition(path: str, text: str, ours: bool) -> None:
    assert (recognise(path.rpartition("/")[2].lower(), path, text) is not None) is ours


@given(st.text(alphabet='[]{}=*"\\#; \nabinclude{%}$', max_size=120))
def test_no_text_is_too_strange(text: str) -> None:
    for name in ("krb5.conf", "kadm5.acl"):
        document = KERBEROS.parse(Source(path=name, text=text))
        assert all(problem.at.line <= text.count("\n") + 1 for problem in document.problems)


@given(st.lists(st.sampled_from(["true", "false", "yes", "off"]), min_size=1, max_size=5))
def test_later_lines_change_nothing(words: list[str]) -> None:
    first = client(f"[libdefaults]\nallow_weak_crypto = {words[0]}\n")
    found = client("[libdefaults]\n" + "".join(f"allow_weak_crypto = {word}\n" for word in words))
    assert found.flag("allow_weak_crypto") is first.flag("allow_weak_crypto")
