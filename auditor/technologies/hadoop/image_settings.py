"""Site files that the images' start scripts write from environment variables.

Sources, read in 2026: `scripts/envtoconf.py` and `scripts/transformation.py` of apache/hadoop (branch
docker-hadoop-3), whose variables `CORE-SITE.XML_fs.defaultFS` replace a whole file; `base/entrypoint.sh` and the
Dockerfiles of big-data-europe/docker-hadoop (2.0.0-hadoop3.2.1), whose variables `CORE_CONF_fs_defaultFS` are put
behind the properties of the image's file.
"""

import re
from collections.abc import Iterator

from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.unknown import HOLE
from auditor.model.workload import Workload

from .document import Gap, Property
from .starting import Family

_ANY = "0.0.0.0"  # noqa: S104  # what the start script writes
_MULTIHOMED = {
    "hdfs": ("dfs.namenode.rpc-bind-host", "dfs.namenode.http-bind-host", "dfs.namenode.https-bind-host"),
    "yarn": ("yarn.resourcemanager.bind-host", "yarn.nodemanager.bind-host", "yarn.timeline-service.bind-host"),
}
_FOLDERS = {
    "hadoop-namenode": ("HDFS_CONF_dfs_namenode_name_dir", "dfs.namenode.name.dir", "file:///hadoop/dfs/name"),
    "hadoop-datanode": ("HDFS_CONF_dfs_datanode_data_dir", "dfs.datanode.data.dir", "file:///hadoop/dfs/data"),
}


def written(
    workload: Workload, family: Family | None, kind: str, items: tuple[Property | Gap, ...] | None
) -> tuple[Property | Gap, ...] | None:
    """Return what stands in a site file after the image's start script; `items` is what was there before, if known."""
    if family is None:
        return items
    at = workload.image.at if workload.image is not None else workload.at
    ours: tuple[Property | Gap, ...] = tuple(
        _apache(workload, kind) if family is Family.APACHE else _bde(workload, kind, at)
    )
    if workload.environment_open is not None and items is None:
        ours = (*ours, Gap(at=at, reason=f"{workload.environment_open} may set variables"))
    if family is Family.APACHE:
        return ours or items
    return (*(items or ()), *ours) if ours or items is not None else None


def _apache(workload: Workload, kind: str) -> Iterator[Property]:
    for name, variable in workload.environment.items():
        parts = re.split(r"[_.]", name, maxsplit=2)
        if len(parts) == 3 and parts[0].lower() == f"{kind}-site" and parts[1].lower() == "xml":
            value = variable.value
            yield Property(
                name=parts[2].strip(),
                value=value.strip().strip('"') if isinstance(value, str) else value,
                at=variable.at,
                origin=Origin.ENVIRONMENT,
            )


def _bde(workload: Workload, kind: str, at: Location) -> Iterator[Property]:
    prefix = f"{kind.upper()}_CONF_"
    environment = workload.environment
    if kind == "core" and "CORE_CONF_fs_defaultFS" not in environment:
        yield Property(name="fs.defaultFS", value=f"hdfs://{HOLE}:8020", at=at, origin=Origin.IMAGE)
    variable, name, value = _FOLDERS.get(workload.image_name or "", ("", "", ""))
    if variable.startswith(prefix) and variable not in environment:
        yield Property(name=name, value=value, at=at, origin=Origin.IMAGE)
    for key, found in environment.items():
        if key.startswith(prefix):
            name = property_name(key.removeprefix(prefix))
            yield Property(name=name, value=found.value, at=found.at, origin=Origin.ENVIRONMENT)
    multihomed = environment.get("MULTIHOMED_NETWORK")
    if multihomed is None or multihomed.value == "1":
        for bound in _MULTIHOMED.get(kind, ()):
            yield Property(name=bound, value=_ANY, at=at, origin=Origin.IMAGE)


def property_name(variable: str) -> str:
    """Return the property that a variable's name behind the prefix stands for: `___` is -, `__` is _, `_` is a dot."""
    return variable.replace("___", "-").replace("__", "@").replace("_", ".").replace("@", "_")
