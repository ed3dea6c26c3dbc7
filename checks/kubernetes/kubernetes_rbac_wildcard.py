r"""A role allows everything by a wildcard.

## Why it matters
`*` also means what comes later: new resources, new verbs such as `impersonate`, Secrets and the roles themselves. Who holds
such a role, or takes over a Pod that does, owns what the role covers.

## Bad
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reporting
rules:
  - apiGroups: ["*"]  # <-
    resources: ["*"]
    verbs: ["*"]
```

## Bad: every verb on named resources
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reporting
rules:
  - apiGroups: [""]  # <-
    resources: [secrets]
    verbs: ["*"]
```

## Good
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reporting
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list, watch]
```

## Good: a wildcard of resources for reading in a group of one's own
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reporting
rules:
  - apiGroups: [clinic.example]
    resources: ["*"]
    verbs: [get, list]
```

## Fix
Name the resources and verbs that are used.
```yaml
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list, watch]
```

## References
- Kubernetes 1.34, Using RBAC Authorization: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ (caution on wildcards under "Role examples")
- Kubernetes 1.34, RBAC Good Practices: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.kubernetes import RbacRole


@check("kubernetes-rbac-wildcard", severity=HIGH, control=Control.AUTHORIZATION, cwe=269)
def kubernetes_rbac_wildcard(role: RbacRole) -> Iterator[Diagnostic]:
    for rule in role.rules:
        if "*" not in rule.verbs or rule.resource_names or not rule.resources:
            continue
        # Groups that programs bring along hold their own objects, not Secrets, Pods or roles.
        own = bool(rule.api_groups) and all(_is_own(group) for group in rule.api_groups)
        everything = "*" in rule.resources and not own
        what = ", ".join(sorted(rule.resources)).replace("*", "every resource")
        groups = "" if "*" in rule.api_groups else f" of API group {', '.join(sorted(rule.api_groups)) or 'core'}"
        where = "in the whole cluster" if role.is_cluster_wide else "in its namespace"
        yield fail(
            f"{role.kind} {role.name} allows every verb on {what}{groups} {where}",
            at=rule.at,
            severity=LOW if own else None if everything and role.is_cluster_wide else MEDIUM,
            key=what,
        )


def _is_own(group: str) -> bool:
    """Tell whether an API group is not Kubernetes' own (metrics APIs are served by adapters)."""
    return "." in group and (not group.endswith(".k8s.io") or group.endswith("metrics.k8s.io"))
