"""A data store in a cluster runs in one Pod only.

## Why it matters
A cluster moves Pods when it drains or loses a node. A data store with one replica is away for that time, and if its
volume is tied to the node, for as long as the node is.

## Bad
```yaml statefulset.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: records
spec:
  replicas: 1 # <-
  template:
    spec:
      containers:
        - name: mongo
          image: mongo:7.0
```

## Good
```yaml statefulset.yaml
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: records
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: mongo
          image: mongo:7.0
          args: ["--replSet", "records"]
```

## Good: a program without data
```yaml deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: tool
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: tool
          image: example/tool:1
```

## Fix
Run the product's own replication with three members on different nodes.
```yaml
spec:
  replicas: 3
```

## References
- Kubernetes manual, "StatefulSets"
- Kubernetes manual, "Disruptions"
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Workload, check, fail, known

from ._common import datastore_ports


@check("datastore-single-replica", severity=LOW, control=Control.AVAILABILITY)
def datastore_single_replica(workload: Workload) -> Iterator[Diagnostic]:
    replicas = workload.replicas
    if replicas is None or workload.origin != "kubernetes" or not datastore_ports(workload):
        return
    if known(replicas.value) == 1:
        yield fail(f"Container {workload.name} is away whenever its one Pod is moved", at=replicas.at)
