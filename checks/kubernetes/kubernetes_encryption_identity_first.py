r"""The encryption configuration writes Secrets unencrypted.

## Why it matters
The first provider writes; the others only read what is there. With `identity` first, or with no entry for Secrets, new
Secrets are stored in etcd as they are although a key was set up.

## Bad
```yaml config/encryption.yaml
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - identity: {}  # <-
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///run/kms.sock
```

## Bad: an earlier entry decides
```yaml config/encryption.yaml
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: ["*.*"]
    providers:
      - identity: {}  # <-
  - resources: [secrets]
    providers:
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///run/kms.sock
```

## Bad: Secrets are left out
```yaml config/encryption.yaml
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [configmaps]
    providers:
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///run/kms.sock
```

## Good
```yaml config/encryption.yaml
apiVersion: apiserver.config.k8s.io/v1
kind: EncryptionConfiguration
resources:
  - resources: [secrets]
    providers:
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///run/kms.sock
      - identity: {}
```

## Fix
Put a provider that encrypts first.
```yaml
resources:
  - resources: [secrets]
    providers:
      - kms:
          apiVersion: v2
          name: vault
          endpoint: unix:///run/kms.sock
      - identity: {}
```

Then rewrite the existing Secrets: `kubectl get secrets -A -o json | kubectl replace -f -`.

## References
- Kubernetes 1.34, Encrypting Confidential Data at Rest: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.kubernetes import EncryptionConfiguration


@check(
    "kubernetes-encryption-identity-first",
    severity=HIGH,
    control=Control.ENCRYPTION_AT_REST,
    also=(Control.KEY_MANAGEMENT,),
    cwe=311,
)
def kubernetes_encryption_identity_first(configuration: EncryptionConfiguration) -> Iterator[Diagnostic]:
    rule = next((rule for rule in configuration.rules if rule.covers_secrets()), None)
    if rule is None:
        if configuration.open:
            yield not_evaluated("template expressions may add resources")
        else:
            yield fail("No entry of the encryption configuration is about Secrets", expected="resources: [secrets]")
    elif rule.providers and rule.providers[0][0] == "identity":
        yield fail(
            "The provider identity stands first, so that Secrets are written unencrypted", at=rule.providers[0][1]
        )
