"""`auditor:ignore` in comments of any style, and the lines they are for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.exceptions.comments import Comment, find_comments
from auditor.model.source import Source


def found(text: str) -> tuple[Comment, ...]:
    return find_comments({"a.conf": Source(path="a.conf", text=text)})


@pytest.mark.parametrize(
    "comment",
    [
        "# auditor:ignore redis-no-tls it is a test",
        "## auditor:ignore redis-no-tls it is a test",
        "#auditor:ignore redis-no-tls it is a test",
        "// auditor:ignore redis-no-tls it is a test",
        "/* auditor:ignore redis-no-tls it is a test */",
        "/** auditor:ignore redis-no-tls it is a test **/",
        "<!-- auditor:ignore redis-no-tls it is a test -->",
        "; auditor:ignore redis-no-tls it is a test",
        "-- auditor:ignore redis-no-tls it is a test",
        "% auditor:ignore redis-no-tls it is a test",
        "! auditor:ignore redis-no-tls it is a test",
        "{{/* auditor:ignore redis-no-tls it is a test */}}",
        "{{- /* auditor:ignore redis-no-tls it is a test */ -}}",
        "{# auditor:ignore redis-no-tls it is a test #}",
        "#  auditor:ignore   redis-no-tls   it is a test  ",
        "# auditor:ignore: redis-no-tls: it is a test",
    ],
)
@pytest.mark.parametrize("before", ["", "    ", "port 1 ", "\t"])
def test_comments_of_many_styles(before: str, comment: str) -> None:
    (only,) = found(f"first\n{before}{comment}\nlast\n")
    assert (only.check_id, only.line, only.id) == ("redis-no-tls", 2, "inline:a.conf:2")
    assert only.reason == "it is a test"
    assert only.lines == (frozenset({2}) if before.strip() else frozenset({2, 3}))


@pytest.mark.parametrize(
    "text",
    [
        "auditor:ignore redis-no-tls it is no comment",
        "note = auditor:ignore redis-no-tls",
        "http://example.org/#auditor:ignore",
        "# see auditor:ignore redis-no-tls",
        "# auditor:ignored redis-no-tls",
        "# auditor:ignore-all redis-no-tls",
        "# Auditor:Ignore redis-no-tls",
    ],
)
def test_other_text_is_none(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "check", "reason"),
    [
        ("# auditor:ignore", "", ""),
        ("# auditor:ignore redis-no-tls", "redis-no-tls", ""),
        ("/* auditor:ignore redis-no-tls */", "redis-no-tls", ""),
        ("<!-- auditor:ignore redis-no-tls-->", "redis-no-tls", ""),
    ],
)
def test_what_is_missing_is_empty(text: str, check: str, reason: str) -> None:
    (only,) = found(text)
    assert (only.check_id, only.reason) == (check, reason)


def test_several_above_one_another_are_for_the_line_below_them() -> None:
    text = "# auditor:ignore one reason\n  # auditor:ignore two reason\nport 1 # auditor:ignore three reason\nport 2\n"
    assert [(c.check_id, sorted(c.lines)) for c in found(text)] == [("one", [1, 3]), ("two", [2, 3]), ("three", [3])]


def test_an_empty_line_or_another_comment_separates() -> None:
    assert found("# auditor:ignore one reason\n\nport 1\n")[0].lines == {1, 2}
    assert found("# auditor:ignore one reason\n# other\nport 1\n")[0].lines == {1, 2}


def test_files_come_in_the_order_of_their_paths() -> None:
    sources = {path: Source(path=path, text="# auditor:ignore x y\n") for path in ("b", "a", "c")}
    assert [comment.path for comment in find_comments(sources)] == ["a", "b", "c"]


def test_a_line_of_comment_signs_is_read_in_linear_time() -> None:
    assert found("# " * 200_000 + "auditor:ignore") != ()
    assert found(" #" * 200_000 + "/*" * 100_000 + "auditor:ignor " + " " * 200_000 + "auditor:ignore") == ()


@given(st.text(alphabet="#/*;-!% \nauditor:ignore xy{}<>", max_size=80))
def test_any_text_gives_comments_on_its_own_lines(text: str) -> None:
    for comment in found(text):
        assert "auditor:ignore" in text.split("\n")[comment.line - 1]
        assert comment.line in comment.lines
