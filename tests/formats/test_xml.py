"""XML: places, and documents that must not be read."""

from xml.sax.saxutils import escape, quoteattr

from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.xml import MAX_DEPTH, parse_xml
from auditor.model.source import Source

TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Co", "Cn"], blacklist_characters="\ufffe\uffff"))


def test_elements_attributes_and_places() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!-- <x a="1"/> -->\n<a>\n  <b\n    ü="1" two=\'x &amp; y\'/>\n  <n:c> text\n</n:c>\n</a>'
    root = parse_xml(Source(path="a.xml", text=text)).root
    assert root is not None
    b, c = root.children
    two = b.attribute("two")
    assert two is not None
    assert (b.at.line, two.value, two.at.line, two.at.column, two.at.end_column) == (4, "x & y", 5, 16, 24)
    assert (c.name, c.text.strip(), c.at.line) == ("c", "text", 6)
    assert root.words("c") == "text"


def test_a_document_type_is_passed_over() -> None:
    text = '<!DOCTYPE web-app PUBLIC "-//Sample//DTD" "http://127.0.0.1:1/web.dtd">\n<web-app/>'
    assert parse_xml(Source(path="web.xml", text=text)).root is not None


def test_entities_are_refused() -> None:
    for inner in ('<!ENTITY a "aaaa">', '<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY % a "b">'):
        parsed = parse_xml(Source(path="a.xml", text=f"<!DOCTYPE a [{inner}]><a/>"))
        assert parsed.root is None
        assert parsed.fault is not None


def test_faults_say_nothing_of_the_text() -> None:
    for text in (
        "",
        "<a>secret",
        "secret",
        "<a></b>",
        '<a b="1" b="2"/>',
        "<a>" * (MAX_DEPTH + 1) + "</a>" * (MAX_DEPTH + 1),
    ):
        fault = parse_xml(Source(path="a.xml", text=text)).fault
        assert fault is not None
        assert "secret" not in fault.expected


@given(TEXT, TEXT)
def test_values_come_back_from_their_places(value: str, text: str) -> None:
    document = f"<a one={quoteattr(value)}>{escape(text)}</a>"
    root = parse_xml(Source(path="a.xml", text=document)).root
    assert root is not None
    assert root.text == text.replace("\r\n", "\n").replace("\r", "\n")
    attribute = root.attribute("one")
    assert attribute is not None
    assert attribute.value == value
    if value:
        written = document[attribute.at.column - 1 : attribute.at.end_column]
        assert written == quoteattr(value)[1:-1]
