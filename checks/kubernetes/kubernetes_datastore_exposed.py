r"""A data store is reachable from outside the cluster.

## Why it matters
A load balancer or a port on every node puts the data store before whoever reaches that network. One guessed password or one
flaw in the server then is enough; programs inside the cluster need neither.

## Bad
```yaml k8s/database.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: records
spec:
  serviceName: records
  selector:
    matchLabels:
      app: records
  template:
    metadata:
      labels:
        app: records
    spec:
      containers:
        - name: postgres
          image: postgres:16.4
          ports:
            - containerPort: 5432
---
apiVersion: v1
kind: Service
metadata:
  name: records
spec:
  type: LoadBalancer  # <-
  selector:
    app: records
  ports:
    - port: 5432
```

## Bad: on every node
```yaml k8s/database.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: records
spec:
  serviceName: records
  selector:
    matchLabels:
      app: records
  template:
    metadata:
      labels:
        app: records
    spec:
      containers:
        - name: postgres
          image: postgres:16.4
          ports:
            - containerPort: 5432
```
```yaml k8s/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: records
spec:
  type: NodePort  # <-
  selector:
    app: records
  ports:
    - port: 5432
```

## Good
```yaml k8s/database.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: records
spec:
  serviceName: records
  selector:
    matchLabels:
      app: records
  template:
    metadata:
      labels:
        app: records
    spec:
      containers:
        - name: postgres
          image: postgres:16.4
          ports:
            - containerPort: 5432
---
apiVersion: v1
kind: Service
metadata:
  name: records
spec:
  type: ClusterIP
  selector:
    app: records
  ports:
    - port: 5432
```

## Good: ClusterIP unless written
```yaml k8s/database.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: records
spec:
  serviceName: records
  selector:
    matchLabels:
      app: records
  template:
    metadata:
      labels:
        app: records
    spec:
      containers:
        - name: postgres
          image: postgres:16.4
          ports:
            - containerPort: 5432
---
apiVersion: v1
kind: Service
metadata:
  name: records
spec:
  selector:
    app: records
  ports:
    - port: 5432
```

## Good: other Pods are behind the load balancer
```yaml k8s/database.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: records
spec:
  serviceName: records
  selector:
    matchLabels:
      app: records
  template:
    metadata:
      labels:
        app: records
    spec:
      containers:
        - name: postgres
          image: postgres:16.4
          ports:
            - containerPort: 5432
---
apiVersion: v1
kind: Service
metadata:
  name: records
spec:
  type: LoadBalancer
  selector:
    app: portal
  ports:
    - port: 5432
```

## Good: the load balancer leads to the program beside the data store
```yaml k8s/portal.yaml
apiVersion: v1
kind: Pod
metadata:
  name: portal
  labels:
    app: portal
spec:
  containers:
    - name: portal
      image: registry.clinic.example/portal:1.4.2
      ports:
        - containerPort: 8443
    - name: cache
      image: memcached:1.6
      ports:
        - containerPort: 11211
---
apiVersion: v1
kind: Service
metadata:
  name: portal
spec:
  type: LoadBalancer
  selector:
    app: portal
  ports:
    - port: 443
      targetPort: 8443
```

## Fix
Make the Service reachable inside the cluster only.
```yaml
spec:
  type: ClusterIP
```

For administrators use `kubectl port-forward`, a VPN, or a bastion host.

## References
- Kubernetes 1.34, Service, "Publishing Services (ServiceTypes)": https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Related, check, fail, known
from auditor.technologies.kubernetes import ServiceObject


@check("kubernetes-datastore-exposed", severity=HIGH, control=Control.NETWORK_EXPOSURE, cwe=668)
def kubernetes_datastore_exposed(service: ServiceObject) -> Iterator[Diagnostic]:
    if not service.datastore or known(service.type) == "ClusterIP" or service.type == "ExternalName":
        return
    limited = service.internal or service.source_ranges or service.type == "NodePort"
    related = (Related(service.datastore_at, "the data store"),) if service.datastore_at is not None else ()
    yield fail(
        f"Service {service.name} ({service.type}) leads to {service.datastore} from outside the cluster",
        at=service.type_at,
        severity=MEDIUM if limited else None,
        related=related,
        expected="type: ClusterIP",
    )
