r"""No NetworkPolicy limits who reaches the Pods of a namespace.

## Why it matters
Without a policy every Pod of the cluster may open connections to every other one: a break-in at the web shop reaches the
database of patients' records.

## Bad
```yaml k8s/web.yaml
apiVersion: apps/v1  # <-
kind: Deployment
metadata:
  name: web
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.clinic.example/web:1.4.2
```

## Bad: the policy is in another namespace
```yaml k8s/web.yaml
apiVersion: apps/v1  # <-
kind: Deployment
metadata:
  name: web
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.clinic.example/web:1.4.2
```
```yaml k8s/policy.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: billing
spec:
  podSelector: {}
  policyTypes: [Ingress]
```

## Good
```yaml k8s/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.clinic.example/web:1.4.2
```
```yaml k8s/policy.yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: clinic
spec:
  podSelector: {}
  policyTypes: [Ingress]
```

## Fix
Deny all connections by default.
```yaml
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: clinic
spec:
  podSelector: {}
  policyTypes: [Ingress]
```

Then allow what is needed, Pod by Pod. The cluster's network plug-in has to support policies.

## References
- Kubernetes 1.34, Network Policies: https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.kubernetes import NamespaceOverview


@check("kubernetes-no-network-policy", severity=MEDIUM, control=Control.NETWORK_EXPOSURE, cwe=923)
def kubernetes_no_network_policy(namespace: NamespaceOverview) -> Iterator[Diagnostic]:
    if namespace.network_policies or namespace.name.startswith("kube-"):
        return
    if namespace.policies_open:
        yield not_evaluated("policies in the files may be for this namespace too")
        return
    many = len(namespace.workloads)
    where = f"Namespace {namespace.name}" if namespace.written else "The namespace these objects are deployed to"
    yield fail(
        f"{where} has {many} workload{'s' if many > 1 else ''} and no NetworkPolicy",
        severity=None if namespace.written else LOW,
    )
