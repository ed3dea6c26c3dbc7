r"""A Pod is given a token of the API server that it may not need.

## Why it matters
Kubernetes mounts the service account's token into every container unless told otherwise. Who breaks into the program has
the token, and with it whatever the account may do, now or after the next binding.

## Bad
```yaml k8s/web.yaml
apiVersion: apps/v1  # <-
kind: Deployment
metadata:
  name: web
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.clinic.example/web:1.4.2
```

## Bad: switched on
```yaml k8s/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      automountServiceAccountToken: true  # <-
      containers:
        - name: web
          image: registry.clinic.example/web:1.4.2
```

## Good
```yaml k8s/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      automountServiceAccountToken: false
      containers:
        - name: web
          image: registry.clinic.example/web:1.4.2
```

## Good: the account says so
```yaml k8s/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: clinic
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      serviceAccountName: web
      containers:
        - name: web
          image: registry.clinic.example/web:1.4.2
```
```yaml k8s/account.yaml
apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: clinic
automountServiceAccountToken: false
```

## Fix
Switch the token off if the program does not call the Kubernetes API.
```yaml
spec:
  automountServiceAccountToken: false
```

## References
- Kubernetes 1.34, Configure Service Accounts for Pods: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.kubernetes import PodGroup


@check("kubernetes-token-automounted", severity=LOW, control=Control.AUTHORIZATION, cwe=250)
def kubernetes_token_automounted(pods: PodGroup) -> Iterator[Diagnostic]:
    if pods.is_system:
        return
    token = pods.token
    if token is None or known(token.value):
        yield fail(
            f"{pods.kind} {pods.name} gets the token of service account {pods.service_account}",
            at=token.at if token is not None else None,
            expected="automountServiceAccountToken: false",
        )
