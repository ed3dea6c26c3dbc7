"""Blocks of a module as cloud resources: evaluated, with places and references."""

from collections.abc import Iterator, Mapping

from auditor.formats.hcl import Attribute, Block, Body, Expression, Literal, ObjectExpr, Template, TupleExpr
from auditor.model.cloud import CloudAttribute, CloudBlock, CloudModule, CloudResource
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.value import Value

from .evaluate import Scope
from .module import Module
from .references import references

_META = frozenset({"lifecycle", "provisioner", "connection", "timeouts"})
MAX_OBJECTS = 100
"""Objects of one computed value that are judged as blocks; rules written in a local are some ten."""
_BROKEN = "a part of the block could not be read"


def resources(module: Module) -> Iterator[CloudResource]:
    """Yield the resources and data sources that one module creates."""
    blocks = module.blocks()
    locals_ = module.locals(blocks)
    scope = Scope(module.variables(blocks), locals_, _arguments(blocks))
    cloud = CloudModule(module.folder, incomplete=module.incomplete, exported=module.exported(blocks, locals_))
    builder = _Builder(scope, locals_)
    for block in blocks:
        if block.type in {"resource", "data"} and len(block.labels) == 2 and not builder.is_absent(block):
            cloud.add(builder.resource(block, cloud))
    yield from cloud


def _arguments(blocks: list[Block]) -> dict[str, Mapping[str, Expression]]:
    """Return what `aws_x.y.argument` stands for, for resources that exist once."""
    found: dict[str, Mapping[str, Expression]] = {}
    for block in blocks:
        if block.type == "resource" and len(block.labels) == 2:
            arguments = {attribute.name: attribute.value for attribute in block.body.attributes}
            if "count" not in arguments and "for_each" not in arguments:
                found[".".join(block.labels)] = arguments
    return found


class _Builder:
    def __init__(self, scope: Scope, locals_: Mapping[str, Expression]) -> None:
        self.scope = scope
        self.locals = locals_

    def is_absent(self, block: Block) -> bool:
        """Tell whether `count = 0` or an empty `for_each` leaves the resource out."""
        count, each = block.body.get("count"), block.body.get("for_each")
        if count is not None and self.scope.evaluate(count) in (0, "0", False):
            return True
        return each is not None and _is_empty(self.scope.evaluate(each))

    def resource(self, block: Block, module: CloudModule) -> CloudResource:
        kind, name = block.labels
        if block.type == "data":
            kind = f"data.{kind}"
        address = f"{kind}.{name}"
        content = self.block(block.type, block.body, block.at)
        return CloudResource(
            component=f"{module.folder}/{address}" if module.folder else address,
            technology="terraform",
            at=block.at,
            type=kind,
            attributes=content.attributes,
            children=content.children,
            undetermined=content.undetermined,
            name=name,
            address=address,
            provider=block.labels[0].partition("_")[0],
            module=module,
        )

    def block(self, kind: str, body: Body, at: Location, undetermined: str = "") -> CloudBlock:
        attributes = {attribute.name: self.attribute(attribute) for attribute in body.attributes}
        children: list[CloudBlock] = []
        for child in body.blocks:
            if child.type == "dynamic" and child.labels:
                children.extend(self.dynamic(child))
            elif child.type not in _META:
                children.append(self.block(child.type, child.body, child.at))
        if "dynamic" in attributes:  # JSON form: nested blocks by type that this program does not expand
            undetermined = undetermined or "a dynamic block"
        return CloudBlock(
            type=kind,
            at=at,
            attributes=attributes,
            children=tuple(children),
            undetermined=undetermined or (_BROKEN if body.broken else ""),
        )

    def dynamic(self, block: Block) -> Iterator[CloudBlock]:
        """Yield what a `dynamic` block stands for: nothing, one block judged for all, or an undetermined one."""
        each = block.body.get("for_each")
        collection = self.scope.evaluate(each) if each is not None else Unknown("a dynamic block without for_each")
        if _is_empty(collection):
            return
        content = next(iter(block.body.of_type("content")), None)
        if content is None or isinstance(collection, Unknown):
            reason = collection.reason if isinstance(collection, Unknown) else "a dynamic block without content"
            yield CloudBlock(type=block.labels[0], at=block.at, undetermined=f"a dynamic block over {reason}")
            return
        yield self.block(block.labels[0], content.body, content.at)

    def attribute(self, attribute: Attribute) -> CloudAttribute:
        expression = attribute.value
        value: Value = self.scope.evaluate(expression)
        text_at, exact = expression.at, False
        if isinstance(expression, Literal | Template):
            text_at, exact = expression.text_at, expression.exact
        return CloudAttribute(
            name=attribute.name,
            value=value,
            at=attribute.at,
            text_at=text_at,
            exact=exact,
            references=references(expression, self.locals),
            blocks=tuple(self.objects(attribute.name, expression, value)),
        )

    def objects(self, name: str, expression: Expression, value: Value) -> Iterator[CloudBlock]:
        """Yield the objects of a value as blocks: with their own places where they are written out."""
        if isinstance(expression, TupleExpr):
            for item in expression.items:
                yield from self.objects(name, item, self.scope.evaluate(item))
        elif isinstance(expression, ObjectExpr):
            entries = (
                Attribute(
                    key.value,
                    below,
                    Location(key.at.path, key.at.line, key.at.column, below.at.end_line, below.at.end_column),
                )
                for key, below in expression.entries
                if isinstance(key, Literal) and isinstance(key.value, str)
            )
            yield self.block(name, Body(tuple(entries)), expression.at)
        elif isinstance(value, tuple | Mapping):
            yield from _objects_of(name, value, expression.at, [MAX_OBJECTS])


def _objects_of(name: str, value: Value, at: Location, budget: list[int]) -> Iterator[CloudBlock]:
    """Yield the objects of a computed value as blocks, all at the place of the expression.

    `budget` is how many more are built; what is beyond it is one block that is not determined.
    """
    if isinstance(value, tuple):
        for item in value:
            if isinstance(item, Mapping):
                yield from _objects_of(name, item, at, budget)
    elif isinstance(value, Mapping) and budget[0] == 0:
        budget[0] = -1
        yield CloudBlock(type=name, at=at, undetermined="a value with too many objects")
    elif isinstance(value, Mapping) and budget[0] > 0:
        budget[0] -= 1
        attributes = {
            key: CloudAttribute(
                name=key, value=below, at=at, text_at=at, blocks=tuple(_objects_of(key, below, at, budget))
            )
            for key, below in value.items()
        }
        yield CloudBlock(type=name, at=at, attributes=attributes)


def _is_empty(value: Value) -> bool:
    return isinstance(value, tuple | Mapping) and not value
