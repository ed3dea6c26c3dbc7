"""HCL's JSON form."""

import pytest

from auditor.formats.errors import FormatError
from auditor.formats.hcl import Literal, Template, Traversal, TupleExpr, parse_json
from auditor.model.source import Source

LABELS = {"resource": 2, "locals": 0, "variable": 1}

TEXT = """{
\t"resource": {
    "aws_s3_bucket": {
      "data": [{"bucket": "clinic-${var.x}", "count": 2, "list": [true, null, -1.5e3], "//": "a comment"}],
      "logs": {"bucket": "$${not}"}
    }
  },
  "locals": [{"a": 1}, {"b": "2"}]
}
"""


def test_blocks_and_values() -> None:
    body = parse_json(Source(path="main.tf.json", text=TEXT), LABELS).body
    assert [(block.type, block.labels) for block in body.blocks] == [
        ("resource", ("aws_s3_bucket", "data")),
        ("resource", ("aws_s3_bucket", "logs")),
        ("locals", ()),
        ("locals", ()),
    ]
    data = body.blocks[0].body
    assert [attribute.name for attribute in data.attributes] == ["bucket", "count", "list"]
    bucket = data.get("bucket")
    assert isinstance(bucket, Template)
    assert bucket.parts[0] == "clinic-"
    assert isinstance(bucket.parts[1], Traversal)
    assert bucket.parts[1].at == bucket.at
    count, items = data.get("count"), data.get("list")
    assert isinstance(count, Literal)
    assert count.value == 2
    assert isinstance(items, TupleExpr)
    assert [item.value for item in items.items if isinstance(item, Literal)] == [True, None, -1500.0]
    escaped = body.blocks[1].body.get("bucket")
    assert isinstance(escaped, Literal)
    assert escaped.value == "${not}"


def test_places() -> None:
    bucket = parse_json(Source(path="main.tf.json", text=TEXT), LABELS).body.blocks[0].body.get("bucket")
    assert bucket is not None
    line = TEXT.split("\n")[bucket.at.line - 1]
    assert line[bucket.at.column - 1 : bucket.at.end_column] == '"clinic-${var.x}"'


def test_a_value_file_has_attributes_only() -> None:
    body = parse_json(Source(path="a.tfvars.json", text='{"resource": "x", "n": {"a": [1]}}'), {}).body
    assert [attribute.name for attribute in body.attributes] == ["resource", "n"]


@pytest.mark.parametrize("text", ["[1]", "", "{", '"x"'])
def test_what_is_no_object_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        parse_json(Source(path="main.tf.json", text=text), LABELS)
