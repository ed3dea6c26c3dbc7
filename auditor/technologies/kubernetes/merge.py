"""Patches as kustomize applies them: strategic merge and JSON patch (RFC 6902)."""

from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.numbers import whole_number

_MERGE_KEYS = {
    "containers": ("name",),
    "initContainers": ("name",),
    "ephemeralContainers": ("name",),
    "env": ("name",),
    "volumes": ("name",),
    "volumeMounts": ("mountPath",),
    "volumeDevices": ("devicePath",),
    "imagePullSecrets": ("name",),
    "hostAliases": ("ip",),
    "ports": ("containerPort", "port"),
    "topologySpreadConstraints": ("topologyKey",),
}
"""Lists merged item by item, and by which key (`x-kubernetes-patch-merge-key` in the Kubernetes API 1.34).
Every other list is replaced."""
_DIRECTIVE = "$patch"


def strategic_merge(base: Mapping, patch: Mapping, *, by_item: bool = True) -> Mapping:
    """Return `base` with `patch` merged into it; places stay those of the file each part is from.

    `by_item` is False for custom resources, whose lists a patch replaces.
    """
    if patch.text(_DIRECTIVE) == "replace":
        entries = [(key, value) for key, value in patch if key.text != _DIRECTIVE]
        return Mapping(entries, patch.at, open_=patch.open)
    entries = list(base.entries)
    for key, value in patch:
        if key.text.startswith("$"):
            continue
        index = next((i for i in range(len(entries) - 1, -1, -1) if entries[i][0].text == key.text), None)
        if _deletes(value):
            entries = [entry for entry in entries if entry[0].text != key.text]
        elif index is None:
            entries.append((key, value))
        else:
            entries[index] = (key, _merged(key.text, entries[index][1], value, by_item=by_item))
    return Mapping(entries, base.at, open_=base.open or patch.open, tag=base.tag)


def _deletes(value: Node) -> bool:
    if isinstance(value, Mapping):
        return value.text(_DIRECTIVE) == "delete"
    return isinstance(value, Scalar) and value.is_null


def _merged(name: str, base: Node, patch: Node, *, by_item: bool) -> Node:
    if isinstance(base, Mapping) and isinstance(patch, Mapping):
        return strategic_merge(base, patch, by_item=by_item)
    if by_item and isinstance(base, Sequence) and isinstance(patch, Sequence) and name in _MERGE_KEYS:
        return _merge_items(base, patch, _MERGE_KEYS[name])
    return patch


def _merge_items(base: Sequence, patch: Sequence, keys: tuple[str, ...]) -> Sequence:
    items = list(base.items)
    for change in patch.mappings():
        if change.text(_DIRECTIVE) == "replace":
            return Sequence([item for item in patch if item is not change], patch.at, open_=patch.open)
        key = next((key for key in keys if key in change), None)
        index = None
        if key is not None:
            wanted = change.text(key)
            index = next(
                (i for i, item in enumerate(items) if isinstance(item, Mapping) and item.text(key) == wanted), None
            )
        if change.text(_DIRECTIVE) == "delete":
            if index is not None:
                del items[index]
        elif index is None:
            items.append(change)
        else:
            found = items[index]
            assert isinstance(found, Mapping)
            items[index] = strategic_merge(found, change)
    return Sequence(items, base.at, open_=base.open or patch.open, tag=base.tag)


def json_patch(base: Mapping, operations: Sequence) -> Mapping:
    """Return `base` after the operations `add`, `replace` and `remove`; others and impossible ones change nothing."""
    result = base
    for operation in operations.mappings():
        pointer = operation.text("path")
        action = operation.text("op")
        value = operation.get("value")
        if pointer is None or not pointer.startswith("/"):
            continue
        parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/")]
        if action in {"add", "replace"} and value is not None:
            changed = _set(result, parts, value, Scalar(parts[-1], operation.at), insert=action == "add")
        elif action == "remove":
            changed = _set(result, parts, None, Scalar(parts[-1], operation.at), insert=False)
        else:
            continue
        assert isinstance(changed, Mapping)
        result = changed
    return result


def _set(node: Node, parts: list[str], value: Node | None, key: Scalar, *, insert: bool) -> Node:
    """Return `node` with `value` at the path, or without what is there if `value` is None."""
    name, rest = parts[0], parts[1:]
    if isinstance(node, Mapping):
        present = node.get(name)
        if rest:
            if present is None:
                return node
            value = _set(present, rest, value, key, insert=insert)
        entries = [entry for entry in node.entries if entry[0].text != name]
        if value is not None:
            entries.append((node.key(name) or key, value))
        return Mapping(entries, node.at, open_=node.open, tag=node.tag)
    if isinstance(node, Sequence):
        items = list(node.items)
        if name == "-" and not rest and value is not None:
            items.append(value)
        elif (index := whole_number(name)) is not None and index < len(items):
            if rest:
                items[index] = _set(items[index], rest, value, key, insert=insert)
            elif value is None:
                del items[index]
            elif insert:
                items.insert(index, value)
            else:
                items[index] = value
        return Sequence(items, node.at, open_=node.open, tag=node.tag)
    return node
