"""Cloud resources: presence, absence, nested and dynamic blocks, places, links between resources."""

import pytest

from auditor.model.cloud import of_type
from auditor.model.unknown import UndecidedError, Unknown
from auditor.model.value import PartlyKnown
from tests.technologies.terraform.modules import resources


def test_identity() -> None:
    found = resources({"net/main.tf": 'resource "aws_vpc" "main" {}\ndata "aws_ami" "x" {}\n'})
    vpc, image = found["net/aws_vpc.main"], found["net/data.aws_ami.x"]
    assert (vpc.type, vpc.name, vpc.address, vpc.provider) == ("aws_vpc", "main", "aws_vpc.main", "aws")
    assert (image.type, image.address, image.provider) == ("data.aws_ami", "data.aws_ami.x", "aws")
    assert of_type("aws_vpc")(vpc)
    assert not of_type("aws_vpc")(image)


@pytest.mark.parametrize(
    ("argument", "exists"),
    [
        ("count = 0", False),
        ("count = local.none", False),
        ("count = local.off ? 1 : 0", False),
        ("count = 2", True),
        ("count = var.unknown", True),
        ("for_each = {}", False),
        ("for_each = toset([])", False),
        ('for_each = toset(["a"])', True),
        ("for_each = var.unknown", True),
    ],
)  # fmt: skip
def test_count_and_for_each(argument: str, exists: bool) -> None:
    text = f'locals {{\n  none = 0\n  off = false\n}}\nresource "a_b" "c" {{\n  {argument}\n}}\n'
    assert ("a_b.c" in resources(text)) is exists


def test_absent_null_unknown_and_set_are_four_things() -> None:
    found = resources('variable "v" {}\nresource "a_b" "c" {\n  empty = null\n  unknown = var.v\n  known = false\n}\n')[
        "a_b.c"
    ]
    assert found.value("absent") is None
    assert found.value("empty") is None
    assert isinstance(found.value("unknown"), Unknown)
    assert found.value("known") is False
    assert [found.has(name) for name in ("absent", "empty", "unknown", "known")] == [False, False, True, True]
    assert found.bool("absent", default=True) is True
    assert found.bool("known", default=True) is False
    assert isinstance(found.bool("unknown"), Unknown)


def test_conversions() -> None:
    found = resources('resource "a_b" "c" {\n  b = "true"\n  n = "443"\n  t = 5\n  l = "one"\n  bad = [1]\n}\n')[
        "a_b.c"
    ]
    assert found.bool("b") is True
    assert found.number("n") == 443
    assert found.text("t") == "5"
    assert found.texts("l") == ("one",)
    assert isinstance(found.bool("bad"), Unknown)
    assert isinstance(found.number("bad"), Unknown)
    assert isinstance(found.text("bad"), Unknown)


NESTED = """\
resource "a_b" "c" {
  rule {
    port = 1
    deep {
      x = 2
    }
  }
  rule {
    port = 3
  }
  items = [{ port = 4 }, { port = 5 }]
  plain = { deep = { x = 6 } }
}
"""


def test_nested_blocks_and_places() -> None:
    found = resources(NESTED)["a_b.c"]
    assert [block.value("port") for block in found.blocks("rule")] == [1, 3]
    assert [block.value("port") for block in found.blocks("items")] == [4, 5]
    assert found.value("rule.deep.x") == 2
    assert found.value("plain.deep.x") == 6
    assert found.value("rule.none.x") is None
    assert [block.value("x") for block in found.blocks("rule.deep")] == [2]
    assert found.where("rule.deep.x").line == 5
    assert found.where("rule.deep.y").line == 4
    assert found.where("rule.y").line == 2
    assert found.where("none.y").line == 1
    assert found.where("plain.deep.x").line == 12


def dynamic(for_each: str) -> str:
    return f'variable "v" {{}}\nresource "a_b" "c" {{\n  dynamic "rule" {{\n    for_each = {for_each}\n    content {{\n      port = 22\n      name = rule.value\n    }}\n  }}\n}}\n'


def test_dynamic_block_over_nothing_is_absent() -> None:
    found = resources(dynamic("[]"))["a_b.c"]
    assert found.blocks("rule") == ()
    assert found.has("rule") is False


def test_dynamic_block_over_known_items_has_its_content() -> None:
    (rule,) = resources(dynamic('["a"]'))["a_b.c"].blocks("rule")
    assert rule.value("port") == 22
    assert isinstance(rule.value("name"), Unknown)


def test_dynamic_block_over_unknown_items_is_not_determined() -> None:
    found = resources(dynamic("var.v"))["a_b.c"]
    (rule,) = found.blocks("rule")
    assert isinstance(rule.value("port"), Unknown)
    assert isinstance(found.has("rule"), Unknown)
    assert isinstance(found.value("rule.anything"), Unknown)


def test_blocks_given_by_an_unknown_value_are_not_determined() -> None:
    (rule,) = resources('variable "v" {}\nresource "a_b" "c" {\n  rule = var.v\n}\n')["a_b.c"].blocks("rule")
    assert isinstance(rule.value("port"), Unknown)


