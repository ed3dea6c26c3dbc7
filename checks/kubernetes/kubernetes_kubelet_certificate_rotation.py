r"""The kubelet's client certificate is not renewed.

## Why it matters
Without rotation the node keeps one key for years, or drops out of the cluster, with everything it runs, on the day the
certificate expires.

## Bad
```yaml node/kubelet-config.yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
rotateCertificates: false  # <-
```

## Good
```yaml node/kubelet-config.yaml
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
rotateCertificates: true
```

## Fix
Switch rotation on:
```yaml
rotateCertificates: true
```

## References
- Kubernetes 1.34, Kubelet Configuration (v1beta1): https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
- Kubernetes 1.34, Kubelet authentication/authorization: https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import KubeletConfiguration


@check("kubernetes-kubelet-certificate-rotation", severity=LOW, control=Control.KEY_MANAGEMENT, cwe=324)
def kubernetes_kubelet_certificate_rotation(kubelet: KubeletConfiguration) -> Iterator[Diagnostic]:
    rotate = kubelet.rotate_certificates
    if rotate is None:
        yield fail(
            "rotateCertificates is not set, so that the kubelet's certificate is not renewed",
            expected="rotateCertificates: true",
        )
    elif not known(rotate.value):
        yield fail(
            "rotateCertificates is off, so that the kubelet's certificate is not renewed",
            at=rotate.at,
            expected="rotateCertificates: true",
        )
