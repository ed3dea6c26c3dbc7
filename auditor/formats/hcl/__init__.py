"""HCL native syntax and its JSON form (Terraform's `.tf`, `.tfvars`, `.tf.json`), every value with its place."""

from .json import parse_json
from .parser import parse
from .tree import (
    Attribute,
    Binary,
    Block,
    Body,
    Call,
    Conditional,
    Expression,
    For,
    HclFile,
    Literal,
    Name,
    ObjectExpr,
    Opaque,
    Splat,
    Template,
    TemplateIf,
    Traversal,
    TupleExpr,
    Unary,
)

__all__ = [
    "Attribute",
    "Binary",
    "Block",
    "Body",
    "Call",
    "Conditional",
    "Expression",
    "For",
    "HclFile",
    "Literal",
    "Name",
    "ObjectExpr",
    "Opaque",
    "Splat",
    "Template",
    "TemplateIf",
    "Traversal",
    "TupleExpr",
    "Unary",
    "parse",
    "parse_json",
]
