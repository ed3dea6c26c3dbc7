"""A certificate is renewed with the same private key.

## Why it matters
cert-manager renews the certificate in time, but with `rotationPolicy: Never` the key stays what it was on the first
day. Whoever once got hold of it can go on impersonating the server.

## Bad
```yaml k8s/certificate.yaml
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: portal
spec:
  secretName: portal-tls
  dnsNames: [portal.example.org]
  privateKey:
    rotationPolicy: Never  # <-
  issuerRef:
    name: internal
    kind: ClusterIssuer
```

## Good
```yaml k8s/certificate.yaml
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: portal
spec:
  secretName: portal-tls
  dnsNames: [portal.example.org]
  privateKey:
    rotationPolicy: Always
  issuerRef:
    name: internal
    kind: ClusterIssuer
```

## Fix
Make a new key with every renewal:
```yaml
spec:
  privateKey:
    rotationPolicy: Always
```

## References
- cert-manager 1.18 release notes (`rotationPolicy` defaults to Always since 1.18, to Never before): https://cert-manager.io/docs/releases/release-notes/release-notes-1.18/
- cert-manager documentation, Certificate resource: https://cert-manager.io/docs/usage/certificate/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.kubernetes import CertificateManifest


@check("kubernetes-certificate-key-kept", severity=LOW, control=Control.SECRET_ROTATION, cwe=324)
def kubernetes_certificate_key_kept(certificate: CertificateManifest) -> Iterator[Diagnostic]:
    policy = known(certificate.rotation_policy)
    if policy == "Never":
        yield fail(
            f"Certificate {certificate.name} keeps its private key when it is renewed",
            at=certificate.rotation_policy_at,
            expected="rotationPolicy: Always",
        )
    elif not policy:
        yield not_evaluated("whether the key is kept depends on the version of cert-manager (before 1.18 it is)")
