"""Whom the permissions let through, held to what the Reference Guide says about their order."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats import yaml
from auditor.formats.tree import Mapping
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.solr.permissions import Request, Rules, Whom, read_permissions

Entry = dict[str, Any]
READ = Request(path="/select", permission="read", collection="patients")
OTHER = Request(path="/select", permission="read", collection="visits")
EDIT = Request(path="/admin/authorization", permission="security-edit", method="POST")
CORES = Request(path="/admin/cores", permission="core-admin-edit", params={"action": "UNLOAD"})
ALL: Entry = {"name": "all", "role": "admin"}


def rules(entries: Sequence[Entry], *, skips_pathless: bool | Unknown = True) -> Rules:
    (root,) = yaml.parse(Source(path="security.json", text=json.dumps({"permissions": entries})))
    assert isinstance(root, Mapping)
    found = read_permissions(root.get("permissions"))
    assert not isinstance(found, Unknown)
    return Rules(found, skips_pathless)


CASES: list[tuple[list[Entry], Request, Whom]] = [
    ([], READ, Whom.NOT_GOVERNED),
    ([ALL], READ, Whom.SOME_ROLES),
    ([ALL], EDIT, Whom.SOME_ROLES),
    ([{"name": "read", "role": None}], READ, Whom.ANYBODY),
    ([{"name": "read", "role": []}], READ, Whom.ANYBODY),
    ([{"name": "read", "role": ["clinic", "*"]}], READ, Whom.EVERY_USER),
    ([{"name": "update", "role": "clinic"}], READ, Whom.NOT_GOVERNED),
    # The first of those in one place counts.
    ([{"name": "read", "role": "*"}, ALL], READ, Whom.EVERY_USER),
    ([ALL, {"name": "read", "role": "*"}], READ, Whom.SOME_ROLES),
    # The collection's own before those of all collections, the path's before those of any path.
    ([ALL, {"name": "read", "collection": "patients", "role": None}], READ, Whom.ANYBODY),
    ([ALL, {"name": "read", "collection": "patients", "role": None}], OTHER, Whom.SOME_ROLES),
    ([ALL, {"name": "s", "path": "/select", "role": "*"}], READ, Whom.EVERY_USER),
    (
        [
            {"name": "s", "path": "/select", "role": "*"},
            {"name": "t", "collection": "patients", "path": "/select", "role": "clinic"},
        ],
        READ,
        Whom.SOME_ROLES,
    ),
    # Administration is asked of permissions without a collection only.
    ([{"name": "own", "path": "/admin/authorization", "role": "admin"}], EDIT, Whom.NOT_GOVERNED),
    ([{"name": "own", "collection": None, "path": "/admin/authorization", "role": "a"}], EDIT, Whom.SOME_ROLES),
    ([{"name": "security-edit", "role": "admin"}], EDIT, Whom.SOME_ROLES),
    # Methods and parameters belong to permissions of one's own; a predefined one with them is passed over.
    ([{"name": "security-edit", "method": "POST", "role": "admin"}], EDIT, Whom.NOT_GOVERNED),
    ([{"name": "read", "path": "/select", "role": "admin"}], READ, Whom.NOT_GOVERNED),
    ([{"name": "s", "path": "/select", "method": "POST", "role": "admin"}], READ, Whom.NOT_GOVERNED),
    ([{"name": "s", "path": "/select", "method": "FETCH", "role": "admin"}], READ, Whom.SOME_ROLES),
    (
        [{"name": "c", "collection": None, "path": "/admin/cores", "params": {"action": ["STATUS"]}, "role": None}],
        CORES,
        Whom.NOT_GOVERNED,
    ),
    (
        [{"name": "c", "collection": None, "path": "/admin/cores", "params": {"core": None}, "role": None}],
        CORES,
        Whom.ANYBODY,
    ),
    # Wildcards of paths; what is below an earlier one is lost.
    ([{"name": "a", "collection": None, "path": "/admin/*", "role": "admin"}], EDIT, Whom.SOME_ROLES),
    (
        [
            {"name": "a", "collection": None, "path": "/admin/*", "role": None},
            {"name": "b", "collection": None, "path": "/admin/authorization", "role": "admin"},
        ],
        EDIT,
        Whom.ANYBODY,
    ),
    ([{"name": "read", "collection": "patients"}, ALL], READ, Whom.SOME_ROLES),
]


@pytest.mark.parametrize(("entries", "request_", "whom"), CASES)
def test_who_passes(entries: list[Entry], request_: Request, whom: Whom) -> None:
    assert rules(entries).whom(request_) is whom


def test_a_permission_without_a_path_counts_up_to_94_only() -> None:
    entries: list[Entry] = [{"name": "patients", "collection": "patients", "role": "clinic"}]
    assert rules(entries, skips_pathless=False).whom(READ) is Whom.SOME_ROLES
    assert rules(entries, skips_pathless=True).whom(READ) is Whom.NOT_GOVERNED
    unknown = Unknown("the version")
    assert rules(entries, skips_pathless=unknown).whom(READ) == unknown
    assert rules([*entries, ALL], skips_pathless=unknown).whom(READ) is Whom.SOME_ROLES


@pytest.mark.parametrize(
    "undecided",
    [
        {"name": "s", "path": "*", "role": None},
        {"name": "s", "path": "/select", "params": {"q": ["REGEX:.*"]}, "role": None},
    ],
)
def test_what_is_not_decided(undecided: Entry) -> None:
    request = Request(path="/select", permission="read", collection="patients", params={"q": "x"})
    assert isinstance(rules([undecided]).whom(request), Unknown)


def test_a_template_leaves_the_permissions_open() -> None:
    (root,) = yaml.parse(Source(path="s.json", text='{"permissions": [{"name": "all", "role": "{{ role }}"}]}'))
    assert isinstance(root, Mapping)
    assert isinstance(read_permissions(root.get("permissions")), Unknown)


NAMES: st.SearchStrategy[str] = st.sampled_from(
    ["all", "read", "update", "security-edit", "core-admin-edit", "own", "health"]
)
ROLES: st.SearchStrategy[Any] = st.sampled_from([None, "admin", "*", ["admin", "clinic"], []])
COLLECTIONS: st.SearchStrategy[Entry] = st.sampled_from(
    [{}, {"collection": "patients"}, {"collection": None}, {"collection": ["visits", "x"]}]
)
PATHS: st.SearchStrategy[Entry] = st.sampled_from(
    [{}, {"path": "/select"}, {"path": "/admin/*"}, {"path": ["/update", "/select"]}]
)


def entry(name: str, role: object, collection: Entry, path: Entry) -> Entry:
    return {"name": name, "role": role, **collection, **path}


ENTRIES: st.SearchStrategy[list[Entry]] = st.lists(st.builds(entry, NAMES, ROLES, COLLECTIONS, PATHS), max_size=6)
REQUESTS = st.sampled_from([READ, OTHER, EDIT, CORES])


@given(ENTRIES, REQUESTS)
def test_all_at_the_end_leaves_nothing_ungoverned(entries: list[Entry], request_: Request) -> None:
    assert rules([*entries, ALL]).whom(request_) is not Whom.NOT_GOVERNED


@given(ENTRIES, REQUESTS)
def test_what_is_governed_does_not_depend_on_a_last_all(entries: list[Entry], request_: Request) -> None:
    before = rules(entries).whom(request_)
    if before is not Whom.NOT_GOVERNED:
        assert rules([*entries, ALL]).whom(request_) is before


@given(ENTRIES, REQUESTS)
def test_permissions_said_twice_change_nothing(entries: list[Entry], request_: Request) -> None:
    assert rules([*entries, *entries]).whom(request_) is rules(entries).whom(request_)


@given(ENTRIES, REQUESTS)
def test_a_permission_that_is_passed_over_changes_nothing(entries: list[Entry], request_: Request) -> None:
    faulty: Entry = {"name": "all", "method": "GET", "role": None}
    assert rules([faulty, *entries]).whom(request_) is rules(entries).whom(request_)


@given(ENTRIES, REQUESTS)
def test_unreached_permissions_can_be_taken_out(entries: list[Entry], request_: Request) -> None:
    found = rules(entries)
    lost = {id(permission) for permission, _ in found.unreached()}
    kept = Rules(tuple(each for each in found.permissions if id(each) not in lost), skips_pathless=True)
    assert kept.whom(request_) is found.whom(request_)


def test_more_permissions_than_anybody_writes_are_not_judged() -> None:
    text = json.dumps({"permissions": [ALL] * 501})
    (root,) = yaml.parse(Source(path="security.json", text=text))
    assert isinstance(root, Mapping)
    assert isinstance(read_permissions(root.get("permissions")), Unknown)
