"""Objects that refer to each other by name, and which of several of one name is meant."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import cached_property

from auditor.formats.tree import Mapping
from auditor.model.workload import Located
from auditor.records import dataclass

from .data import Entry, entries_of
from .manifest import Manifest
from .nearby import Nearby, Placed
from .pods import PodSpec, pod_spec
from .reading import as_written, text


@dataclass(frozen=True, kw_only=True)
class Data:
    """The entries of a ConfigMap or Secret; `open` if there may be more of them than the files show."""

    kind: str
    name: str
    namespace: str
    folder: str
    path: str
    entries: tuple[Entry, ...] = field(repr=False)
    open: bool = False

    @property
    def scope(self) -> str:
        return self.namespace or "default"

    def get(self, key: str) -> Entry | None:
        """Return the entry `key`, the last one written."""
        return next((entry for entry in reversed(self.entries) if entry.key == key), None)


class Catalogue:
    """The objects of one installation (a kustomization, a chart, or all plain files), found by name."""

    def __init__(self, manifests: Sequence[Manifest], generated: Iterable[Data] = (), folder: str = "") -> None:
        self.manifests = manifests
        self.folder = folder
        """The folder of the kustomization or chart, "" for plain files."""
        self._kinds: dict[tuple[str, str], list[Manifest]] = defaultdict(list)
        self._data: dict[tuple[str, str], Nearby[Data]] = defaultdict(Nearby)
        self._accounts: dict[str, Nearby[Manifest]] = defaultdict(Nearby)
        self._autoscalers: dict[tuple[str, str], Nearby[Manifest]] = defaultdict(Nearby)
        self._pods: list[tuple[Manifest, PodSpec, dict[str, str]]] = []
        for manifest in manifests:
            self._kinds[(manifest.group, manifest.kind)].append(manifest)
            if manifest.group == "" and manifest.kind in {"ConfigMap", "Secret"}:
                self._data[(manifest.kind, manifest.name)].add(_data_of(manifest))
            elif manifest.is_a("ServiceAccount"):
                self._accounts[manifest.name].add(manifest)
            elif manifest.is_a("HorizontalPodAutoscaler", "autoscaling"):
                target = manifest.body.mapping("spec", "scaleTargetRef") or manifest.body
                name = as_written(target.scalar("name"), manifest.source)
                self._autoscalers[(target.text("kind") or "", name)].add(manifest)
            spec = pod_spec(manifest)
            if spec is not None:
                self._pods.append((manifest, spec, pod_labels(spec)))
        for data in generated:
            self._data[(data.kind, data.name)].add(data)

    def of(self, kind: str, group: str = "") -> Sequence[Manifest]:
        """Return all objects of a kind."""
        return self._kinds.get((group, kind), [])

    def pods(self) -> Sequence[tuple[Manifest, PodSpec, dict[str, str]]]:
        """Return every object that makes Pods, with its Pod and the Pod's labels."""
        return self._pods

    def config_map(self, name: str, near: Placed) -> Data | None:
        """Return the ConfigMap that `near` calls `name`, None if it is not here or not the only one."""
        found = self._data.get(("ConfigMap", name))
        return found.meant_by(near) if found is not None else None

    def secret(self, name: str, near: Placed) -> Data | None:
        """Return the Secret that `near` calls `name`, None if it is not here or not the only one."""
        found = self._data.get(("Secret", name))
        return found.meant_by(near) if found is not None else None

    def service_account(self, name: str, near: Placed) -> Manifest | None:
        """Return the ServiceAccount that `near` calls `name`, None if it is not here or not the only one."""
        found = self._accounts.get(name)
        return found.meant_by(near) if found is not None else None

    def autoscaler(self, manifest: Manifest) -> Manifest | None:
        """Return the HorizontalPodAutoscaler that sets the object's replicas."""
        found = self._autoscalers.get((manifest.kind, manifest.name))
        return found.meant_by(manifest) if found is not None else None

    @cached_property
    def default_limits(self) -> dict[tuple[str, str], Located[str]]:
        """Limits that a LimitRange gives to containers without one, by namespace and resource (LimitRange v1)."""
        limits: dict[tuple[str, str], Located[str]] = {}
        for manifest in self.of("LimitRange"):
            listed = manifest.body.sequence("spec", "limits")
            for item in listed.mappings() if listed is not None else ():
                for resource in ("memory", "cpu"):
                    found = text(item, "default", resource)
                    if item.text("type") == "Container" and found is not None:
                        limits.setdefault((manifest.scope, resource), found)
        return limits


def _data_of(manifest: Manifest) -> Data:
    body = manifest.body
    data = body.mapping("data")
    is_open = (data.open if data is not None else body.is_open_at("data")) or body.is_open_at("binaryData")
    is_open = is_open or body.is_open_at("stringData")
    return Data(
        kind=manifest.kind,
        name=manifest.name,
        namespace=manifest.namespace,
        folder=manifest.folder,
        path=manifest.source.path,
        entries=tuple(entries_of(manifest)),
        open=is_open or body.mapping("binaryData") is not None,
    )


def pod_labels(spec: PodSpec) -> dict[str, str]:
    """Return the Pod's labels as texts, template expressions left as holes so that equal ones match."""
    labels = spec.metadata.mapping("labels") if spec.metadata is not None else None
    return label_texts(labels)


def label_texts(labels: Mapping | None) -> dict[str, str]:
    """Return the scalars of a labels mapping as texts, holes included."""
    if labels is None:
        return {}
    return {key.text: value.text for key, _ in labels if (value := labels.scalar(key.text)) is not None}
