r"""A role allows its holder to give itself more rights.

## Why it matters
`escalate` writes any rule into a role, `bind` gives any role to anybody, `impersonate` acts as any user, group or service
account. Each of them is the way from a narrow role to the whole cluster.

## Bad
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reporting
rules:
  - apiGroups: [rbac.authorization.k8s.io]  # <-
    resources: [clusterroles]
    verbs: [get, escalate]
```

## Bad: acting as others
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reporting
rules:
  - apiGroups: [""]  # <-
    resources: [users, groups]
    verbs: [impersonate]
```

## Good
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reporting
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    verbs: [get, list]
```

## Good: only one named role may be given
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reporting
rules:
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    resourceNames: [view]
    verbs: [bind]
```

## Fix
Take the verb out, or limit it by name.
```yaml
- apiGroups: [rbac.authorization.k8s.io]
  resources: [clusterroles]
  resourceNames: [view]
  verbs: [bind]
```

## References
- Kubernetes 1.34, Using RBAC Authorization: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ ("Privilege escalation prevention and bootstrapping")
- Kubernetes 1.34, RBAC Good Practices: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.kubernetes import RbacRole


@check("kubernetes-rbac-escalation", severity=HIGH, control=Control.AUTHORIZATION, cwe=269)
def kubernetes_rbac_escalation(role: RbacRole) -> Iterator[Diagnostic]:
    for rule in role.rules:
        found = rule.verbs & {"bind", "escalate", "impersonate"}
        if found and not rule.resource_names:
            yield fail(
                f"{role.kind} {role.name} allows {' and '.join(sorted(found))} on {', '.join(sorted(rule.resources)) or 'nothing'}",
                at=rule.at,
                severity=None if role.is_cluster_wide else MEDIUM,
                key=",".join(sorted(found)),
            )
