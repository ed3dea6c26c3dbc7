"""A data store takes a port of its node.

## Why it matters
`hostPort` opens the port on an address of the node itself: whoever reaches the node reaches the data store, and network
policies of many network plug-ins do not apply to it.

## Bad
```yaml k8s/cache.yaml
apiVersion: v1
kind: Pod
metadata:
  name: cache
spec:
  containers:
    - name: redis
      image: redis:7.4
      ports:
        - containerPort: 6379  # <-
          hostPort: 6379
```

## Good
```yaml k8s/cache.yaml
apiVersion: v1
kind: Pod
metadata:
  name: cache
spec:
  containers:
    - name: redis
      image: redis:7.4
      ports:
        - containerPort: 6379
```

## Good: on the node's loopback address only
```yaml k8s/cache.yaml
apiVersion: v1
kind: Pod
metadata:
  name: cache
spec:
  containers:
    - name: redis
      image: redis:7.4
      ports:
        - containerPort: 6379
          hostPort: 6379
          hostIP: 127.0.0.1
```

## Fix
Remove `hostPort`; other Pods reach the data store through a Service.
```yaml
ports:
  - containerPort: 6379
```

## References
- Kubernetes 1.34, Configuration Best Practices, `hostPort`: https://kubernetes.io/docs/concepts/configuration/overview/
- Kubernetes 1.34, Pod v1 reference, ContainerPort: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Workload, check, fail
from auditor.technologies.kubernetes import datastore_of


@check("kubernetes-datastore-host-port", severity=HIGH, control=Control.NETWORK_EXPOSURE, cwe=668)
def kubernetes_datastore_host_port(workload: Workload) -> Iterator[Diagnostic]:
    product = datastore_of(workload.image_repository or "")
    if workload.origin != "kubernetes" or not product:
        return
    for port in workload.ports:
        if port.via == "hostPort" and not port.host_ip.startswith("127.") and port.host_ip != "::1":
            yield fail(
                f"{product} in container {workload.name} takes port {port.host} of its node",
                at=port.at,
                key=str(port.host),
            )
