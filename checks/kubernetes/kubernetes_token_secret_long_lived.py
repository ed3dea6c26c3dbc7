r"""A Secret holds a service account token that never expires.

## Why it matters
Since 1.24 Pods get tokens that last an hour. A Secret of type `kubernetes.io/service-account-token` makes one that stays
valid until the Secret is deleted, in every copy of it.

## Bad
```yaml k8s/token.yaml
apiVersion: v1
kind: Secret
metadata:
  name: ci-token
  annotations:
    kubernetes.io/service-account.name: ci
type: kubernetes.io/service-account-token  # <-
```

## Good
```yaml k8s/settings.yaml
apiVersion: v1
kind: Secret
metadata:
  name: ci-settings
type: Opaque
stringData:
  region: eu-central
```

## Fix
Ask for a token when one is needed: `kubectl create token ci --duration=1h`, or a projected volume.
```yaml
volumes:
  - name: token
    projected:
      sources:
        - serviceAccountToken:
            path: token
            expirationSeconds: 3600
```

## References
- Kubernetes 1.34, Managing Service Accounts: https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.kubernetes import SecretManifest


@check("kubernetes-token-secret-long-lived", severity=MEDIUM, control=Control.SECRET_ROTATION, cwe=324)
def kubernetes_token_secret_long_lived(secret: SecretManifest) -> Iterator[Diagnostic]:
    if secret.type == "kubernetes.io/service-account-token":
        yield fail(f"Secret {secret.name} makes a token that never expires", at=secret.type_at)
