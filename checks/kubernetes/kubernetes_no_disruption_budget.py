r"""Maintenance of nodes may stop all copies of a service at once.

## Why it matters
Draining nodes evicts Pods as fast as it can unless a PodDisruptionBudget says how many have to stay, so that an upgrade of
the cluster takes a service down that was given copies to survive it.

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

## Bad: the budget is for other Pods
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
```yaml k8s/budget.yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
  namespace: clinic
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: portal
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
```yaml k8s/budget.yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
  namespace: clinic
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: web
```

## Good: a single copy cannot be kept by a budget
```yaml k8s/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: clinic
spec:
  replicas: 1
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

## Fix
Add a PodDisruptionBudget that keeps at least one copy.
```yaml
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
  namespace: clinic
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: web
```

## References
- Kubernetes 1.34, Specifying a Disruption Budget for your Application: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import PodGroup


@check("kubernetes-no-disruption-budget", severity=LOW, control=Control.AVAILABILITY)
def kubernetes_no_disruption_budget(pods: PodGroup) -> Iterator[Diagnostic]:
    if pods.kind not in {"Deployment", "StatefulSet"} or pods.replicas is None or pods.disruption_budget is True:
        return
    count = known(pods.replicas.value)
    if count > 1 and not known(pods.disruption_budget):
        yield fail(f"{pods.kind} {pods.name} has {count} copies and no PodDisruptionBudget")
