"""One key serves several cryptographic mechanisms.

## Why it matters
A key that signs both session tokens and CSRF tokens breaks both when it leaks once, and lets material made for one
mechanism be replayed in the other. Whoever can make the one can make the other.

## Bad: one value signs JWTs and CSRF tokens
```text .env
JWT_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55  # <-
CSRF_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
```

## Bad: by reference
```text .env
JWT_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55  # <-
```
```text compose.yaml
services:
  api:
    image: registry.example/api:1.4
    environment:
      JWT_SECRET: ${JWT_SECRET}
      CSRF_SECRET: ${JWT_SECRET}
```

## Bad: by reference to a value that is not here
```text compose.yaml
services:
  api:
    image: registry.example/api:1.4
    environment:
      JWT_SECRET: ${JWT_SECRET}  # <-
      SESSION_SECRET: ${JWT_SECRET}
```

## Bad: one entry of a Kubernetes Secret feeds two mechanisms
```yaml api.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers:
        - name: api
          image: registry.example/api:1.4
          env:
            - name: JWT_SECRET
              valueFrom: {secretKeyRef: {name: api, key: signing}}  # <-
            - name: CSRF_SECRET
              valueFrom: {secretKeyRef: {name: api, key: signing}}
```

## Good: a secret of its own for each purpose
```text .env
JWT_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
CSRF_SECRET=ow55-Garnet-72-mill-Yt8-cedar-30
```

## Good: one setting, handed from file to file
```text .env
JWT_SECRET=kd83-Plover-19-lamp-Qz4-hazel-55
```
```text compose.yaml
services:
  api:
    image: registry.example/api:1.4
    environment:
      JWT_SECRET: ${JWT_SECRET}
```

## Good: the same default in two systems that have nothing to do with each other
```text shop/.env
JWT_SECRET=supersecret
```
```text blog/.env
CSRF_SECRET=supersecret
```

## Fix
Give every mechanism a random key of its own, at least 32 bytes, and let the program refuse to start if two are equal.
```python
if settings.jwt_secret == settings.csrf_secret:
    raise SystemExit("JWT_SECRET and CSRF_SECRET must differ")
```

## References
- NIST SP 800-57 Part 1 Rev. 5, section 5.2 (a key is used for one purpose only)
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Facts, SecretUses, Sharing, check

from ._sharing import shared


@check("secret-shared-purposes", severity=HIGH, control=Control.SHARED_SECRET, also=(Control.AUTHENTICATION,), cwe=323)
def secret_shared_purposes(secrets: Facts[SecretUses]) -> Iterator[Diagnostic]:
    return shared(secrets, Sharing.PURPOSES, expected="a key of its own for every mechanism")
