"""A file of exceptions: one test for each rule, with the line and what was expected; all errors at once."""

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from auditor.exceptions.reading import MAX_BYTES, ExceptionsError, read_exceptions
from tests.exceptions.files import NAME, VALID, entry, errors, finder, hipaa, read, record, written

LINES = {name: number for number, name in enumerate(VALID, 2)}
"""Where each field of the valid entry stands."""


def only_error(text: str | bytes) -> tuple[int, str]:
    (line,) = errors(text)
    number, _, expected = line.partition(": ")
    return int(number), expected


def test_a_valid_file() -> None:
    text = written(entry(), entry(id="EX-2", type="alternative-measure", measure="WireGuard", ticket="OPS-12"))
    file = read(text)
    first, second = file.records
    assert file.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (first.id, first.check.id, first.type, first.at.line) == ("EX-1", "redis-no-tls", "risk-accepted", 2)
    assert (second.measure, second.ticket, second.at.path) == ("WireGuard", "OPS-12", NAME)


@pytest.mark.parametrize("text", ["exceptions: []\n", "exceptions:\n", "\ufeffexceptions: []\r\n"])
def test_a_file_without_exceptions(text: str) -> None:
    assert read(text).records == ()


def test_a_text_over_several_lines_becomes_one() -> None:
    text = written(entry()).replace('"Both servers stand in one rack."', ">-\n    Both servers\n    stand together.")
    assert read(text).records[0].justification == "Both servers stand together."


@pytest.mark.parametrize("name", list(VALID))
def test_a_missing_field(name: str) -> None:
    assert only_error(written(entry(without=[name]))) == (2, f"expected `{name}`")


@pytest.mark.parametrize("name", list(VALID))
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_field_without_a_value(name: str, value: Any) -> None:
    text = written(entry(**{name: value}))
    assert (LINES[name], f"expected a value for `{name}`") in {
        (int(line.partition(":")[0]), line.partition(": ")[2]) for line in errors(text)
    }


@pytest.mark.parametrize("name", [name for name in VALID if name != "scope"])
def test_a_field_that_is_no_text(name: str) -> None:
    assert only_error(written(entry(**{name: ["a"]}))) == (LINES[name], f"{name}: expected a text")


def test_an_unknown_key() -> None:
    line, expected = only_error(written(entry(expiry="2027-01-01")))
    assert line == len(VALID) + 2
    assert expected.startswith("expected one of the keys id, check, scope, type,")
    assert "2027-01-01" not in expected


def test_an_unknown_key_beside_the_list() -> None:
    assert only_error("version: 2\nexceptions: []\n") == (1, "expected one of the keys exceptions")


def test_an_unknown_key_of_the_scope() -> None:
    line, expected = only_error(written(entry(scope={"paths": "redis/**", "component": "queue"})))
    assert (line, expected) == (LINES["scope"], "expected one of the keys path, component, fingerprint")


def test_a_key_that_is_given_twice() -> None:
    text = written(entry()) + "  owner: Kim Example, Security official\n"
    assert only_error(text) == (len(VALID) + 2, "expected each key once")


def test_an_id_that_is_given_twice() -> None:
    line, expected = only_error(written(entry(), entry()))
    assert (line, expected) == (len(VALID) + 2, "id: expected one that no other exception has")


@pytest.mark.parametrize("value", ["EX 1", "-x", "a:b", "é"])
def test_an_id_of_other_characters(value: str) -> None:
    assert only_error(written(entry(id=value))) == (2, "id: expected letters, digits, `.`, `_` and `-`")


@pytest.mark.parametrize("value", ["no-such-check", "exception-expired", "_common", "../redis"])
def test_an_unknown_check(value: str) -> None:
    line, expected = only_error(written(entry(check=value)))
    assert (line, expected) == (3, "check: expected the id of a check; `auditor checks` lists them")


def test_a_former_id_of_a_check_is_known() -> None:
    check = finder()("redis-no-tls")
    file = read_exceptions(written(entry(check="redis-clear")).encode(), NAME, {"redis-clear": check}.get, hipaa())
    assert file.records[0].check.id == "redis-no-tls"


def test_an_unknown_type() -> None:
    line, expected = only_error(written(entry(type="inline")))
    assert line == LINES["type"]
    assert expected == (
        "type: expected one of false-positive, not-applicable, alternative-measure, not-reasonable-documented, "
        "risk-accepted"
    )


