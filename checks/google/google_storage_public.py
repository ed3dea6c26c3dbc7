"""A bucket or data set is open to everybody.

## Why it matters
`allUsers` is everybody on the internet; `allAuthenticatedUsers` is everybody with any Google account.

## Bad
```text main.tf
resource "google_storage_bucket_iam_member" "read" {
  bucket = "clinic-reports"
  role   = "roles/storage.objectViewer"
  member = "allUsers" # <-
}
```

## Bad: one of several
```text main.tf
resource "google_storage_bucket_iam_binding" "read" {
  bucket  = "clinic-reports"
  role    = "roles/storage.objectViewer"
  members = ["group:doctors@clinic.example", "allAuthenticatedUsers"] # <-
}
```

## Bad: a data set
```text main.tf
resource "google_bigquery_dataset" "visits" {
  dataset_id = "visits"
  access {
    role          = "READER"
    special_group = "allAuthenticatedUsers" # <-
  }
}
```

## Good
```text main.tf
resource "google_storage_bucket_iam_member" "read" {
  bucket = "clinic-reports"
  role   = "roles/storage.objectViewer"
  member = "group:doctors@clinic.example"
}
```

## Fix
Name the people or groups that need access:
```text main.tf
member = "group:doctors@clinic.example"
```

## References
- Terraform Google provider 6.14, google_storage_bucket_iam: https://registry.terraform.io/providers/hashicorp/google/6.14.0/docs/resources/storage_bucket_iam
- Cloud Storage documentation: https://cloud.google.com/storage/docs/access-control/making-data-public
- Google IAM documentation: https://cloud.google.com/iam/docs/principals-overview
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, CloudResource, Control, Diagnostic, Unknown, check, fail, not_evaluated, of_type

_EVERYBODY = {
    "allUsers": "everybody on the internet",
    "allAuthenticatedUsers": "everybody with a Google account",
}
_ARGUMENTS = ("member", "members", "entity", "special_group", "iam_member")


@check(
    "google-storage-public",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.NETWORK_EXPOSURE,),
    cwe=284,
    applies=of_type(
        "google_storage_bucket_iam_member",
        "google_storage_bucket_iam_binding",
        "google_storage_bucket_access_control",
        "google_storage_default_object_access_control",
        "google_bigquery_dataset",
        "google_bigquery_dataset_iam_member",
        "google_bigquery_dataset_iam_binding",
    ),
)
def google_storage_public(resource: CloudResource) -> Iterator[Diagnostic]:
    for place in (resource, *resource.blocks("access")):
        for name in _ARGUMENTS:
            members = place.texts(name)
            if isinstance(members, Unknown):
                yield not_evaluated(members.reason)
                continue
            for member in members:
                who = _EVERYBODY.get(member) if isinstance(member, str) else None
                if who is not None:
                    at = place.where(name)
                    yield fail(f"{resource.address} gives access to {who}", at=at, key=str(member))
