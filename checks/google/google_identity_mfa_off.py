"""A password alone opens the accounts of Identity Platform.

## Why it matters
A password that was guessed, phished or used elsewhere opens the account. Without a second factor nothing else stands
in the way.

## Bad: the default
```text main.tf
resource "google_identity_platform_config" "clinic" { # <-
  sign_in {
    email {
      enabled = true
    }
  }
}
```

## Bad
```text main.tf
resource "google_identity_platform_config" "clinic" {
  sign_in {
    email {
      enabled = true
    }
  }
  mfa {
    state = "DISABLED" # <-
  }
}
```

## Good
```text main.tf
resource "google_identity_platform_config" "clinic" {
  sign_in {
    email {
      enabled = true
    }
  }
  mfa {
    state             = "MANDATORY"
    enabled_providers = ["PHONE_SMS"]
  }
}
```

## Good: no passwords
```text main.tf
resource "google_identity_platform_config" "clinic" {
  sign_in {
    email {
      enabled = false
    }
  }
}
```

## Fix
```text main.tf
mfa {
  state             = "MANDATORY"
  enabled_providers = ["PHONE_SMS"]
}
```

## References
- Terraform Google provider 6.0, google_identity_platform_config: https://registry.terraform.io/providers/hashicorp/google/6.0.0/docs/resources/identity_platform_config
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "google-identity-mfa-off",
    severity=MEDIUM,
    control=Control.PASSWORD_POLICY,
    cwe=308,
    applies=of_type("google_identity_platform_config"),
)
def google_identity_mfa_off(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.bool("sign_in.email.enabled")):
        return
    state = known(resource.text("mfa.state", default="DISABLED"))
    at = resource.where("mfa.state")
    if state == "DISABLED":
        yield fail(f"{resource.address} asks nobody for a second factor", at=at, expected='state = "MANDATORY"')
    elif state == "ENABLED":
        yield fail(
            f"{resource.address} asks only those for a second factor who have set one up",
            at=at,
            severity=LOW,
            expected='state = "MANDATORY"',
        )
