"""The named values of a manifest, for the search for credentials."""

import re
from collections.abc import Iterator

from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.technologies.document import Assignment

from .data import entries_of
from .manifest import CORE_GROUPS, Manifest
from .pods import pod_spec
from .reading import leaves, value_place

_OPTION = re.compile(
    r"(?<![\w-])--?(?P<name>[A-Za-z][\w.-]+)(?:=|\s+)(?P<quote>[\"']?)(?P<value>[^\s\"'-][^\s\"']*)(?P=quote)"
)
_OPTION_ALONE = re.compile(r"--?(?P<name>[A-Za-z][\w.-]+)")
_PUBLIC_KEYS = frozenset(["tls.crt", "ca.crt", "namespace", "ca.pem", "cert.pem"])
_REFERENCES = ("Ref", "Refs", "Selector", "valueFrom", "encryptedData")
"""Ends of keys below which custom resources name other objects' keys, or keep what is encrypted (SealedSecret)."""
_NAMES_ONLY = frozenset(
    ["external-secrets.io", "secrets-store.csi.x-k8s.io", "secrets.hashicorp.com", "cert-manager.io"]
)
"""API groups whose objects say where secrets are, with no value of one."""
_PUBLIC_TYPES = frozenset(["helm.sh/release.v1"])


def assignments_of(manifest: Manifest) -> Iterator[Assignment]:
    """Yield the named values of one object."""
    if manifest.is_a("ConfigMap"):
        for entry in entries_of(manifest):
            if entry.source is None or "\n" not in entry.source.text.strip():
                yield Assignment(
                    key=entry.key, value=entry.value, at=entry.at, container="configmap", path=(manifest.name,)
                )
    elif manifest.is_a("Secret"):
        is_secret = manifest.body.text("type") not in _PUBLIC_TYPES
        for entry in entries_of(manifest):
            yield Assignment(
                key=entry.key,
                value=entry.value,
                at=entry.at,
                container="kubernetes-secret",
                path=(manifest.name,),
                server_secret=is_secret and entry.key not in _PUBLIC_KEYS and entry.problem is None,
            )
    elif manifest.kind in {"EncryptionConfiguration", "EncryptionConfig"}:
        for path, scalar in leaves(manifest.body):
            if path[-2:] == ("keys", "secret"):
                yield Assignment(
                    key="secret",
                    value=scalar.value,
                    at=value_place(scalar),
                    container="kubernetes",
                    path=path[:-1],
                    server_secret=True,
                )
    elif (spec := pod_spec(manifest)) is not None:
        for name in ("initContainers", "containers", "ephemeralContainers"):
            for container in spec.mapping.sequence(name) or ():
                if isinstance(container, Mapping):
                    yield from _container(container)
    elif manifest.is_a("StorageClass", "storage.k8s.io"):
        yield from _leaves(manifest.body.mapping("parameters"))
    elif manifest.group not in CORE_GROUPS | _NAMES_ONLY and not manifest.group.endswith(".k8s.io"):
        yield from _leaves(manifest.body.mapping("spec"))


def _container(container: Mapping) -> Iterator[Assignment]:
    name = container.text("name") or ""
    for variable in container.sequence("env") or ():
        if not isinstance(variable, Mapping):
            continue
        key, value = variable.text("name"), variable.get("value")
        if key is not None and isinstance(value, Scalar):
            yield Assignment(
                key=key, value=value.value, at=value_place(value), container="kubernetes", path=(name, "env")
            )
    for field in ("command", "args"):
        listed = container.sequence(field)
        if listed is not None:
            yield from _options(list(listed.scalars()), (name, field))


def _options(words: list[Scalar], path: tuple[str, ...]) -> Iterator[Assignment]:
    """Yield `--name=value`, `--name value` in one word, and `--name` followed by the word `value`."""
    for index, word in enumerate(words):
        alone = _OPTION_ALONE.fullmatch(word.text)
        if alone is not None:
            following = words[index + 1] if index + 1 < len(words) else None
            if following is not None and not following.text.startswith("-"):
                yield Assignment(
                    key=alone["name"],
                    value=following.value,
                    at=value_place(following),
                    container="kubernetes",
                    path=path,
                )
            continue
        for option in _OPTION.finditer(word.text):
            value = Scalar(option["value"], word.at).value
            yield Assignment(
                key=option["name"],
                value=value,
                at=_part(word, option.start("value"), option.end("value")),
                container="kubernetes",
                path=path,
            )


def _part(word: Scalar, start: int, end: int) -> Location:
    """Return the place of `word.text[start:end]`; of the whole word where the file writes it with escapes."""
    at = word.at
    if word.exact:
        line = word.text.count("\n", 0, start)
        begin = word.text.rfind("\n", 0, start) + 1
        base = word.text_at
        return Location(
            base.path, base.line + line, base.column + start - begin, base.line + line, base.column + end - begin - 1
        )
    quotes = 0 if word.plain else 2
    if at.line != at.end_line or at.end_column - at.column + 1 != len(word.text) + quotes:
        return at
    shift = at.column + quotes // 2
    return Location(at.path, at.line, shift + start, at.line, shift + end - 1)


def _leaves(node: Node | None) -> Iterator[Assignment]:
    if not isinstance(node, Mapping | Sequence):
        return
    for path, scalar in leaves(node):
        if any(name.endswith(_REFERENCES) for name in path[:-1]):
            continue
        value = scalar.value
        if isinstance(value, Unknown) or "\n" not in value.strip():
            yield Assignment(key=path[-1], value=value, at=value_place(scalar), container="kubernetes", path=path[:-1])