@pytest.mark.parametrize("owner", ["Sam Example", "Sam Example,", ", Platform engineer"])
def test_an_owner_without_name_or_role(owner: str) -> None:
    line, expected = only_error(written(entry(owner=owner)))
    assert (line, expected) == (
        LINES["owner"],
        "owner: expected a name and a role, such as `Sam Example, Platform engineer`",
    )


@pytest.mark.parametrize("approver", ["Sam Example, Platform engineer", "sam  example", "SAM EXAMPLE, Director"])
def test_a_critical_check_is_not_approved_by_its_owner(approver: str) -> None:
    line, expected = only_error(written(entry(check="redis-no-authentication", approver=approver)))
    assert line == LINES["approver"]
    assert expected == "approver: expected another person than the owner: redis-no-authentication is a critical check"


def test_the_owner_may_approve_what_is_not_critical() -> None:
    assert record(approver="Sam Example").approves_itself


def test_365_days_at_most() -> None:
    assert errors(written(entry(created="2026-11-01", expires="2027-11-01"))) == ()
    line, expected = only_error(written(entry(created="2026-11-01", expires="2027-11-02")))
    assert line == LINES["expires"]
    assert expected == "expires: expected at most 365 days after it was created, 2027-11-01 at the latest"


def test_the_last_day_of_the_calendar() -> None:
    assert errors(written(entry(created="9999-12-30", expires="9999-12-31"))) == ()
    assert only_error(written(entry(created="2026-11-01", expires="9999-12-31")))[0] == LINES["expires"]


@pytest.mark.parametrize(
    ("created", "expires"),
    [("01.11.2026", "2027-10-31"), ("2026-11-01", "soon"), ("2026-11-01", "20271031"), ("2026-02-30", "2026-11-30")],
)
def test_a_malformed_date_is_no_error_but_expired(created: str, expires: str) -> None:
    found = record(created=created, expires=expires)
    assert found.ended(date(2026, 11, 22)).endswith("which counts as expired")
    assert created not in found.ended(date(2026, 11, 22)) or expires == "soon"


def test_a_malformed_review_date() -> None:
    line, expected = only_error(written(entry(review="May")))
    assert (line, expected) == (len(VALID) + 2, "review: expected a date (YYYY-MM-DD)")


@pytest.mark.parametrize(
    ("check", "why"),
    [
        ("redis-no-authentication", "164.312(d) itself"),  # a standard without specifications
        ("aws-rds-backup", "164.308(a)(7)(ii)(A), which is Required"),
        ("redis-binds-all-interfaces", "164.312(a)(1) itself"),  # a standard, no specification of it is cited
        ("redis-refused-configuration", "no addressable specification"),  # nothing is cited as direct
    ],
)
@pytest.mark.parametrize("kind", ["alternative-measure", "not-reasonable-documented"])
def test_nothing_may_stand_in_for_what_is_not_addressable(check: str, kind: str, why: str) -> None:
    line, expected = only_error(
        written(entry(check=check, type=kind, measure="A tunnel", alternative_considered="A tunnel"))
    )
    assert line == LINES["type"]
    assert expected.startswith("type: expected false-positive, not-applicable or risk-accepted: ")
    assert why in expected


@pytest.mark.parametrize("check", ["redis-no-tls", "secret-plaintext", "mongodb-encryption-at-rest"])
def test_an_addressable_specification_may_have_an_alternative(check: str) -> None:
    assert errors(written(entry(check=check, type="alternative-measure", measure="A tunnel"))) == ()


def test_an_alternative_measure_has_a_name() -> None:
    line, expected = only_error(written(entry(type="alternative-measure", measure=None)))
    assert (line, expected) == (
        LINES["type"],
        "type: expected `measure` beside it: the control that is in force instead",
    )


def test_what_is_not_reasonable_was_weighed() -> None:
    line, expected = only_error(written(entry(type="not-reasonable-documented")))
    assert line == LINES["type"]
    assert "expected `alternative_considered`" in expected
    assert errors(written(entry(type="not-reasonable-documented", alternative_considered="stunnel"))) == ()


@pytest.mark.parametrize("kind", ["false-positive", "not-applicable", "risk-accepted"])
def test_the_other_types_are_for_any_check(kind: str) -> None:
    assert errors(written(entry(check="redis-no-authentication", type=kind))) == ()


def test_an_empty_scope() -> None:
    line, expected = only_error(written(entry(scope={})))
    assert (line, expected) == (LINES["scope"], "scope: expected one or more of path, component, fingerprint")


def test_a_scope_that_is_a_text() -> None:
    line, expected = only_error(written(entry(scope="redis/**")))
    assert line == LINES["scope"]
    assert expected.startswith("scope: expected a mapping")


