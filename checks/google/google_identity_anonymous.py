"""Identity Platform gives everybody an account without a log-in.

## Why it matters
An anonymous user gets a token of the project like any other. Rules and applications that only ask for a token then
let everybody in.

## Bad
```text main.tf
resource "google_identity_platform_config" "clinic" {
  sign_in {
    anonymous {
      enabled = true # <-
    }
  }
}
```

## Good
```text main.tf
resource "google_identity_platform_config" "clinic" {
  sign_in {
    anonymous {
      enabled = false
    }
  }
}
```

## Fix
```text main.tf
sign_in {
  anonymous {
    enabled = false
  }
}
```

## References
- Terraform Google provider 6.0, google_identity_platform_config: https://registry.terraform.io/providers/hashicorp/google/6.0.0/docs/resources/identity_platform_config
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "google-identity-anonymous",
    severity=MEDIUM,
    control=Control.AUTHENTICATION,
    cwe=306,
    applies=of_type("google_identity_platform_config"),
)
def google_identity_anonymous(resource: CloudResource) -> Iterator[Diagnostic]:
    name = "sign_in.anonymous.enabled"
    if known(resource.bool(name)):
        yield fail(
            f"{resource.address} gives everybody an account without a log-in", at=resource.where(name), expected="false"
        )
