"""A Secret copied from a store is never refreshed.

## Why it matters
Rotating the secret in the store changes nothing for the Pods: they keep the copy that was made first. The old value
then has to stay valid, or the application fails on the day of the rotation.

## Bad
```yaml k8s/database.yaml
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
spec:
  refreshInterval: "0"  # <-
  secretStoreRef:
    kind: ClusterSecretStore
    name: vault
  target:
    name: database
  data:
    - secretKey: password
      remoteRef:
        key: clinic/database
        property: password
```

## Bad: made once
```yaml k8s/database.yaml
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
spec:
  refreshPolicy: CreatedOnce  # <-
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: vault
  dataFrom:
    - extract:
        key: clinic/database
```

## Good
```yaml k8s/database.yaml
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
spec:
  refreshInterval: 0h30m
  secretStoreRef:
    kind: ClusterSecretStore
    name: vault
  dataFrom:
    - extract:
        key: clinic/database
```

## Good: the default is an hour
```yaml k8s/database.yaml
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: database
spec:
  secretStoreRef:
    kind: ClusterSecretStore
    name: vault
  dataFrom:
    - extract:
        key: clinic/database
```

## Fix
Fetch it again now and then, and restart or reload what reads the Secret:
```yaml
spec:
  refreshPolicy: Periodic
  refreshInterval: 1h
```

## References
- External Secrets Operator 2.7, ExternalSecret: https://external-secrets.io/v2.7.0/api/externalsecret/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known, lazy
from auditor.technologies.kubernetes import ExternalSecret

_NOTHING = lazy(r"[+-]?(?:0+(?:\.0*)?(?:ns|us|µs|ms|s|m|h)?)+")
"""A duration of Go that is zero, such as 0, 0s or 0h0m0s."""


@check("kubernetes-external-secret-not-refreshed", severity=LOW, control=Control.SECRET_ROTATION, cwe=324)
def kubernetes_external_secret_not_refreshed(secret: ExternalSecret) -> Iterator[Diagnostic]:
    policy = known(secret.refresh_policy)
    if policy != "Periodic":
        yield fail(
            f"Changes of the store do not reach ExternalSecret {secret.name} (refreshPolicy {policy})",
            at=secret.refresh_policy_at,
            expected="refreshPolicy: Periodic",
        )
    elif _NOTHING.fullmatch(known(secret.refresh_interval)):
        yield fail(
            f"ExternalSecret {secret.name} is fetched once and not refreshed",
            at=secret.refresh_interval_at,
            expected="refreshInterval: 1h",
        )
