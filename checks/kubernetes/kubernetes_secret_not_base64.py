r"""A Secret's data is not base64, so the API server refuses the object.

## Why it matters
`data` takes base64 only. The object is not created, and what needs it does not start or keeps an old password.

## Bad
```yaml k8s/secret.yaml
apiVersion: v1
kind: Secret
metadata:
  name: database
data:
  user: not-base64!  # <-
```

## Good
```yaml k8s/secret.yaml
apiVersion: v1
kind: Secret
metadata:
  name: database
stringData:
  user: not-base64!
```

## Good: encoded
```yaml k8s/secret.yaml
apiVersion: v1
kind: Secret
metadata:
  name: database
data:
  user: cmVwb3J0cw==
```

## Fix
Write plain text into `stringData`.
```yaml
stringData:
  user: reports
```

## References
- Kubernetes 1.34, Secrets: https://kubernetes.io/docs/concepts/configuration/secret/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.kubernetes import SecretManifest


@check("kubernetes-secret-not-base64", severity=LOW, control=Control.CONFIGURATION_HYGIENE)
def kubernetes_secret_not_base64(secret: SecretManifest) -> Iterator[Diagnostic]:
    for place in secret.refused:
        yield fail(f"Secret {secret.name} holds a value in `data` that is not base64", at=place)
