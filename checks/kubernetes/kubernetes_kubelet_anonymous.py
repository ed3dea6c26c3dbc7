r"""The kubelet serves requests without credentials.

## Why it matters
The kubelet's port runs commands in every container of the node and reads their logs. Anonymous requests are `system:anonymous`;
with a permissive authorization mode or binding this is a shell in the database's container for everybody.

## Bad
```yaml node/kubelet-config.yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous:
    enabled: true  # <-
```

## Good
```yaml node/kubelet-config.yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication:
  anonymous:
    enabled: false
```

## Good: off unless written
```yaml node/kubelet-config.yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
readOnlyPort: 0
```

## Fix
Switch anonymous requests off.
```yaml
authentication:
  anonymous:
    enabled: false
```

## References
- Kubernetes 1.34, Kubelet Configuration (v1beta1): https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
- Kubernetes 1.34, Kubelet authentication/authorization: https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import KubeletConfiguration


@check("kubernetes-kubelet-anonymous", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def kubernetes_kubelet_anonymous(kubelet: KubeletConfiguration) -> Iterator[Diagnostic]:
    if kubelet.anonymous is not None and known(kubelet.anonymous.value):
        yield fail("The kubelet accepts anonymous requests", at=kubelet.anonymous.at, expected="enabled: false")
