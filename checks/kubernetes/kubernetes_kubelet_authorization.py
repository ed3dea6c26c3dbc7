r"""The kubelet lets every authenticated request do everything.

## Why it matters
`AlwaysAllow` gives whoever has any valid credential commands, logs and files of every container on the node, whatever the
cluster's roles say.

## Bad
```yaml node/kubelet-config.yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authorization:
  mode: AlwaysAllow  # <-
```

## Good
```yaml node/kubelet-config.yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authorization:
  mode: Webhook
```

## Good: Webhook unless written
```yaml node/kubelet-config.yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
readOnlyPort: 0
```

## Fix
Ask the API server about every request.
```yaml
authorization:
  mode: Webhook
```

## References
- Kubernetes 1.34, Kubelet Configuration (v1beta1): https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
- Kubernetes 1.34, Kubelet authentication/authorization: https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import KubeletConfiguration


@check("kubernetes-kubelet-authorization", severity=CRITICAL, control=Control.AUTHORIZATION, cwe=862)
def kubernetes_kubelet_authorization(kubelet: KubeletConfiguration) -> Iterator[Diagnostic]:
    mode = kubelet.authorization_mode
    if mode is not None and known(mode.value) == "AlwaysAllow":
        yield fail("The kubelet lets every request do everything (AlwaysAllow)", at=mode.at, expected="mode: Webhook")
