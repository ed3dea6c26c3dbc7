"""The small frozen tree that HCL is read into: bodies of attributes and blocks, and expressions.

Nothing here prints a value: an expression's `repr` is its kind and place, because a literal may be a secret.
"""

from typing import TypeAlias

import msgspec

from auditor.model.fact import Problem
from auditor.model.location import Location

Scalar: TypeAlias = bool | int | float | str | None


class Expression(msgspec.Struct, frozen=True):
    """Base of all expressions; `at` covers the expression as written, quotes included."""

    at: Location

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self.at}>"


class Literal(Expression, frozen=True):
    """A number, `true`, `false`, `null` or a string without interpolation. `text_at` covers a string's characters."""

    value: Scalar
    text_at: Location
    exact: bool = False
    """Whether the string stands in the file line by line (a heredoc `<<EOT`), starting at `text_at`."""


class Template(Expression, frozen=True):
    """A string with interpolations; `parts` are literal texts and expressions, `text_at` and `exact` as for Literal."""

    parts: tuple[str | Expression, ...]
    text_at: Location
    exact: bool = False


class TemplateIf(Expression, frozen=True):
    """`%{ if }` inside a template; the branches are templates."""

    condition: Expression
    then: Expression
    otherwise: Expression


class Name(Expression, frozen=True):
    """The first word of a reference: `var`, `local`, `aws_s3_bucket`, a variable of a `for`."""

    name: str


class Splat(Expression, frozen=True):
    """`[*]` (full) or `.*` with what is applied to every element."""

    steps: tuple["Step", ...]


Step: TypeAlias = str | Expression
"""One step of a traversal: an attribute's name, an index expression, or a Splat (always the last step)."""


class Traversal(Expression, frozen=True):
    """`root.a["b"][0]`: attribute and index steps applied to a root expression."""

    root: Expression
    steps: tuple[Step, ...]


class Unary(Expression, frozen=True):
    """`!x` or `-x`."""

    operator: str
    operand: Expression


class Binary(Expression, frozen=True):
    """Arithmetic, comparison or logic."""

    operator: str
    left: Expression
    right: Expression


class Conditional(Expression, frozen=True):
    """`condition ? then : otherwise`."""

    condition: Expression
    then: Expression
    otherwise: Expression


class TupleExpr(Expression, frozen=True):
    """`[a, b]`."""

    items: tuple[Expression, ...]


class ObjectExpr(Expression, frozen=True):
    """`{ k = v }`; a bare word as a key is a string literal here."""

    entries: tuple[tuple[Expression, Expression], ...]


class Call(Expression, frozen=True):
    """`name(a, b)`; `expand` is True if the last argument ends in `...`."""

    name: str
    arguments: tuple[Expression, ...]
    expand: bool = False


class For(Expression, frozen=True):
    """`[for v in c : value if condition]`, or with `key` and `value` an object; `group` is True for `value...`."""

    key_name: str | None
    value_name: str
    collection: Expression
    key: Expression | None
    value: Expression
    condition: Expression | None
    group: bool = False


class Opaque(Expression, frozen=True):
    """An expression that is not read; `reason` says why, in words for the reader."""

    reason: str


class Attribute(msgspec.Struct, frozen=True):
    """`name = value`; `at` covers both."""

    name: str
    value: Expression
    at: Location


class Body(msgspec.Struct, frozen=True):
    """Attributes and blocks in file order. `broken` is True if a part of it could not be read."""

    attributes: tuple[Attribute, ...] = ()
    blocks: tuple["Block", ...] = ()
    broken: bool = False

    def get(self, name: str) -> Expression | None:
        """Return the expression of the attribute `name`, None if there is none."""
        return next((attribute.value for attribute in self.attributes if attribute.name == name), None)

    def of_type(self, *types: str) -> tuple["Block", ...]:
        """Return the blocks of the given types in file order."""
        return tuple(block for block in self.blocks if block.type in types)


class Block(msgspec.Struct, frozen=True):
    """`type "label" { … }`; `at` covers the opening line up to `{`, `end_line` is the line of `}`."""

    type: str
    labels: tuple[str, ...]
    body: Body
    at: Location
    end_line: int


class HclFile(msgspec.Struct, frozen=True):
    """A file's body and the places where it is not HCL."""

    body: Body
    problems: tuple[Problem, ...] = ()
