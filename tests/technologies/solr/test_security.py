"""What security.json says: log-ins by version, users, auditing, and what Solr stops at."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats import yaml
from auditor.formats.tree import Mapping
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.common.versions import Range, range_of
from auditor.technologies.solr import Security
from auditor.technologies.solr.users import hash_of

USERS = {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
BASIC: dict[str, Any] = {"class": "solr.BasicAuthPlugin", "credentials": USERS}
JWT: dict[str, Any] = {"class": "solr.JWTAuthPlugin"}


def security(blocks: dict[str, Any], version: str | None = None) -> Security:
    source = Source(path="security.json", text=json.dumps(blocks, ensure_ascii=False))
    (root,) = yaml.parse(source)
    assert isinstance(root, Mapping)
    return Security(root, source.at(), range_of(version, (), {}, {}) if version else Range())


@pytest.mark.parametrize(
    ("plugin", "version", "admits"),
    [
        (BASIC, "8.11", True),
        (BASIC, "9.0", False),
        (BASIC, "10", False),
        (BASIC, None, None),
        (JWT, "9.9", True),
        (JWT, "10.0", True),
        (JWT, "10.1", False),
        (JWT, "10", None),
        (JWT, "11", False),
        ({**BASIC, "blockUnknown": True}, "8.11", False),
        ({**BASIC, "blockUnknown": "true"}, "8.11", False),
        ({**BASIC, "blockUnknown": "yes"}, "9.9", True),
        ({**BASIC, "blockUnknown": False}, None, True),
        ({**BASIC, "blockUnknown": "{{ strict }}"}, "9.9", None),
        ({"class": "org.apache.solr.security.BasicAuthPlugin", "credentials": USERS}, "9.9", False),
        ({"class": "solr.KerberosPlugin", "blockUnknown": False}, None, False),
        ({"class": "solr.CertAuthPlugin"}, None, False),
        ({"class": "org.clinic.LoginPlugin"}, "9.9", None),
    ],
)
def test_who_gets_past_the_log_in(plugin: dict[str, Any], version: str | None, admits: bool | None) -> None:
    found = security({"authentication": plugin}, version).admits_unknown
    assert (None if isinstance(found, Unknown) else found) is admits


@pytest.mark.parametrize(
    ("schemes", "version", "admits"),
    [
        ([{**BASIC, "scheme": "basic"}, {**JWT, "scheme": "bearer", "blockUnknown": True}], "9.9", False),
        ([{**BASIC, "scheme": "basic"}, {**JWT, "scheme": "bearer", "blockUnknown": False}], "9.9", True),
        # A request of a script goes to the first scheme, whose own default lets it in.
        ([{**JWT, "scheme": "bearer"}, {**BASIC, "scheme": "basic"}], "9.9", True),
        ([{**BASIC, "scheme": "basic"}, {**JWT, "scheme": "bearer"}], "9.9", False),
    ],
)
def test_several_ways_to_log_in(schemes: list[dict[str, Any]], version: str, admits: bool) -> None:
    blocks = {"authentication": {"class": "solr.MultiAuthPlugin", "schemes": schemes}}
    assert security(blocks, version).admits_unknown is admits


def test_a_block_that_is_not_there() -> None:
    found = security({"authentication": BASIC})
    assert found.block("authorization") is None
    assert found.rules is None
    assert found.audit is None
    assert security({}).admits_unknown is True


def test_an_authorization_plugin_of_somebody_else_is_not_judged() -> None:
    found = security({"authentication": BASIC, "authorization": {"class": "org.clinic.Rules", "permissions": []}})
    assert isinstance(found.rules, Unknown)


@given(st.sampled_from(["password", "Operator", "operator123", "123456", "sample only 7Kq"]), st.binary(max_size=40))
def test_hashes_of_common_passwords_are_known_under_any_salt(password: str, salt: bytes) -> None:
    parts = [base64.b64encode(hash_of(password, salt)).decode()]
    parts += [base64.b64encode(salt).decode()] if salt else []
    found = security({"authentication": {**BASIC, "credentials": {"Operator": " ".join(parts)}}}).users
    assert not isinstance(found, Unknown)
    assert found[0].is_guessable is (password != "sample only 7Kq")
    assert found[0].is_published is False


@given(st.text(st.characters(exclude_categories=["C", "Z"]), max_size=40))
def test_any_text_may_stand_for_a_hash(text: str) -> None:
    users = security({"authentication": {**BASIC, "credentials": {"operator": f"x {text}"}}}).users
    assert not isinstance(users, Unknown)
    assert [user.is_published for user in users] == [False]


@pytest.mark.parametrize(
    ("block", "missing", "muted"),
    [
        ({}, 0, ()),
        ({"eventTypes": ["COMPLETED", "REJECTED", "UNAUTHORIZED", "ANONYMOUS_REJECTED"]}, 0, ()),
        ({"eventTypes": ["COMPLETED"]}, 1, ()),
        ({"eventTypes": []}, 2, ()),
        ({"muteRules": ["user:monitor", ["type:SEARCH"]]}, 0, ("search",)),
        ({"muteRules": [["type:UPDATE", "user:import"]]}, 0, ()),
    ],
)
def test_gaps_of_the_audit_log(block: dict[str, Any], missing: int, muted: tuple[str, ...]) -> None:
    audit = security({"auditlogging": {"class": "solr.SolrLogAuditLoggerPlugin", **block}}).audit
    assert audit is not None
    assert not isinstance(audit, Unknown)
    assert (len(audit.missing), audit.muted) == (missing, muted)


@pytest.mark.parametrize(
    ("blocks", "count"),
    [
        ({"authentication": BASIC}, 0),
        ({"authentication": {"class": "solr.BasicAuthPlugin", "credentials": {}}}, 1),
        ({"authentication": {"blockUnknown": True}}, 1),
        ({"authentication": {"class": "solr.MultiAuthPlugin"}}, 1),
        ({"authorization": {"permissions": []}}, 1),
        ({"authentication": JWT}, 0),
    ],
)
def test_what_solr_stops_at(blocks: dict[str, Any], count: int) -> None:
    assert len(list(security(blocks).refused())) == count
