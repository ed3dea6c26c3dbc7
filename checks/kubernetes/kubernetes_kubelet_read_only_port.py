r"""The kubelet serves data of all Pods on a port without authentication.

## Why it matters
The read-only port lists every Pod of the node with its environment and health, in clear and to everybody who reaches it.

## Bad
```yaml node/kubelet-config.yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
readOnlyPort: 10255  # <-
```

## Good
```yaml node/kubelet-config.yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
readOnlyPort: 0
```

## Good: closed unless written
```yaml node/kubelet-config.yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authorization:
  mode: Webhook
```

## Fix
Close the read-only port:
```yaml
readOnlyPort: 0
```

## References
- Kubernetes 1.34, Kubelet Configuration (v1beta1): https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
- Kubernetes 1.34, Kubelet authentication/authorization: https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import KubeletConfiguration


@check("kubernetes-kubelet-read-only-port", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def kubernetes_kubelet_read_only_port(kubelet: KubeletConfiguration) -> Iterator[Diagnostic]:
    port = kubelet.read_only_port
    if port is not None and known(port.value) != 0:
        yield fail(
            f"The kubelet serves port {port.value} without TLS and without authentication",
            at=port.at,
            expected="readOnlyPort: 0",
        )
