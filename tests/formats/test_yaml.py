"""YAML with places."""

from auditor.formats import yaml
from auditor.formats.tree import Mapping
from auditor.model.source import Source


def test_escaped_halves_of_characters_are_read_and_move_nothing() -> None:
    text = r'{"a": "\ud83d\ude00 x", "b": "\\ud83d", "c": 1}'
    (node,) = yaml.parse(Source(path="a.json", text=text))
    assert isinstance(node, Mapping)
    assert node.text("a") == "\ufffd\ufffd x"
    assert node.text("b") == r"\ud83d"
    found = node.get("c")
    assert found is not None
    assert found.at.column == text.index("1}") + 1
