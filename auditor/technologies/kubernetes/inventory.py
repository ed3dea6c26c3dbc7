"""From the manifests of a whole tree to facts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.technologies.document import RepositoryFiles

from .catalogue import Catalogue
from .cluster_files import cluster_files
from .control_plane import programs
from .controllers import controllers
from .document import KubernetesDocument
from .entrances import entrances
from .groups import pod_groups, secret_manifests
from .network import namespaces, network_facts
from .publishing import Fronts
from .rbac import rbac_facts
from .renewal import renewals
from .units import units_of
from .workloads import workloads_of


def facts_of(documents: Sequence[KubernetesDocument], files: RepositoryFiles) -> Iterator[Fact]:
    """Yield the facts of every installation in the tree, each different one once.

    Two overlays of one base, or two folders with an object of one name, give two components; the id of the second
    one names its folder or file.
    """
    seen: dict[tuple[type, str, Location], list[Fact]] = {}
    components: set[tuple[type, str]] = set()
    units = list(units_of(documents, files))
    for unit in units:
        for fact in _facts(unit.catalogue):
            same = seen.setdefault((type(fact), fact.component, fact.at), [])
            if fact in same:
                continue
            same.append(fact)
            identity = (type(fact), fact.component)
            if identity in components:
                yield replace(fact, component=f"{fact.component}@{unit.folder or fact.at.path}")
            else:
                components.add(identity)
                yield fact
    yield from namespaces([unit.catalogue for unit in units])


def _facts(catalogue: Catalogue) -> Iterator[Fact]:
    fronts = Fronts(catalogue)
    containers = {id(m.body): list(workloads_of(m, pod, catalogue, fronts)) for m, pod, _ in catalogue.pods()}
    workloads = [workload for found in containers.values() for workload in found]
    yield from workloads
    yield from programs(workloads)
    yield from pod_groups(catalogue, containers)
    yield from network_facts(catalogue, fronts)
    yield from entrances(catalogue, fronts)
    yield from controllers(catalogue)
    yield from rbac_facts(catalogue)
    yield from secret_manifests(catalogue)
    yield from renewals(catalogue)
    yield from cluster_files(catalogue.manifests)
