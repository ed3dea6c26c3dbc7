"""A service keeps a fixed number of copies whatever its load.

## Why it matters
When many patients or staff come at once, a fixed number of copies slows down and then fails, and nothing adds another one.
An autoscaler starts copies while the load is high and stops them afterwards. Services whose load is known and steady may do
without it.

## Bad
```yaml k8s/portal.yaml
apiVersion: apps/v1  # <-
kind: Deployment
metadata:
  name: portal
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: portal
  template:
    metadata:
      labels:
        app: portal
    spec:
      containers:
        - name: portal
          image: registry.clinic.example/portal:1.4.2
```

## Bad: the autoscaler is for another Deployment
```yaml k8s/portal.yaml
apiVersion: apps/v1  # <-
kind: Deployment
metadata:
  name: portal
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: portal
  template:
    metadata:
      labels:
        app: portal
    spec:
      containers:
        - name: portal
          image: registry.clinic.example/portal:1.4.2
```
```yaml k8s/autoscaler.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: portal
  namespace: clinic
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: booking
  minReplicas: 2
  maxReplicas: 6
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
```

## Bad: the autoscaler is in another namespace
```yaml k8s/portal.yaml
apiVersion: apps/v1  # <-
kind: Deployment
metadata:
  name: portal
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: portal
  template:
    metadata:
      labels:
        app: portal
    spec:
      containers:
        - name: portal
          image: registry.clinic.example/portal:1.4.2
```
```yaml k8s/autoscaler.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: portal
  namespace: laboratory
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: portal
  minReplicas: 2
  maxReplicas: 6
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
```

## Good
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: portal
  template:
    metadata:
      labels:
        app: portal
    spec:
      containers:
        - name: portal
          image: registry.clinic.example/portal:1.4.2
```
```yaml k8s/autoscaler.yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: portal
  namespace: clinic
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: portal
  minReplicas: 2
  maxReplicas: 6
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
```

## Good: KEDA scales it
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: portal
  template:
    metadata:
      labels:
        app: portal
    spec:
      containers:
        - name: portal
          image: registry.clinic.example/portal:1.4.2
```
```yaml k8s/autoscaler.yaml
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: portal
  namespace: clinic
spec:
  scaleTargetRef:
    name: portal
  minReplicaCount: 2
  maxReplicaCount: 6
  triggers:
    - type: cpu
      metricType: Utilization
      metadata:
        value: "70"
```

## Good: a single copy is not meant to be scaled
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
  namespace: clinic
spec:
  replicas: 1
  selector:
    matchLabels:
      app: portal
  template:
    metadata:
      labels:
        app: portal
    spec:
      containers:
        - name: portal
          image: registry.clinic.example/portal:1.4.2
```

## Good: members of a StatefulSet are not copies of each other
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: portal
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: portal
  template:
    metadata:
      labels:
        app: portal
    spec:
      containers:
        - name: portal
          image: registry.clinic.example/portal:1.4.2
```

## Good: a part of the cluster itself
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: portal
  namespace: kube-system
spec:
  replicas: 2
  selector:
    matchLabels:
      app: portal
  template:
    metadata:
      labels:
        app: portal
    spec:
      containers:
        - name: portal
          image: registry.clinic.example/portal:1.4.2
```

## Fix
Add a HorizontalPodAutoscaler and leave the number of copies to it.
```yaml
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: portal
  namespace: clinic
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: portal
  minReplicas: 2
  maxReplicas: 6
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 70
```

## References
- Kubernetes 1.34, Horizontal Pod Autoscaling: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
- KEDA 2.15, ScaledObject specification: https://keda.sh/docs/2.15/reference/scaledobject-spec/
"""

from collections.abc import Iterator

from auditor.api import INFO, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import PodGroup


@check("kubernetes-no-autoscaler", severity=INFO, control=Control.AVAILABILITY)
def kubernetes_no_autoscaler(pods: PodGroup) -> Iterator[Diagnostic]:
    if pods.kind != "Deployment" or pods.is_system or pods.replicas is None or pods.autoscaler is True:
        return
    count = known(pods.replicas.value)
    if count > 1 and not known(pods.autoscaler):
        yield fail(f"Deployment {pods.name} has {count} copies and no HorizontalPodAutoscaler")
