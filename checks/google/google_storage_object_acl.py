"""A bucket's objects can have access lists of their own.

## Why it matters
Without uniform bucket-level access each object may carry an ACL that opens it, which no policy of the bucket
shows.

## Bad
```text main.tf
resource "google_storage_bucket" "reports" { # <-
  name     = "clinic-reports"
  location = "US"
}
```

## Good
```text main.tf
resource "google_storage_bucket" "reports" {
  name                        = "clinic-reports"
  location                    = "US"
  uniform_bucket_level_access = true
}
```

## Fix
Switch uniform bucket-level access on.
```text main.tf
uniform_bucket_level_access = true
public_access_prevention    = "enforced"
```

## References
- Terraform Google provider 6.14, google_storage_bucket, uniform_bucket_level_access (default false): https://registry.terraform.io/providers/hashicorp/google/6.14.0/docs/resources/storage_bucket#uniform_bucket_level_access
- Cloud Storage documentation: https://cloud.google.com/storage/docs/uniform-bucket-level-access
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "google-storage-object-acl",
    severity=LOW,
    control=Control.AUTHORIZATION,
    cwe=732,
    applies=of_type("google_storage_bucket"),
)
def google_storage_object_acl(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.bool("uniform_bucket_level_access")):
        at = resource.where("uniform_bucket_level_access")
        yield fail(f"Objects of {resource.address} can have access lists of their own", at=at)
