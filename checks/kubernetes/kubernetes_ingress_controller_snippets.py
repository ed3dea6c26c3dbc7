"""Whoever may write an Ingress runs commands of NGINX in the controller.

## Why it matters
With snippets in annotations, a user of one namespace adds any directive to the NGINX of the whole cluster, and reads
the Secrets and certificates of all namespaces that the controller may read (CVE-2021-25742).

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
  allow-snippet-annotations: "true"  # <-
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
  allow-snippet-annotations: "false"
```

## Fix
```yaml
data:
  allow-snippet-annotations: "false"
```

## References
- Ingress-NGINX controller 1.12, ConfigMaps, "allow-snippet-annotations": https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/#allow-snippet-annotations
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.kubernetes import IngressController


@check(
    "kubernetes-ingress-controller-snippets",
    severity=MEDIUM,
    control=Control.PRIVILEGE,
    also=(Control.CODE_EXECUTION,),
    cwe=94,
)
def kubernetes_ingress_controller_snippets(controller: IngressController) -> Iterator[Diagnostic]:
    allowed = known(controller.text("allow-snippet-annotations", "")).lower()
    if not allowed:
        yield not_evaluated("the default depends on the controller's version: true before 1.9, false since")
    elif allowed == "true":
        yield fail(
            f"{controller.name} takes directives of NGINX from every Ingress",
            at=controller.where("allow-snippet-annotations"),
            expected='allow-snippet-annotations: "false"',
        )
