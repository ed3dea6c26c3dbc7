"""What stands at each path of a container."""

import posixpath
from collections.abc import Iterator

from auditor.formats.tree import Mapping
from auditor.model.location import Location
from auditor.model.unknown import HOLE
from auditor.model.workload import Mount, MountKind

from .catalogue import Catalogue, Data
from .manifest import Manifest, is_optional
from .reading import as_written, is_true

_EPHEMERAL = frozenset(["emptyDir", "ephemeral"])
_PERSISTENT = frozenset(
    [
        "persistentVolumeClaim",
        "nfs",
        "awsElasticBlockStore",
        "gcePersistentDisk",
        "azureDisk",
        "azureFile",
        "cephfs",
        "cinder",
        "csi",
        "fc",
        "glusterfs",
        "iscsi",
        "rbd",
        "flexVolume",
        "flocker",
        "photonPersistentDisk",
        "portworxVolume",
        "quobyte",
        "scaleIO",
        "storageos",
        "vsphereVolume",
    ]
)


def mounts_of(container: Mapping, pod: Mapping, manifest: Manifest, catalogue: Catalogue) -> tuple[Mount, ...]:
    """Return the container's mounts; a folder made of a ConfigMap or Secret is one mount for each of its keys."""
    listed = container.sequence("volumeMounts")
    volumes = {
        as_written(volume.scalar("name"), manifest.source): volume
        for volume in _items(pod, "volumes")
        if volume.scalar("name") is not None
    }
    claims = {
        as_written(claim.scalar("metadata", "name"), manifest.source)
        for claim in _items(manifest.body.mapping("spec"), "volumeClaimTemplates")
    }
    mounts: list[Mount] = []
    for item in listed.mappings() if listed is not None else ():
        target = item.scalar("mountPath")
        if target is None or HOLE in target.text:
            continue
        name = as_written(item.scalar("name"), manifest.source)
        volume = volumes.get(name)
        place = _Place(item, target.text, manifest, catalogue)
        if volume is not None:
            mounts.extend(place.of_volume(volume))
        else:
            mounts.append(place.plain(MountKind.VOLUME if name in claims else MountKind.UNKNOWN))
    return tuple(mounts)


def _items(mapping: Mapping | None, key: str) -> Iterator[Mapping]:
    listed = mapping.sequence(key) if mapping is not None else None
    return listed.mappings() if listed is not None else iter(())


class _Place:
    """One `volumeMounts` item: a volume, or the file `subPath` of it, at a path."""

    def __init__(self, item: Mapping, target: str, manifest: Manifest, catalogue: Catalogue) -> None:
        self.at: Location = item.at
        self.target = target
        self.sub_path = item.text("subPath")
        self.is_part = "subPath" in item or "subPathExpr" in item
        self.read_only = is_true(item.scalar("readOnly"))
        self.manifest = manifest
        self.catalogue = catalogue

    def plain(self, kind: MountKind, *, target: str | None = None, host_path: str | None = None) -> Mount:
        return Mount(kind=kind, target=target or self.target, at=self.at, host_path=host_path, read_only=self.read_only)

    def of_volume(self, volume: Mapping) -> Iterator[Mount]:
        config_map, secret, projected = (
            volume.mapping("configMap"),
            volume.mapping("secret"),
            volume.mapping("projected"),
        )
        host = volume.mapping("hostPath")
        keys = set(volume.keys())
        if config_map is not None:
            yield from self.of_config_map(config_map)
        elif secret is not None:
            yield from self.of_secret(secret, "secretName")
        elif projected is not None:
            yield from self.of_projected(projected)
        elif host is not None:
            path = host.text("path")
            if path is not None and self.sub_path:
                path = posixpath.join(path, self.sub_path)
            yield self.plain(MountKind.BIND, host_path=path)
        elif volume.text("csi", "driver") == "secrets-store.csi.k8s.io":
            yield self.plain(MountKind.SECRET)
        elif keys & _EPHEMERAL or (keys <= {"name"} and not volume.open):
            # A volume without a source is an emptyDir (Pod v1, `volumes`).
            yield self.plain(MountKind.EPHEMERAL)
        elif keys & _PERSISTENT:
            yield self.plain(MountKind.VOLUME)
        else:
            yield self.plain(MountKind.UNKNOWN)

    def of_projected(self, projected: Mapping) -> Iterator[Mount]:
        others = False
        for source in _items(projected, "sources"):
            config_map, secret = source.mapping("configMap"), source.mapping("secret")
            if config_map is not None:
                yield from self.of_config_map(config_map)
            elif secret is not None:
                yield from self.of_secret(secret, "name")
            else:
                others = True
        if others:
            yield self.plain(MountKind.SECRET)

    def of_config_map(self, reference: Mapping) -> Iterator[Mount]:
        name = as_written(reference.scalar("name"), self.manifest.source)
        data = self.catalogue.config_map(name, self.manifest)
        if data is not None:
            yield from self._of_data(reference, data)
        elif not is_optional(reference) or self.is_part:
            yield self.plain(MountKind.UNKNOWN)

    def of_secret(self, reference: Mapping, key: str) -> Iterator[Mount]:
        """Yield the files of a Secret that the scanned files hold; whoever writes one has configuration in it."""
        name = as_written(reference.scalar(key), self.manifest.source)
        data = self.catalogue.secret(name, self.manifest)
        if data is not None:
            yield from self._of_data(reference, data)
        else:
            yield self.plain(MountKind.SECRET)

    def _of_data(self, reference: Mapping, data: Data) -> Iterator[Mount]:
        files = {entry.key: entry for entry in data.entries}
        listed = reference.sequence("items")
        if listed is not None:
            chosen = [(item.text("key"), item.text("path")) for item in listed.mappings()]
            files = {path: files[key] for key, path in chosen if key in files and path is not None}
        complete = not data.open and (listed is None or not listed.open)
        if self.is_part:
            entry = files.get(self.sub_path) if self.sub_path is not None else None
            if entry is None or entry.source is None:
                yield self.plain(MountKind.UNKNOWN)
            else:
                yield Mount(kind=MountKind.CONFIG, target=self.target, at=self.at, content=entry.source, read_only=True)
            return
        for path, entry in files.items():
            target = posixpath.join(self.target, path)
            if entry.source is None:
                yield self.plain(MountKind.UNKNOWN, target=target)
            else:
                yield Mount(
                    kind=MountKind.CONFIG,
                    target=target,
                    at=self.at,
                    content=entry.source,
                    read_only=True,
                    folder=self.target,
                )
        if not complete:
            yield self.plain(MountKind.UNKNOWN)
