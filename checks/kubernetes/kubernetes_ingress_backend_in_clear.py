r"""What an Ingress decrypts goes on to the Pods in clear.

## Why it matters
TLS ends at the ingress controller, and from there log-ins, session cookies and patients' data cross the network
between the nodes readable. Whoever is in one Pod or on one node of the way reads them, unless the network itself or a
service mesh encrypts.

## Bad
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: portal}
spec:
  selector: {matchLabels: {app: portal}}
  template:
    metadata: {labels: {app: portal}}
    spec:
      containers:
        - name: portal
          image: example/portal:1
          ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: portal}
spec:
  selector: {app: portal}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
spec:
  ingressClassName: nginx
  tls:
    - hosts: [portal.clinic.example]
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal  # <-
                port: {number: 80}
```

## Bad: a Route of OpenShift
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: portal}
spec:
  selector: {matchLabels: {app: portal}}
  template:
    metadata: {labels: {app: portal}}
    spec:
      containers:
        - name: portal
          image: example/portal:1
          ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: portal}
spec:
  selector: {app: portal}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: route.openshift.io/v1
kind: Route
metadata: {name: portal}
spec:
  to: {kind: Service, name: portal}  # <-
  tls: {termination: edge}
```

## Bad: an HTTPRoute
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: portal}
spec:
  selector: {matchLabels: {app: portal}}
  template:
    metadata: {labels: {app: portal}}
    spec:
      containers:
        - name: portal
          image: example/portal:1
          ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: portal}
spec:
  selector: {app: portal}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front}
spec:
  gatewayClassName: example
  listeners:
    - {name: web, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: front-tls}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: portal}
spec:
  parentRefs: [{name: front}]
  rules:
    - backendRefs: [{name: portal, port: 80}]  # <-
```

## Good: TLS to the Pods
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: portal}
spec:
  selector: {matchLabels: {app: portal}}
  template:
    metadata: {labels: {app: portal}}
    spec:
      containers:
        - name: portal
          image: example/portal:1
          ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: portal}
spec:
  selector: {app: portal}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    nginx.ingress.kubernetes.io/backend-protocol: "HTTPS"
spec:
  ingressClassName: nginx
  tls:
    - hosts: [portal.clinic.example]
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port: {number: 80}
```

## Good: Traefik, by the Service
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: portal}
spec:
  selector: {matchLabels: {app: portal}}
  template:
    metadata: {labels: {app: portal}}
    spec:
      containers:
        - name: portal
          image: example/portal:1
          ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata:
  name: portal
  annotations:
    traefik.ingress.kubernetes.io/service.serversscheme: https
spec:
  selector: {app: portal}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
spec:
  ingressClassName: nginx
  tls:
    - hosts: [portal.clinic.example]
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port: {number: 80}
```

## Good: encrypted again
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: portal}
spec:
  selector: {matchLabels: {app: portal}}
  template:
    metadata: {labels: {app: portal}}
    spec:
      containers:
        - name: portal
          image: example/portal:1
          ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: portal}
spec:
  selector: {app: portal}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: route.openshift.io/v1
kind: Route
metadata: {name: portal}
spec:
  to: {kind: Service, name: portal}
  tls: {termination: reencrypt}
```

## Good: mutual TLS by Istio
```yaml k8s/portal.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: portal}
spec:
  selector: {matchLabels: {app: portal}}
  template:
    metadata: {labels: {app: portal}}
    spec:
      containers:
        - name: portal
          image: example/portal:1
          ports: [{containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata: {name: portal}
spec:
  selector: {app: portal}
  ports: [{name: http, port: 80, targetPort: 8080}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
spec:
  ingressClassName: nginx
  tls:
    - hosts: [portal.clinic.example]
      secretName: portal-tls
  rules:
    - host: portal.clinic.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port: {number: 80}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: all}
spec:
  mtls: {mode: STRICT}
```

## Fix
Serve TLS in the Pods and tell the controller, or let a service mesh encrypt:

```yaml
metadata:
  annotations:
    nginx.ingress.kubernetes.io/backend-protocol: HTTPS
    nginx.ingress.kubernetes.io/proxy-ssl-verify: "on"
```

## References
- Ingress-NGINX controller 1.12, Annotations, "Backend Protocol": https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#backend-protocol
- OpenShift 4.17, Secured routes: https://docs.openshift.com/container-platform/4.17/networking/routes/secured-routes.html
- Gateway API 1.2, TLS configuration: https://gateway-api.sigs.k8s.io/guides/tls/
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import Entrance


@check("kubernetes-ingress-backend-in-clear", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def kubernetes_ingress_backend_in_clear(entrance: Entrance) -> Iterator[Diagnostic]:
    if known(entrance.ends_tls) and not known(entrance.encrypts):
        reach = "only Pods that a network policy names" if entrance.confined else "every Pod of the cluster"
        spoken = "clear text" if entrance.kind == "IngressRouteTCP" else "plain HTTP"
        yield fail(
            f"{entrance.kind} {entrance.name} ends TLS and speaks {spoken} to {entrance.service}, "
            f"which {reach} can reach",
            severity=LOW if entrance.confined else MEDIUM,
            key=entrance.service,
            expected="HTTPS to the Pods, or a service mesh with mutual TLS",
        )
