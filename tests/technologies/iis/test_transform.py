"""What publishing makes of web.config."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.formats.xml import Element, parse_xml
from auditor.model.source import Source
from auditor.technologies.iis.transform import touched, transformed, unresolved


def tree(body: str) -> Element:
    root = parse_xml(Source(path="web.config", text=f"<configuration xmlns:xdt='x'>{body}</configuration>")).root
    assert root is not None
    return root


def shape(element: Element) -> str:
    attributes = "".join(f" {each.name}={each.value}" for each in element.attributes if each.name != "xdt")
    return f"<{element.name}{attributes}>" + "".join(shape(child) for child in element.children)


_ADDS = '<s><add name="a" value="1"/><add name="b" value="2"/></s>'


@pytest.mark.parametrize(
    ("base", "change", "result"),
    [
        ('<c debug="true" x="1"/>', '<c xdt:Transform="RemoveAttributes(debug)"/>', "<c x=1>"),
        ('<c debug="true" x="1"/>', '<c debug="false" x="9" xdt:Transform="SetAttributes(debug)"/>', "<c x=1 debug=false>"),
        ('<c debug="true"/>', '<c debug="false" y="2" xdt:Transform="SetAttributes"/>', "<c debug=false y=2>"),
        ('<c debug="true"><d/></c>', '<c mode="On" xdt:Transform="Replace"><e/></c>', "<c mode=On><e>"),
        ('<c/><c x="1"/>', '<c xdt:Transform="Remove"/>', "<c x=1>"),
        ('<c/><c x="1"/><d/>', '<c xdt:Transform="RemoveAll"/>', "<d>"),
        ("<d/>", '<c x="1" xdt:Transform="Insert"/>', "<d><c x=1>"),
        ('<c x="1"/>', '<c x="2" xdt:Transform="InsertIfMissing"/>', "<c x=1>"),
        (
            _ADDS,
            '<s><add name="b" value="9" xdt:Transform="SetAttributes(value)" xdt:Locator="Match(name)"/></s>',
            "<s><add name=a value=1><add name=b value=9>",
        ),
        (_ADDS, '<s><add name="a" xdt:Transform="Remove" xdt:Locator="Match(name)"/></s>', "<s><add name=b value=2>"),
        (_ADDS, '<s><add name="c" xdt:Transform="Remove" xdt:Locator="Match(name)"/></s>', "<s><add name=a value=1><add name=b value=2>"),
        ('<c debug="true"/>', '<c debug="false"/>', "<c debug=true>"),
        ('<c debug="true"/>', '<c xdt:Transform="Remove" xdt:Locator="Condition(@debug)"/>', "<c debug=true>"),
    ],
)  # fmt: skip
def test_transforms(base: str, change: str, result: str) -> None:
    assert shape(transformed(tree(base), tree(change))) == f"<configuration>{result}"


def test_which_sections_change() -> None:
    change = tree('<a><b x="1" xdt:Transform="SetAttributes"/></a><c xdt:Locator="XPath(//d)" xdt:Transform="Remove"/>')
    assert list(touched(change)) == ["a/b", "c"]
    assert list(unresolved(change)) == ["c"]


_NAMES = st.sampled_from("abc")


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    name = draw(_NAMES)
    attributes = "".join(f' {key}="{draw(st.integers(0, 9))}"' for key in draw(st.sets(st.sampled_from("xyz"))))
    inner = "".join(draw(st.lists(elements(depth - 1), max_size=2))) if depth else ""
    return f"<{name}{attributes}>{inner}</{name}>"


@given(elements(), elements())
def test_without_instructions_nothing_changes(base: str, change: str) -> None:
    assert shape(transformed(tree(base), tree(change))) == shape(tree(base))


@given(elements())
def test_removing_all_leaves_none_of_the_name(base: str) -> None:
    result = transformed(tree(base), tree('<a xdt:Transform="RemoveAll"/>'))
    assert all(child.name != "a" for child in result.children)
