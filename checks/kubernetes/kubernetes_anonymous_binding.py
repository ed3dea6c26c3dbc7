r"""A binding gives rights to people who did not log in.

## Why it matters
Subjects `system:anonymous` and `system:unauthenticated` are everybody who reaches the API server. What the role allows
needs no password any more.

## Bad
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: open
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: Group  # <-
    name: system:unauthenticated
```

## Bad: the anonymous user
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: open
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: User  # <-
    name: system:anonymous
```

## Good
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: team
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: Group
    name: clinic-operators
```

## Good: version and health, as Kubernetes itself allows
```yaml rbac.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: info
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: system:public-info-viewer
subjects:
  - kind: Group
    name: system:unauthenticated
```

## Fix
Bind a group of people who have logged in.
```yaml
subjects:
  - kind: Group
    name: clinic-operators
```

## References
- Kubernetes 1.34, Using RBAC Authorization: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ ("Discovery roles")
- Kubernetes 1.34, RBAC Good Practices: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail
from auditor.technologies.kubernetes import RbacBinding


@check(
    "kubernetes-anonymous-binding",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.AUTHORIZATION,),
    cwe=306,
)
def kubernetes_anonymous_binding(binding: RbacBinding) -> Iterator[Diagnostic]:
    if binding.role.value == "system:public-info-viewer":
        return
    for subject in binding.subjects:
        if isinstance(subject.name, str) and subject.name in {"system:anonymous", "system:unauthenticated"}:
            role = binding.role.value if isinstance(binding.role.value, str) else "a role that is not known"
            yield fail(f"{binding.kind} {binding.name} gives {role} to {subject.name}", at=subject.at, key=subject.name)
