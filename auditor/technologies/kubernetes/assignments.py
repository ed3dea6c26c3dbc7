"""The named values of a manifest, for the search for credentials."""

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.credentials.commands import passwords_among
from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.technologies.document import Assignment
from auditor.technologies.recognition.traefik import GROUPS

from .data import entries_of
from .manifest import CORE_GROUPS, Manifest, manifests_of
from .pods import pod_spec
from .reading import leaves, value_place

_OPTION = lazy(
    r"(?<![\w-])--?(?P<name>[A-Za-z][\w.-]+)(?:=|\s+)(?P<quote>[\"']?)(?P<value>[^\s\"'-][^\s\"']*)(?P=quote)"
)
_OPTION_ALONE = lazy(r"--?(?P<name>[A-Za-z][\w.-]+)")
_PUBLIC_KEYS = frozenset(["tls.crt", "ca.crt", "namespace", "ca.pem", "cert.pem"])
_REFERENCES = ("Ref", "Refs", "Selector", "valueFrom", "encryptedData")
"""Ends of keys below which custom resources name other objects' keys, or keep what is encrypted (SealedSecret)."""
_NAMES_ONLY = frozenset(
    ["external-secrets.io", "secrets-store.csi.x-k8s.io", "secrets.hashicorp.com", "cert-manager.io"]
)
"""API groups whose objects say where secrets are, with no value of one."""
_PUBLIC_TYPES = frozenset(["helm.sh/release.v1"])
_READ_AS_FILES = lazy(
    r"\.docker(?:cfg|configjson)|config\.json|[\w.-]*\.(?:properties|ini|toml|cfg|env)|\.?(?:npmrc|netrc|pgpass|htpasswd)"
    r"|credentials|(?:application|bootstrap|appsettings|config|settings|secrets?|alertmanager|datasources?)[\w.-]*\.(?:ya?ml|json)",
    re.IGNORECASE,
)
"""Entries of a Secret whose own format says what in them is secret: they are read as the files they are named after."""
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_CLIENT_SECRETS = frozenset(["token", "password", "client-key-data", "id-token", "refresh-token", "client-secret"])
"""What a kubeconfig's users log in with (client-go, clientcmd/api/v1)."""


def assignments_of(manifest: Manifest) -> Iterator[Assignment]:
    """Yield the named values of one object, and of what `kubectl apply` noted of it."""
    yield from _of_object(manifest)
    yield from _last_applied(manifest)


def is_read_as_file(key: str, text: str) -> bool:
    """Tell whether an entry of a Secret is a file with secrets in it, rather than one secret."""
    return _READ_AS_FILES.fullmatch(key) is not None and any(mark in text for mark in "=:{")


def _last_applied(manifest: Manifest) -> Iterator[Assignment]:
    """Yield the values of a Secret or ConfigMap in the annotation that holds the object as it was applied, in JSON."""
    if not manifest.is_a("Secret") and not manifest.is_a("ConfigMap"):
        return
    note = manifest.body.scalar("metadata", "annotations", _LAST_APPLIED)
    if note is None:
        return
    try:
        nodes = yaml.parse(yaml.embedded(note, "last-applied.json"), templated=False)
    except FormatError:
        return
    for node in nodes:
        for applied in manifests_of(node, yaml.embedded(note, "last-applied.json"), templated=False):
            # Within a quoted text only the whole has a place.
            yield from (replace(found, at=value_place(note)) for found in _of_object(applied))


def _of_object(manifest: Manifest) -> Iterator[Assignment]:
    if manifest.is_a("ConfigMap"):
        for entry in entries_of(manifest):
            if entry.source is None or "\n" not in entry.source.text.strip():
                yield Assignment(
                    key=entry.key, value=entry.value, at=entry.at, container="configmap", path=(manifest.name,)
                )
    elif manifest.is_a("Secret"):
        is_secret = manifest.body.text("type") not in _PUBLIC_TYPES
        for entry in entries_of(manifest):
            if entry.source is not None and is_read_as_file(entry.key, entry.source.text):
                continue
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
    elif manifest.kind == "Config" and "users" in manifest.body:
        yield from _kubeconfig(manifest.body)
    elif (spec := pod_spec(manifest)) is not None:
        for name in ("initContainers", "containers", "ephemeralContainers"):
            for container in spec.mapping.sequence(name) or ():
                if isinstance(container, Mapping):
                    yield from _container(container)
    elif manifest.is_a("StorageClass", "storage.k8s.io"):
        yield from _leaves(manifest.body.mapping("parameters"))
    elif manifest.group in GROUPS:
        return  # read as Traefik's configuration, where `secret` is the name of a Secret
    elif manifest.group not in CORE_GROUPS | _NAMES_ONLY and not manifest.group.endswith(".k8s.io"):
        yield from _leaves(manifest.body.mapping("spec"))


def _kubeconfig(body: Mapping) -> Iterator[Assignment]:
    for entry in body.sequence("users") or ():
        user = entry.mapping("user") if isinstance(entry, Mapping) else None
        if user is None or not isinstance(entry, Mapping):
            continue
        for path, scalar in leaves(user):
            if path[-1] in _CLIENT_SECRETS:
                yield Assignment(
                    key=path[-1],
                    value=scalar.value,
                    at=value_place(scalar),
                    container="credential-file",
                    path=("users", *path[:-1]),
                    server_secret=True,
                    principal=entry.text("name"),
                )


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
    for probe in ("livenessProbe", "readinessProbe", "startupProbe"):
        tried = container.get(probe, "exec", "command")
        if isinstance(tried, Sequence):
            yield from _options(list(tried.scalars()), (name, probe))


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
    for spoken in passwords_among([word.text for word in words]):
        word = words[spoken.word]
        yield Assignment(
            key=f"{spoken.program} password",
            value=Scalar(word.text[spoken.start : spoken.end], word.at).value,
            at=_part(word, spoken.start, spoken.end),
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
