"""A GKE cluster uses legacy authorization or client certificates.

## Why it matters
Legacy ABAC gives every authenticated service account all rights in the cluster; a client certificate issued
for the cluster cannot be revoked.

## Bad
```text main.tf
resource "google_container_cluster" "main" {
  name               = "main"
  enable_legacy_abac = true # <-
}
```

## Bad: a certificate
```text main.tf
resource "google_container_cluster" "main" {
  name = "main"
  master_auth {
    client_certificate_config {
      issue_client_certificate = true # <-
    }
  }
}
```

## Good
```text main.tf
resource "google_container_cluster" "main" {
  name               = "main"
  enable_legacy_abac = false
}
```

## Fix
Switch legacy authorization and client certificates off:
```text main.tf
enable_legacy_abac = false
```

## References
- Terraform Google provider 6.14, google_container_cluster, enable_legacy_abac (default false): https://registry.terraform.io/providers/hashicorp/google/6.14.0/docs/resources/container_cluster#enable_legacy_abac
- Google Kubernetes Engine documentation: https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#leave_abac_disabled
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "google-gke-legacy-authorization",
    severity=HIGH,
    control=Control.AUTHORIZATION,
    cwe=285,
    applies=of_type("google_container_cluster"),
)
def google_gke_legacy_authorization(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.bool("enable_legacy_abac")):
        at = resource.where("enable_legacy_abac")
        yield fail(f"{resource.address} gives service accounts all rights by legacy ABAC", at=at, key="abac")
    certificate = "master_auth.client_certificate_config.issue_client_certificate"
    if known(resource.bool(certificate)):
        at = resource.where(certificate)
        message = f"{resource.address} issues a client certificate that cannot be revoked"
        yield fail(message, at=at, severity=MEDIUM, key="certificate")
