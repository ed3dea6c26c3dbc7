r"""A role reads the Secrets of the whole cluster.

## Why it matters
`list` and `watch` return the values, not only the names. Who holds the role has every database password, key and service
account token of every namespace.

## Bad
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reporting
rules:
  - apiGroups: [""]  # <-
    resources: [secrets]
    verbs: [get, list]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: reporting
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reporting
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: clinic
```

## Bad: not bound in these files
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reporting
rules:
  - apiGroups: [""]  # <-
    resources: [pods, secrets]
    verbs: [watch]
```

## Good
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: reporting
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [reports-database]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: reporting
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: reporting
subjects:
  - kind: ServiceAccount
    name: reports
    namespace: clinic
```

## Good: in one namespace
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reporting
  namespace: clinic
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [get, list]
```

## Fix
Use a Role in the namespace, and name the Secrets.
```yaml
kind: Role
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [reports-database]
    verbs: [get]
```

## References
- Kubernetes 1.34, Using RBAC Authorization: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
- Kubernetes 1.34, RBAC Good Practices: https://kubernetes.io/docs/concepts/security/rbac-good-practices/ ("Listing secrets")
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.kubernetes import RbacRole


@check("kubernetes-rbac-secrets-read", severity=HIGH, control=Control.AUTHORIZATION, cwe=522)
def kubernetes_rbac_secrets_read(role: RbacRole) -> Iterator[Diagnostic]:
    if not role.is_cluster_wide:
        return
    for rule in role.rules:
        verbs = rule.allows("get", "list", "watch")
        if verbs and "secrets" in rule.resources and rule.covers("secrets"):
            scope = "in every namespace" if role.bound_everywhere else "wherever it is bound"
            yield fail(
                f"{role.kind} {role.name} may {', '.join(sorted(verbs))} all Secrets {scope}",
                at=rule.at,
                severity=None if role.bound_everywhere else MEDIUM,
            )
