r"""The API server keeps no audit log.

## Why it matters
Without a policy, or without a place to write to, nobody can tell who read a Secret, opened a shell in a database's Pod or
changed a role. Access to systems that hold health data has to be recorded.

## Bad
```yaml manifests/kube-apiserver.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --authorization-mode=Node,RBAC
        - --audit-log-path=/var/log/kubernetes/audit.log
```

## Bad: a policy, and nowhere to write
```yaml manifests/kube-apiserver.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --audit-policy-file=/etc/kubernetes/audit-policy.yaml  # <-
```

## Good
```yaml manifests/kube-apiserver.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --audit-policy-file=/etc/kubernetes/audit-policy.yaml
        - --audit-log-path=/var/log/kubernetes/audit.log
```

## Good: sent to a collector
```yaml manifests/kube-apiserver.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.34.1
      command:
        - kube-apiserver
        - --audit-policy-file=/etc/kubernetes/audit-policy.yaml
        - --audit-webhook-config-file=/etc/kubernetes/audit-webhook.yaml
```

## Fix
Give the server an audit policy and a log file.
```yaml
command:
  - kube-apiserver
  - --audit-policy-file=/etc/kubernetes/audit-policy.yaml
  - --audit-log-path=/var/log/kubernetes/audit.log
  - --audit-log-maxage=90
```

## References
- Kubernetes 1.34, kube-apiserver reference: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ (`--audit-policy-file`, `--audit-log-path`, `--audit-webhook-config-file`)
- Kubernetes 1.34, Auditing: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import ApiServer


@check("kubernetes-apiserver-audit-log", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def kubernetes_apiserver_audit_log(server: ApiServer) -> Iterator[Diagnostic]:
    if not known(server.flag("audit-policy-file")):
        yield fail("The API server keeps no audit log: no audit policy is given", expected="--audit-policy-file")
    elif not known(server.flag("audit-log-path")) and not known(server.flag("audit-webhook-config-file")):
        yield fail(
            "The API server keeps no audit log: neither a log file nor a webhook takes its events",
            at=server.where("audit-policy-file"),
            expected="--audit-log-path or --audit-webhook-config-file",
        )
