"""What an expression is worth, as far as the files of its module tell.

Unknown is contagious but not more than needed: a string with an unknown part is a `PartlyKnown` text, a list with an
unknown item is still a list. Work and sizes are bounded, so that a hostile module ends in Unknown.
"""

from collections.abc import Iterator, Mapping

from auditor.formats.hcl import (
    Binary,
    Call,
    Conditional,
    Expression,
    For,
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
from auditor.formats.hcl.tree import Step
from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown, Value

from .arguments import MAX_ITEMS, MAX_TEXT
from .functions import call
from .operators import binary, equal, logic, text_with_holes, to_bool, to_number, to_text, unary

MAX_STEPS = 500_000
"""Expressions evaluated for one module; a large real module needs some ten thousand."""
MAX_DEPTH = 120
"""Deepest nesting evaluated: of expressions, and of names that refer to one another."""

Bindings = Mapping[str, Value]
_TOO_MUCH = Unknown("an expression too large to compute")


class Scope:
    """What the names in one module stand for.

    `variables` holds values; `locals_` the expressions; `resources` the top-level arguments of managed resources by
    address, without those that have `count` or `for_each`.
    """

    def __init__(
        self,
        variables: Mapping[str, Value],
        locals_: Mapping[str, Expression],
        resources: Mapping[str, Mapping[str, Expression]],
    ) -> None:
        self._variables = variables
        self._locals = locals_
        self._resources = resources
        self._known: dict[str, Value] = {}
        self._active: list[str] = []
        self._steps = 0
        self._depth = 0

    def evaluate(self, expression: Expression, bindings: Bindings | None = None) -> Value:
        """Return the value of an expression; `bindings` are the variables of enclosing `for` expressions."""
        self._steps += 1
        if self._steps > MAX_STEPS or self._depth > MAX_DEPTH:
            return _TOO_MUCH
        self._depth += 1
        try:
            return self._value(expression, bindings or {})
        finally:
            self._depth -= 1

    def _value(self, expression: Expression, names: Bindings) -> Value:
        match expression:
            case Literal(value=value):
                return (
                    PartlyKnown("a template expression", value) if isinstance(value, str) and HOLE in value else value
                )
            case Template():
                return self._template(expression, names)
            case TemplateIf():
                return self._choose(expression.condition, expression.then, expression.otherwise, names)
            case Traversal():
                return self._traverse(expression, names)
            case Name(name=name):
                return names[name] if name in names else Unknown(f"{name} is not resolved")
            case TupleExpr(items=items):
                return tuple(self.evaluate(item, names) for item in items)
            case ObjectExpr():
                return self._object(expression, names)
            case Conditional():
                return self._choose(expression.condition, expression.then, expression.otherwise, names)
            case Call():
                return self._call(expression, names)
            case Binary():
                return self._binary(expression, names)
            case Unary(operator=operator, operand=operand):
                return unary(operator, self.evaluate(operand, names))
            case For():
                return self._for(expression, names)
            case Opaque(reason=reason):
                return Unknown(reason)
            case _:
                return Unknown("an expression that is not read")

    def _template(self, expression: Template, names: Bindings) -> Value:
        if len(expression.parts) == 1 and isinstance(expression.parts[0], Expression):
            return self.evaluate(expression.parts[0], names)
        texts: list[str] = []
        reason = ""
        size = 0
        for part in expression.parts:
            known = (part, "") if isinstance(part, str) else text_with_holes(self.evaluate(part, names))
            if known is None:
                return Unknown("a value in a string that Terraform cannot write there")
            texts.append(known[0])
            reason = reason or known[1] or ("a template expression" if HOLE in known[0] else "")
            size += len(known[0])
            if size > MAX_TEXT:
                return _TOO_MUCH
        text = "".join(texts)
        return PartlyKnown(reason, text) if reason else text

    def _choose(self, condition: Expression, then: Expression, otherwise: Expression, names: Bindings) -> Value:
        decided = self.evaluate(condition, names)
        if isinstance(decided, Unknown):
            first, second = self.evaluate(then, names), self.evaluate(otherwise, names)
            return first if equal(first, second) is True else Unknown(decided.reason)
        truth = to_bool(decided)
        if truth is None:
            return Unknown("a condition that is no boolean")
        return self.evaluate(then if truth else otherwise, names)

    def _object(self, expression: ObjectExpr, names: Bindings) -> Value:
        result: dict[str, Value] = {}
        for key_expression, value in expression.entries:
            key = self.evaluate(key_expression, names)
            text = to_text(key)
            if text is None:
                return Unknown(key.reason if isinstance(key, Unknown) else "an object key that is no string")
            result[text] = self.evaluate(value, names)
        return result

    def _call(self, expression: Call, names: Bindings) -> Value:
        arguments = [self.evaluate(argument, names) for argument in expression.arguments]
        if expression.expand and arguments:
            last = arguments.pop()
            if not isinstance(last, tuple):
                return last if isinstance(last, Unknown) else Unknown("an expansion of something that is no list")
            arguments.extend(last)
        return call(expression.name, tuple(arguments))

    def _binary(self, expression: Binary, names: Bindings) -> Value:
        """Evaluate a chain such as `a && b && c` without recursion on its left side."""
        chain: list[Binary] = []
        left: Expression = expression
        while isinstance(left, Binary):
            chain.append(left)
            left = left.left
        value = self.evaluate(left, names)
        for operation in reversed(chain):
            right = self.evaluate(operation.right, names)
            apply = logic if operation.operator in {"&&", "||"} else binary
            value = apply(operation.operator, value, right)
        return value

    def _for(self, expression: For, names: Bindings) -> Value:
        collection = self.evaluate(expression.collection, names)
        if isinstance(collection, Unknown):
            return collection
        if not isinstance(collection, tuple | Mapping):
            return Unknown("a for expression over something that is no list")
        pairs: Iterator[tuple[Value, Value]]
        pairs = iter(enumerate(collection)) if isinstance(collection, tuple) else iter(sorted(collection.items()))
        items: list[Value] = []
        entries: dict[str, Value] = {}
        for key, value in pairs:
            inner = {**names, expression.value_name: value}
            if expression.key_name is not None:
                inner[expression.key_name] = key
            if expression.condition is not None:
                wanted = self.evaluate(expression.condition, inner)
                if isinstance(wanted, Unknown):
                    return wanted
                if not to_bool(wanted):
                    continue
            result = self.evaluate(expression.value, inner)
            if expression.key is None:
                items.append(result)
                continue
            name = self.evaluate(expression.key, inner)
            text = to_text(name)
            if text is None:
                return name if isinstance(name, Unknown) else Unknown("an object key that is no string")
            if expression.group:
                before = entries.get(text, ())
                result = (*(before if isinstance(before, tuple) else ()), result)
            entries[text] = result
        return tuple(items) if expression.key is None else entries

    def _traverse(self, expression: Traversal, names: Bindings) -> Value:
        value, rest = self._root(expression, names)
        for step in rest:
            value = self._step(value, step, names)
        return value

    def _root(self, expression: Traversal, names: Bindings) -> tuple[Value, tuple[Step, ...]]:
        """Return what the first words of a traversal stand for, and the steps that remain."""
        root, steps = expression.root, expression.steps
        if not isinstance(root, Name):
            return self.evaluate(root, names), steps
        if root.name in names:
            return names[root.name], steps
        first = steps[0]
        if not isinstance(first, str):
            return Unknown(f"{root.name} is not resolved"), ()
        if root.name == "var":
            missing = Unknown(f"var.{first} is not declared here")
            return self._variables.get(first, missing), steps[1:]
        if root.name == "local":
            return self._local(first), steps[1:]
        address = f"{root.name}.{first}"
        if len(steps) > 1 and isinstance(steps[1], str) and steps[1] in self._resources.get(address, {}):
            return self._argument(address, steps[1]), steps[2:]
        words = [step for step in steps if isinstance(step, str)]
        return Unknown(f"{'.'.join([root.name, *words[:3]])} is known only to Terraform"), ()

    def _local(self, name: str) -> Value:
        if name not in self._locals:
            return Unknown(f"local.{name} is not declared here")
        return self._named(f"local.{name}", self._locals[name])

    def _argument(self, address: str, name: str) -> Value:
        return self._named(f"{address}.{name}", self._resources[address][name])

    def _named(self, name: str, expression: Expression) -> Value:
        """Evaluate what a name stands for once; a name that leads back to itself is Unknown."""
        if name in self._known:
            return self._known[name]
        if name in self._active:
            return Unknown(f"{name} refers to itself")
        self._active.append(name)
        try:
            value = self.evaluate(expression)
        finally:
            self._active.pop()
        self._known[name] = value
        return value

    def _step(self, value: Value, step: Step, names: Bindings) -> Value:
        if isinstance(value, Unknown):
            return value
        if isinstance(step, Splat):
            if value is None:
                return ()
            items = value if isinstance(value, tuple) else (value,)
            self._steps += len(items)
            if self._steps > MAX_STEPS:
                return _TOO_MUCH
            return tuple(self._steps_over(item, step.steps, names) for item in items[:MAX_ITEMS])
        key = step if isinstance(step, str) else self.evaluate(step, names)
        if isinstance(key, Unknown):
            return key
        if isinstance(value, Mapping):
            text = to_text(key)
            if text is not None and text in value:
                return value[text]
            return Unknown(f"an object without {step}" if isinstance(step, str) else "an object without this key")
        number = to_number(key)
        if isinstance(value, tuple) and isinstance(number, int) and 0 <= number < len(value):
            return value[number]
        return Unknown("an index that does not fit")

    def _steps_over(self, value: Value, steps: tuple[Step, ...], names: Bindings) -> Value:
        for step in steps:
            value = self._step(value, step, names)
        return value
