"""Strings of HCL: escapes, interpolations, directives, heredocs."""

import pytest

from auditor.formats.hcl import Literal, Name, Opaque, Template, TemplateIf, parse
from auditor.formats.hcl.tree import Expression
from auditor.model.source import Source


def value_of(text: str) -> Expression:
    file = parse(Source(path="main.tf", text=text))
    assert not file.problems
    found = file.body.get("x")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"a\nb\tc\rd", "a\nb\tc\rd"),
        (r"\"q\" \\n", '"q" \\n'),
        (r"\u00e9\U0001F600", "é\U0001f600"),
        ("$${a} %%{b}", "${a} %{b}"),
        ("$a %b $$ 5%", "$a %b $$ 5%"),
        ("  blanks  ", "  blanks  "),
    ],
)
def test_escapes_of_quoted_strings(written: str, expected: str) -> None:
    found = value_of(f'x = "{written}"\n')
    assert isinstance(found, Literal)
    assert found.value == expected


def test_interpolation_keeps_the_blanks_around_it() -> None:
    found = value_of('x = " a ${b} c "\n')
    assert isinstance(found, Template)
    assert found.parts[0] == " a "
    assert isinstance(found.parts[1], Name)
    assert found.parts[2] == " c "


def test_strip_markers() -> None:
    found = value_of('x = "a  ${~ b ~}  c"\n')
    assert isinstance(found, Template)
    assert (found.parts[0], found.parts[2]) == ("a", "c")


def test_a_string_that_is_one_interpolation_is_a_template_of_one_part() -> None:
    found = value_of('x = "${b}"\n')
    assert isinstance(found, Template)
    assert len(found.parts) == 1


def test_heredoc_takes_backslashes_as_they_are() -> None:
    found = value_of('x = <<EOT\n  a\\n "b" $${c}\n\nEOT\n')
    assert isinstance(found, Literal)
    assert found.value == '  a\\n "b" ${c}\n\n'
    assert found.exact
    assert (found.text_at.line, found.text_at.column) == (2, 1)


def test_flush_heredoc_removes_the_smallest_indentation_but_counts_no_blank_lines() -> None:
    found = value_of("x = <<-EOT\n    a\n\n      b\n    EOT\n")
    assert isinstance(found, Literal)
    assert found.value == "a\n\n  b\n"
    assert (found.text_at.line, found.text_at.column) == (2, 5)


def test_flush_heredoc_with_an_interpolation_at_a_line_start() -> None:
    found = value_of("x = <<-EOT\n    a\n${b}\n  EOT\n")
    assert isinstance(found, Template)
    assert found.parts[0] == "    a\n"


def test_flush_heredoc_with_an_interpolation_after_indentation() -> None:
    found = value_of("x = <<-EOT\n    ${a}\n      b\n  EOT\n")
    assert isinstance(found, Template)
    assert isinstance(found.parts[0], Name)
    assert found.parts[1] == "\n  b\n"


def test_empty_heredoc() -> None:
    found = value_of("x = <<EOT\nEOT\n")
    assert isinstance(found, Literal)
    assert found.value == ""


def test_directive_if() -> None:
    found = value_of('x = "%{ if a }yes%{ else }no%{ endif }"\n')
    assert isinstance(found, Template)
    choice = found.parts[0]
    assert isinstance(choice, TemplateIf)
    assert isinstance(choice.then, Literal)
    assert isinstance(choice.otherwise, Literal)
    assert (choice.then.value, choice.otherwise.value) == ("yes", "no")


def test_directive_for_is_not_read() -> None:
    found = value_of('x = "%{ for a in b }${a}%{ endfor }"\n')
    assert isinstance(found, Template)
    assert isinstance(found.parts[0], Opaque)
