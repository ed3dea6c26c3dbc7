"""Roles and bindings as facts."""

from collections.abc import Iterator

from auditor.formats.tree import Mapping
from auditor.model.unknown import Unknown
from auditor.model.workload import Located

from .catalogue import Catalogue
from .facts import RbacBinding, RbacRole, RbacRule, RbacSubject
from .manifest import RBAC, Manifest
from .reading import as_written, text, words

_BUILT_IN = "kubernetes.io/bootstrapping"
"""Label of the roles that the API server makes itself (Kubernetes, "Using RBAC Authorization")."""


def rbac_facts(catalogue: Catalogue) -> Iterator[RbacRole | RbacBinding]:
    """Yield the roles and bindings, without those that are Kubernetes' own."""
    bindings = [m for kind in ("ClusterRoleBinding", "RoleBinding") for m in catalogue.of(kind, RBAC)]
    everywhere = {
        as_written(m.body.scalar("roleRef", "name"), m.source) for m in bindings if m.kind == "ClusterRoleBinding"
    }
    for kind in ("ClusterRole", "Role"):
        for manifest in catalogue.of(kind, RBAC):
            if _BUILT_IN not in manifest.labels() and not manifest.name.startswith("system:"):
                yield _role(manifest, bound_everywhere=kind == "ClusterRole" and manifest.name in everywhere)
    for manifest in bindings:
        binding = _binding(manifest)
        if binding is not None and _BUILT_IN not in manifest.labels():
            yield binding


def component_of(manifest: Manifest) -> str:
    """Return the component id; cluster-wide kinds have no namespace in it."""
    if manifest.kind.startswith("Cluster"):
        return f"{manifest.kind.lower()}/{manifest.shown_name}"
    return manifest.id


def _role(manifest: Manifest, *, bound_everywhere: bool) -> RbacRole:
    listed = manifest.body.sequence("rules")
    return RbacRole(
        component=component_of(manifest),
        technology="kubernetes",
        at=manifest.at,
        kind=manifest.kind,
        name=manifest.shown_name,
        rules=tuple(_rule(item) for item in listed.mappings()) if listed is not None else (),
        bound_everywhere=bound_everywhere,
    )


def _rule(item: Mapping) -> RbacRule:
    lists = {name: words(item, name) for name in ("verbs", "resources", "apiGroups", "resourceNames")}
    known = {name: frozenset(w.value for w in found if isinstance(w.value, str)) for name, found in lists.items()}
    return RbacRule(
        at=item.at,
        verbs=known["verbs"],
        resources=known["resources"],
        api_groups=known["apiGroups"],
        resource_names=known["resourceNames"],
        complete=not any(isinstance(w.value, Unknown) for found in lists.values() for w in found),
    )


def _binding(manifest: Manifest) -> RbacBinding | None:
    role = text(manifest.body, "roleRef", "name")
    if role is None:
        return None
    listed = manifest.body.sequence("subjects")
    subjects = tuple(_subject(item) for item in listed.mappings()) if listed is not None else ()
    return RbacBinding(
        component=component_of(manifest),
        technology="kubernetes",
        at=manifest.at,
        kind=manifest.kind,
        name=manifest.shown_name,
        role_kind=manifest.body.text("roleRef", "kind") or "",
        role=role,
        subjects=subjects,
    )


def _subject(item: Mapping) -> RbacSubject:
    name = text(item, "name") or Located[str](value="", at=item.at)
    return RbacSubject(kind=item.text("kind") or "", name=name.value, at=item.at)