@pytest.mark.parametrize("path", ["*", "**", "**/*", "/**", "/*"])
def test_a_path_that_names_everything_needs_a_component(path: str) -> None:
    line, expected = only_error(written(entry(scope={"path": path})))
    assert line == LINES["scope"]
    assert expected.startswith("scope: expected a narrower pattern")
    assert errors(written(entry(scope={"path": path, "component": "queue"}))) == ()


@pytest.mark.parametrize("path", ["!redis/**", "#redis", "redis/[", "/"])
def test_a_path_that_is_no_pattern(path: str) -> None:
    line, expected = only_error(written(entry(scope={"path": path})))
    assert line == LINES["scope"]
    assert expected.startswith("scope: expected one pattern in gitignore syntax")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("- id: EX-1\n", 1),
        ("exceptions: []\n---\nexceptions: []\n", 3),
        ("exceptions: yes\n", 1),
        ("exceptions:\n  - EX-1\n", 2),
        ("exceptions:\n\t- id: x\n", 2),
        ("exceptions:\n  - {id: *unknown}\n", 2),
        ("exceptions: " + "[" * 100_000, 1),
        (b"exceptions: []\n# \xff\n", 2),
        (b"exceptions: []\n#" + b" " * MAX_BYTES, 1),
    ],
)
def test_a_file_of_another_form(text: str | bytes, line: int) -> None:
    assert only_error(text)[0] == line


def test_every_error_is_told_at_once_and_in_the_order_of_lines() -> None:
    broken = entry(id="a b", check="no-such-check", type="other", owner="Sam", scope={})
    found = errors(written(entry(without=["owner", "created"]), broken))
    assert [int(line.partition(":")[0]) for line in found] == [2, 2, 9, 10, 11, 12, 14]


def test_errors_name_the_file_as_it_was_given() -> None:
    with pytest.raises(ExceptionsError, match=r"^\.\./exceptions\.yaml:1: expected `exceptions`$"):
        read_exceptions(b"{}", NAME, finder(), hipaa(), shown="../exceptions.yaml")


def test_no_error_quotes_a_value() -> None:
    secret = "EXAMPLE-not-a-real-secret"
    fields = dict.fromkeys(VALID, f"{secret}: [")
    text = yaml.safe_dump({"exceptions": [{**fields, secret: secret}], secret: secret}) + f"{secret}: [\n"
    for each in (text, text.removesuffix(f"{secret}: [\n")):
        assert errors(each)
        assert secret not in "".join(errors(each))


PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=12), st.dates().map(str))
VALUES = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner))


@given(
    st.dictionaries(st.sampled_from([*VALID, "measure", "alternative_considered", "review", "ticket", "x"]), VALUES),
    st.sets(st.sampled_from(list(VALID)), max_size=2),
)
def test_any_entry_loads_or_has_errors_with_a_line(changes: dict[str, Any], without: set[str]) -> None:
    text = yaml.safe_dump({"exceptions": [entry(**changes), entry(without=sorted(without), id="EX-2")]})
    found = errors(text)
    assert found or not without
    for line in found:
        assert 1 <= int(line.partition(":")[0]) <= text.count("\n") + 1
    if not found:
        for each in read(text).records:
            each.ended(date(2026, 11, 22))


@given(st.data())
def test_any_damaged_file_loads_or_has_errors_with_a_line(data: st.DataObject) -> None:
    text = written(entry(), entry(id="EX-2", type="alternative-measure", measure="A tunnel")).encode()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    damaged = (
        text[:start] + data.draw(st.binary(max_size=8) | st.sampled_from([b"\n", b": ", b"&a *a", b"!!x"])) + text[end:]
    )
    for line in errors(damaged):
        assert 1 <= int(line.partition(":")[0]) <= damaged.count(b"\n") + damaged.count(b"\r") + 2


def test_the_documentation_shows_a_valid_file_and_the_errors_of_another() -> None:
    page = (Path(__file__).parents[2] / "docs" / "exceptions.md").read_text("utf-8")
    (example,) = re.findall(r"^```yaml\n(exceptions:.*?)^```", page, re.M | re.S)
    assert [(each.id, each.type) for each in read(example).records] == [("EX-1", "alternative-measure")]
    wrong = example.replace(", Platform engineer", "").replace("    expires: 2027-10-31\n", "")
    shown = re.findall(r"^auditor-exceptions\.yaml:\d+: (.*)$", page, re.M)
    assert sorted(line.partition(": ")[2] for line in errors(wrong)) == sorted(shown)
