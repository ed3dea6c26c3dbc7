"""Which names code gives another value, and which members of the objects that names stand for."""

from collections import defaultdict

from tree_sitter import Node

from auditor.patterns import lazy

from .syntax import Script, arguments_of, bare

_INDEX = lazy(r"""\[\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')\s*\]""")
_MERGING = frozenset({"Object.assign", "_.merge", "_.extend", "_.defaults", "Object.defineProperty"})


def changes_in(script: Script) -> dict[str, frozenset[str]]:
    """Return the members that are set by name: `cookie.secure` of `options.cookie.secure = true`, "" for any."""
    if script.changes is None:
        found: defaultdict[str, set[str]] = defaultdict(set)
        waiting = [script.root]
        while waiting:
            node = waiting.pop()
            waiting.extend(node.named_children)
            for target in _targets(node, script):
                text = _INDEX.sub(lambda match: "." + (match["double"] or match["single"] or ""), script.text(target))
                name, _, path = text.partition(".")
                found[name.partition("[")[0].strip()].add(path.partition("[")[0].replace("?", ""))
        script.changes = {name: frozenset(paths) for name, paths in found.items()}
    return script.changes


def _targets(node: Node, script: Script) -> list[Node]:
    """Return the expressions that a node changes."""
    match node.type:
        case "assignment_expression" | "augmented_assignment_expression":
            left = node.child_by_field_name("left")
            return [] if left is None else [bare(left)]
        case "update_expression":
            return [bare(child) for child in node.named_children[:1]]
        case "unary_expression" if script.text(node).startswith("delete "):
            return [bare(child) for child in node.named_children[-1:]]
        case "call_expression":
            function = node.child_by_field_name("function")
            if function is not None and script.text(function) in _MERGING:
                return arguments_of(node)[:1]
            return []
        case _:
            return []
