"""An ingress controller accepts old versions of TLS.

## Why it matters
TLS 1.0 and 1.1 use hashes and ciphers that are broken or nearly so, and an attacker on the path can make both sides
fall back to them. The NGINX controller accepts 1.2 and 1.3 unless its ConfigMap names others.

## Bad
```yaml k8s/controller.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
spec:
  template:
    metadata: {labels: {app: ingress-nginx}}
    spec:
      containers:
        - name: controller
          image: registry.k8s.io/ingress-nginx/controller:v1.12.1
          args: [/nginx-ingress-controller, --configmap=$(POD_NAMESPACE)/ingress-nginx-controller]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
data:
  ssl-protocols: TLSv1 TLSv1.1 TLSv1.2 TLSv1.3  # <-
```

## Good: the default
```yaml k8s/controller.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
spec:
  template:
    metadata: {labels: {app: ingress-nginx}}
    spec:
      containers:
        - name: controller
          image: registry.k8s.io/ingress-nginx/controller:v1.12.1
          args: [/nginx-ingress-controller, --configmap=$(POD_NAMESPACE)/ingress-nginx-controller]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
data: {proxy-body-size: "10m"}
```

## Good
```yaml k8s/controller.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
spec:
  template:
    metadata: {labels: {app: ingress-nginx}}
    spec:
      containers:
        - name: controller
          image: registry.k8s.io/ingress-nginx/controller:v1.12.1
          args: [/nginx-ingress-controller, --configmap=$(POD_NAMESPACE)/ingress-nginx-controller]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
data:
  ssl-protocols: TLSv1.2 TLSv1.3
```

## Fix
```yaml
data:
  ssl-protocols: TLSv1.2 TLSv1.3
```

## References
- Ingress-NGINX controller 1.12, ConfigMaps, "ssl-protocols": https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#ssl-protocols
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import IngressController

_OLD = frozenset({"SSLv2", "SSLv3", "TLSv1", "TLSv1.1"})


@check("kubernetes-ingress-controller-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def kubernetes_ingress_controller_old_tls(controller: IngressController) -> Iterator[Diagnostic]:
    named = known(controller.text("ssl-protocols", "TLSv1.2 TLSv1.3")).split()
    old = [name for name in named if name in _OLD]
    if old:
        at = controller.where("ssl-protocols")
        yield fail(f"{controller.name} accepts {' and '.join(old)}", at=at, expected="TLSv1.2 TLSv1.3")
