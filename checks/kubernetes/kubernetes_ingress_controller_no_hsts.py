"""An ingress controller does not tell browsers to stay with TLS.

## Why it matters
Without HSTS a browser tries `http://` first when somebody types the clinic's name, and whoever is on the path answers
in its place. The NGINX controller sends the header for hosts with TLS unless its ConfigMap switches it off.

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
  hsts: "false"  # <-
```

## Bad: for minutes
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
  hsts-max-age: "300"  # <-
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
  hsts-max-age: "31536000"
```

## Fix
```yaml
data:
  hsts: "true"
```

## References
- Ingress-NGINX controller 1.12, ConfigMaps, "hsts": https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#hsts
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, is_whole_number, known
from auditor.technologies.kubernetes import IngressController

_SHORTEST = 15724800
"""Half a year."""


@check("kubernetes-ingress-controller-no-hsts", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def kubernetes_ingress_controller_no_hsts(controller: IngressController) -> Iterator[Diagnostic]:
    if known(controller.text("hsts", "true")).lower() == "false":
        yield fail(
            f"{controller.name} sends no Strict-Transport-Security",
            at=controller.where("hsts"),
            expected='hsts: "true"',
        )
        return
    age = known(controller.text("hsts-max-age", "31536000"))
    if is_whole_number(age) and int(age) < _SHORTEST:
        yield fail(
            f"{controller.name} tells browsers to stay with TLS for {age} seconds only",
            at=controller.where("hsts-max-age"),
            severity=LOW,
            expected='hsts-max-age: "31536000"',
        )
