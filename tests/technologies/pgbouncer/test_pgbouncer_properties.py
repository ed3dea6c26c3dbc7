"""Whatever stands in the files, reading ends, and what is known does not depend on how it is laid out."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.model.source import Source
from auditor.technologies.common.versions import Range
from auditor.technologies.pgbouncer.connection import RefusedError, pairs
from auditor.technologies.pgbouncer.hba import read_hba
from auditor.technologies.pgbouncer.ini import Entry, Section, parse_ini
from auditor.technologies.pgbouncer.service import protocols_of, whole_number
from auditor.technologies.pgbouncer.userlist import parse_users

TEXT = st.text(alphabet="ab=[]%;#'\" \t\n\r.,*0129/\\${}host", max_size=80)
NAME = st.text(alphabet="abcxyz_", min_size=1, max_size=8)
VALUE = st.text(alphabet="abc ;#='[]%", max_size=12).map(str.strip)


@given(TEXT)
def test_any_text_is_read_with_places_inside_it(text: str) -> None:
    lines = text.split("\n")
    for item in parse_ini(Source(path="p", text=text)).items:
        assert 1 <= item.at.line <= len(lines)
        assert item.at.column <= len(lines[item.at.line - 1]) + 1


@given(st.lists(st.tuples(NAME, VALUE), max_size=5), st.sampled_from(["\n", "\r\n", "\n\n ; note\n"]))
def test_entries_come_back_as_written(entries: list[tuple[str, str]], gap: str) -> None:
    text = "[pgbouncer]" + gap + "".join(f"{key} = {value}{gap}" for key, value in entries)
    found = parse_ini(Source(path="p", text=text)).items
    assert [(item.key, item.value) for item in found if isinstance(item, Entry)] == entries
    assert [item.name for item in found if isinstance(item, Section)] == ["pgbouncer"]


@given(st.dictionaries(NAME, st.text(alphabet="ab =;'", min_size=1, max_size=8), max_size=4))
def test_connection_strings_come_back_with_places_of_their_values(wanted: dict[str, str]) -> None:
    text = " ".join("{}='{}'".format(key, value.replace("'", "''")) for key, value in wanted.items())
    found = list(pairs(text))
    assert {pair.key: pair.value for pair in found} == wanted
    assert all(text[pair.start : pair.end].replace("''", "'") == pair.value for pair in found)


@given(TEXT)
def test_any_connection_string_is_read_or_refused(text: str) -> None:
    try:
        found = list(pairs(text))
    except RefusedError:
        return
    assert all(pair.value and 0 <= pair.start < pair.end <= len(text) for pair in found)


@given(TEXT)
def test_any_list_of_users_is_read(text: str) -> None:
    result = parse_users(Source(path="u", text=text))
    assert len(result.users) <= text.count('"') // 4


@given(TEXT)
def test_every_line_of_records_is_in_force_or_left_out_or_empty(text: str) -> None:
    result = read_hba(Source(path="h", text=text), "h", None, Range((1, 18), (1, 19), (1, 18)))
    lines = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    assert len(result.rules) + len(result.ignored) <= len(lines)


@given(st.integers(min_value=-(2**40), max_value=2**40))
def test_numbers_in_every_base(number: int) -> None:
    sign = "-" if number < 0 else ""
    for text in (str(number), f"{sign}0x{abs(number):X}", f"{sign}0{abs(number):o}", f" {number}"):
        assert whole_number(text) == number
        assert whole_number(f"{text}x") is None


@given(st.sets(st.sampled_from(["tlsv1.0", "tlsv1.1", "tlsv1.2", "tlsv1.3"]), max_size=3))
def test_what_is_taken_from_all_is_gone(gone: set[str]) -> None:
    found = protocols_of(":".join(["all", *(f"!{name}" for name in sorted(gone))]))
    assert found is not None
    assert {name.lower() for name in found} == {"tlsv1.0", "tlsv1.1", "tlsv1.2", "tlsv1.3"} - gone
