r"""A binding gives cluster-admin away.

## Why it matters
`cluster-admin` may do everything to everything. A program that runs with it, or a person who uses it every day, turns one
stolen token into the whole cluster and all data in it.

## Bad
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: reports
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin  # <-
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: clinic
```

## Bad: in one namespace
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: reports
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin  # <-
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: clinic
```

## Good
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: reports
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: clinic
```

## Good: the group that Kubernetes itself binds
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: masters
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
subjects:
  - kind: Group
    name: system:masters
```

## Fix
Bind a role with the rights that are used.
```yaml
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
```

## References
- Kubernetes 1.34, Using RBAC Authorization: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ ("User-facing roles")
- Kubernetes 1.34, RBAC Good Practices: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.kubernetes import RbacBinding


@check("kubernetes-cluster-admin-binding", severity=HIGH, control=Control.AUTHORIZATION, cwe=269)
def kubernetes_cluster_admin_binding(binding: RbacBinding) -> Iterator[Diagnostic]:
    if binding.role.value != "cluster-admin" or binding.role_kind != "ClusterRole":
        return
    subjects = [subject for subject in binding.subjects if subject.name != "system:masters"]
    if subjects:
        names = ", ".join(f"{s.kind} {s.name if isinstance(s.name, str) else '(not known)'}" for s in subjects)
        yield fail(
            f"{binding.kind} {binding.name} gives cluster-admin to {names}",
            at=binding.role.at,
            severity=None if binding.is_cluster_wide else MEDIUM,
        )
