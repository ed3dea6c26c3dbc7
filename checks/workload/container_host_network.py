"""A container shares the host's network.

## Why it matters
The container sees every interface of the host, reaches services that listen on loopback only, and every port it opens is open on the host, whatever `ports` or a NetworkPolicy says.

## Bad
```yaml compose.yaml
services:
  metrics:
    image: example/metrics:3.2
    network_mode: host # <-
```

## Bad: Kubernetes
```yaml pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: metrics
spec:
  hostNetwork: true # <-
  containers:
    - name: metrics
      image: example/metrics:3.2
```

## Good
```yaml compose.yaml
services:
  metrics:
    image: example/metrics:3.2
    ports: ["127.0.0.1:8080:8080"]
```

## Good: a static Pod of the control plane, which must run before there is a cluster network
```yaml kube-scheduler.yaml
apiVersion: v1
kind: Pod
metadata:
  name: kube-scheduler
  namespace: kube-system
spec:
  hostNetwork: true
  containers:
    - name: kube-scheduler
      image: registry.k8s.io/kube-scheduler:v1.31.2
```

## Fix
Remove `network_mode: host` (`hostNetwork: true` in a Pod) and give the container only what it needs.
```yaml
ports: ["127.0.0.1:8080:8080"]
```

## References
- Compose Specification, "Services", `network_mode`
- Kubernetes manual, "Pod Security Standards", "Baseline", "Host Namespaces"
- Kubernetes manual, "Implementation details" of kubeadm (v1.31): its static Pods have `hostNetwork: true`
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Workload, check, fail

_OF_THE_NODE = {"etcd", "kube-apiserver", "kube-controller-manager", "kube-proxy", "kube-scheduler"}


@check("container-host-network", severity=MEDIUM, control=Control.PRIVILEGE, cwe=653)
def container_host_network(workload: Workload) -> Iterator[Diagnostic]:
    if workload.image_name in _OF_THE_NODE:
        return
    if workload.decided(workload.host_network, False) and workload.host_network is not None:
        yield fail(f"Container {workload.name} uses the host's network", at=workload.host_network.at)
