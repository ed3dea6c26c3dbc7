"""What a kustomization sets by name: image tags and numbers of replicas."""

from auditor.formats.tree import Mapping, Node, Scalar, Sequence

from .manifest import Manifest
from .pods import pod_spec

_CONTAINERS = frozenset(["containers", "initContainers", "ephemeralContainers"])


def with_images(manifest: Manifest, kustomization: Mapping) -> Manifest:
    """Return the object with the `images` of the kustomization put in."""
    listed = kustomization.sequence("images")
    changes = {name: item for item in listed.mappings() if (name := item.text("name"))} if listed is not None else {}
    if not changes or pod_spec(manifest) is None:
        return manifest
    body = _replace(manifest.body, changes)
    assert isinstance(body, Mapping)
    return manifest.with_body(body)


def _replace(node: Node, changes: dict[str, Mapping], *, in_containers: bool = False) -> Node:
    if isinstance(node, Sequence):
        items = [_replace(item, changes, in_containers=in_containers) for item in node]
        return Sequence(items, node.at, open_=node.open, tag=node.tag)
    if not isinstance(node, Mapping):
        return node
    entries: list[tuple[Scalar, Node]] = []
    for key, value in node:
        if in_containers and key.text == "image" and isinstance(value, Scalar):
            entries.append((key, _image(value, changes)))
        elif isinstance(value, Mapping | Sequence):
            entries.append((key, _replace(value, changes, in_containers=key.text in _CONTAINERS)))
        else:
            entries.append((key, value))
    return Mapping(entries, node.at, open_=node.open, tag=node.tag)


def _image(image: Scalar, changes: dict[str, Mapping]) -> Scalar:
    reference, at, digest = image.text.partition("@")
    head, slash, last = reference.rpartition("/")
    last, colon, tag = last.partition(":")
    name = head + slash + last
    change = changes.get(name)
    if change is None:
        return image
    new_name, new_tag, new_digest = change.scalar("newName"), change.scalar("newTag"), change.scalar("digest")
    text = new_name.text if new_name is not None else name
    if new_digest is not None:
        text += f"@{new_digest.text}"
    elif new_tag is not None:
        text += f":{new_tag.text}"
    else:
        text += colon + tag + at + digest
    place = next((node.at for node in (new_digest, new_tag, new_name) if node is not None), image.at)
    return Scalar(text, place)


def with_replicas(manifest: Manifest, kustomization: Mapping) -> Manifest:
    """Return the object with the `replicas` of the kustomization put in."""
    listed = kustomization.sequence("replicas")
    for item in listed.mappings() if listed is not None else ():
        count, spec = item.scalar("count"), manifest.body.mapping("spec")
        if item.text("name") != manifest.name or count is None or spec is None or "template" not in spec:
            continue
        entries = [entry for entry in spec.entries if entry[0].text != "replicas"]
        entries.append((Scalar("replicas", count.at), count))
        changed = Mapping(entries, spec.at, open_=spec.open, tag=spec.tag)
        body = [(key, changed if key.text == "spec" else value) for key, value in manifest.body]
        return manifest.with_body(Mapping(body, manifest.body.at, open_=manifest.body.open))
    return manifest