def test_blocks_given_by_a_local() -> None:
    text = 'locals {\n  rules = [{ port = 1 }, { port = 2 }]\n}\nresource "a_b" "c" {\n  rule = local.rules\n}\n'
    found = resources(text)["a_b.c"]
    assert [block.value("port") for block in found.blocks("rule")] == [1, 2]
    assert {block.where("port").line for block in found.blocks("rule")} == {5}


def test_what_is_beyond_the_limit_is_not_determined() -> None:
    items = ", ".join(f"{{ port = {n} }}" for n in range(150))
    rules = resources(f'locals {{\n  rules = [{items}]\n}}\nresource "a_b" "c" {{\n  rule = local.rules\n}}\n')[
        "a_b.c"
    ].blocks("rule")
    assert [rule.value("port") for rule in rules[:3]] == [0, 1, 2]
    assert isinstance(rules[-1].value("port"), Unknown)
    assert len(rules) < 150


def test_a_broken_block_leaves_its_absent_arguments_open() -> None:
    found = resources('resource "a_b" "c" {\n  x = 1\n  y = = 2\n}\n')
    assert found["a_b.c"].value("x") == 1
    assert isinstance(found["a_b.c"].value("y"), Unknown)
    assert isinstance(found["a_b.c"].value("z"), Unknown)


LINKS = """\
resource "aws_s3_bucket" "a" {
  bucket = "clinic-a"
}
locals {
  which = aws_s3_bucket.a.id
}
"""


@pytest.mark.parametrize(
    "target", ["aws_s3_bucket.a.id", "aws_s3_bucket.a", '"clinic-a"', "local.which", "aws_s3_bucket.a[0].id"]
)
def test_companions(target: str) -> None:
    found = resources(LINKS + f'resource "aws_x" "y" {{\n  bucket = {target}\n}}\n')
    bucket = found["aws_s3_bucket.a"]
    assert [it.address for it in bucket.companions("aws_x", via="bucket", name="bucket")] == ["aws_x.y"]
    if "aws_s3" in target:
        assert found["aws_x.y"].referenced("bucket") == (bucket,)


def test_no_companion() -> None:
    found = resources(
        LINKS + 'resource "aws_s3_bucket" "b" {}\nresource "aws_x" "y" {\n  bucket = aws_s3_bucket.b.id\n}\n'
    )
    assert found["aws_s3_bucket.a"].companions("aws_x", via="bucket", name="bucket") == ()
    assert found["aws_s3_bucket.b"].companions("aws_x", via="bucket", name="bucket")


def test_a_companion_of_something_unknown_leaves_it_open() -> None:
    found = resources(LINKS + 'variable "b" {}\nresource "aws_x" "y" {\n  bucket = var.b\n}\n')
    with pytest.raises(UndecidedError, match=r"aws_x\.y may refer"):
        found["aws_s3_bucket.a"].companions("aws_x", via="bucket")


def test_a_file_that_cannot_be_read_leaves_it_open() -> None:
    found = resources({"main.tf": LINKS, "more.tf": 'resource "a_b" "y" {\n  bucket = \n}\n'})
    with pytest.raises(UndecidedError, match=r"more\.tf"):
        found["aws_s3_bucket.a"].companions("aws_x", via="bucket")


def test_what_a_child_module_hands_out_may_be_completed_by_its_caller() -> None:
    text = LINKS + 'output "id" {\n  value = aws_s3_bucket.a.id\n}\n'
    child = resources({"modules/s3/main.tf": text})["modules/s3/aws_s3_bucket.a"]
    with pytest.raises(UndecidedError, match="caller"):
        child.companions("aws_x", via="bucket")
    root = resources({"main.tf": text})["aws_s3_bucket.a"]
    assert root.companions("aws_x", via="bucket") == ()


def test_documents_with_unknown_parts() -> None:
    text = """
    variable "who" {}
    resource "a_b" "c" {
      policy = <<EOT
    {"a": "x-${var.who}", "b": ${jsonencode(var.who)}, "c": ["*"]}
    EOT
      other  = jsonencode({ list = [var.who], n = 1 })
      broken = "{"
    }
    """
    found = resources(text)["a_b.c"]
    policy = found.document("policy")
    assert isinstance(policy["a"], PartlyKnown)
    assert isinstance(policy["b"], Unknown)
    assert policy["c"] == ["*"]
    assert found.document("other")["n"] == 1
    assert isinstance(found.document("broken"), Unknown)
    assert found.document("absent") is None


def test_text_of_a_heredoc_as_a_source() -> None:
    found = resources('resource "a_b" "c" {\n  data = <<-EOT\n    one\n    two\n  EOT\n}\n')["a_b.c"]
    source = found.attributes["data"].source("x.conf")
    assert source is not None
    assert source.text == "one\ntwo\n"
    assert (source.at(2).line, source.at(2).column, source.file_name) == (4, 5, "x.conf")


def test_no_value_is_shown() -> None:
    found = resources('resource "a_b" "c" {\n  password = "hunter2"\n  more {\n    p = "hunter2-${var.x}"\n  }\n}\n')[
        "a_b.c"
    ]
    assert "hunter2" not in repr(found) + repr(found.attributes["password"]) + repr(found.blocks("more"))
