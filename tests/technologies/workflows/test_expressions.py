"""What flows into an expression's result."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats import yaml
from auditor.formats.tree import Mapping, Scalar
from auditor.model.source import Source
from auditor.technologies.workflows import expressions_in
from auditor.technologies.workflows.expressions import analyse

TITLE = "github.event.issue.title"


@pytest.mark.parametrize(
    "text",
    [
        TITLE,
        "github.event.issue['title']",
        "GitHub.Event.Issue.Title",
        f"format('{{0}}!', {TITLE})",
        f"'none' || {TITLE}",
        f"({TITLE})",
        f"github.event_name == 'issues' && {TITLE} || 'none'",
        f"join(fromJSON(toJSON({TITLE})), ',')",
    ],
)
def test_a_context_whose_text_is_in_the_result(text: str) -> None:
    assert TITLE in analyse(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        f"contains({TITLE}, 'x')",
        f"{TITLE} == 'x'",
        f"!{TITLE}",
        f"{TITLE} != '' && 'yes' || 'no'",
        f"'{TITLE}'",
        f"hashFiles({TITLE})",
        "'it''s ' || 'github.event'",
        f"{TITLE} ==",
        "(" * 100 + TITLE,
    ],
)
def test_a_context_whose_text_is_not(text: str) -> None:
    assert TITLE not in analyse(text)[0]


def test_indexes_and_whole_objects() -> None:
    assert analyse("github.event.commits[0].message")[0] == {"github.event.commits.*.message"}
    assert analyse("github.event.commits.*.message")[0] == {"github.event.commits.*.message"}
    assert "secrets.**" in analyse("toJSON(secrets)")[0]
    assert analyse("secrets[matrix.name]")[0] == {"secrets.*"}


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    flows, mentions = analyse(text)
    assert flows <= mentions


@given(st.lists(st.sampled_from(["a", " ", "é", "${{ x.y }}", "\n"]), max_size=12))
def test_places_in_a_block_are_those_of_the_text(parts: list[str]) -> None:
    text = "first" + "".join(parts)
    written = "run: |\n" + "\n".join(f"  {line}" for line in text.split("\n"))
    (root,) = yaml.parse(Source(path="a.yml", text=written), templated=False)
    assert isinstance(root, Mapping)
    scalar = root.get("run")
    assert isinstance(scalar, Scalar)
    lines = written.split("\n")
    found = list(expressions_in(scalar))
    assert len(found) == text.count("${{")
    for expression in found:
        at = expression.at
        assert lines[at.line - 1][at.column - 1 : at.end_column] == "${{ x.y }}"
