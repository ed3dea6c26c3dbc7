"""A secret in Secret Manager is never due for rotation.

## Why it matters
Secret Manager can say when a secret has to be changed, by a message to a topic, or end it on a date. Where neither is
configured the value stays valid until somebody thinks of it, and so does every copy of it.

## Bad
```text main.tf
resource "google_secret_manager_secret" "database" { # <-
  secret_id = "database"
  replication {
    auto {}
  }
}
```

## Good
```text main.tf
resource "google_secret_manager_secret" "database" {
  secret_id = "database"
  replication {
    auto {}
  }
  topics {
    name = google_pubsub_topic.rotate.id
  }
  rotation {
    next_rotation_time = "2027-01-01T00:00:00Z"
    rotation_period    = "7776000s"
  }
}
```

## Good: it ends by itself
```text main.tf
resource "google_secret_manager_secret" "migration" {
  secret_id = "migration"
  replication {
    auto {}
  }
  expire_time = "2027-01-01T00:00:00Z"
}
```

## Fix
Set a period, and let a subscriber of the topic change the secret:
```text main.tf
topics {
  name = google_pubsub_topic.rotate.id
}
rotation {
  next_rotation_time = "2027-01-01T00:00:00Z"
  rotation_period    = "7776000s"
}
```

## References
- Terraform Google provider 6.14, google_secret_manager_secret, rotation: https://registry.terraform.io/providers/hashicorp/google/6.14.0/docs/resources/secret_manager_secret#nested_rotation
- Secret Manager documentation: https://cloud.google.com/secret-manager/docs/secret-rotation
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "google-secret-rotation",
    severity=LOW,
    control=Control.SECRET_ROTATION,
    cwe=324,
    applies=of_type("google_secret_manager_secret"),
)
def google_secret_rotation(resource: CloudResource) -> Iterator[Diagnostic]:
    if not any(known(resource.has(name)) for name in ("rotation", "expire_time", "ttl")):
        yield fail(f"{resource.address} is never due for rotation", expected="rotation { rotation_period = … }")
