"""Which resources, variables and modules an expression leads to."""

from collections.abc import Iterator, Mapping

from auditor.formats.hcl import Expression, Name, Traversal
from auditor.formats.hcl.tree import Step

_NOT_ADDRESSES = frozenset({"each", "count", "path", "self", "terraform"})


def references(expression: Expression, locals_: Mapping[str, Expression]) -> tuple[str, ...]:
    """Return the addresses in an expression in order, locals replaced by what they refer to.

    `aws_s3_bucket.reports` for any attribute or instance of it, `data.aws_vpc.main`, `var.name`, `module.network`.
    """
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [expression]
    while waiting:
        for address in _addresses(waiting.pop()):
            name = address.removeprefix("local.")
            if name == address:
                found[address] = None
            elif name not in seen and name in locals_:
                seen.add(name)
                waiting.append(locals_[name])
    return tuple(found)


def _addresses(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Traversal) and isinstance(expression.root, Name):
        words = [step for step in expression.steps if isinstance(step, str)]
        root = expression.root.name
        if root not in _NOT_ADDRESSES and expression.steps and isinstance(expression.steps[0], str):
            yield ".".join([root, *words[: 2 if root == "data" else 1]])
    for name in expression.__struct_fields__:
        yield from _inside(getattr(expression, name))


def _inside(field: object) -> Iterator[str]:
    if isinstance(field, Expression):
        yield from _addresses(field)
    elif isinstance(field, tuple):
        item: Step | object
        for item in field:  # pyright: ignore[reportUnknownVariableType]  # a field's items are checked one by one
            yield from _inside(item)  # pyright: ignore[reportUnknownArgumentType]  # likewise
