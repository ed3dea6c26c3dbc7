"""A Conditional Access policy of Entra ID lets a device count in place of a second factor.

## Why it matters
With the operator `OR` one of the controls is enough. Where `mfa` stands beside others, whoever has the device, or the
approved application, gets in with the password alone.

## Bad
```text main.tf
resource "azuread_conditional_access_policy" "second_factor" {
  display_name = "second factor for everybody"
  state        = "enabled"
  conditions {
    client_app_types = ["all"]
    applications {
      included_applications = ["All"]
    }
    users {
      included_users = ["All"]
    }
  }
  grant_controls {
    operator          = "OR"
    built_in_controls = ["mfa", "domainJoinedDevice"] # <-
  }
}
```

## Good
```text main.tf
resource "azuread_conditional_access_policy" "second_factor" {
  display_name = "second factor for everybody"
  state        = "enabled"
  conditions {
    client_app_types = ["all"]
    applications {
      included_applications = ["All"]
    }
    users {
      included_users = ["All"]
    }
  }
  grant_controls {
    operator          = "OR"
    built_in_controls = ["mfa"]
  }
}
```

## Good: both
```text main.tf
resource "azuread_conditional_access_policy" "second_factor" {
  display_name = "second factor for everybody"
  state        = "enabled"
  conditions {
    client_app_types = ["all"]
    applications {
      included_applications = ["All"]
    }
    users {
      included_users = ["All"]
    }
  }
  grant_controls {
    operator          = "AND"
    built_in_controls = ["mfa", "compliantDevice"]
  }
}
```

## Fix
```text main.tf
operator          = "AND"
built_in_controls = ["mfa", "compliantDevice"]
```

## References
- Terraform AzureAD provider 3.0, azuread_conditional_access_policy: https://registry.terraform.io/providers/hashicorp/azuread/3.0.0/docs/resources/conditional_access_policy
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azuread-device-instead-of-factor",
    severity=LOW,
    control=Control.PASSWORD_POLICY,
    cwe=308,
    applies=of_type("azuread_conditional_access_policy"),
)
def azuread_device_instead_of_factor(resource: CloudResource) -> Iterator[Diagnostic]:
    controls = known(resource.texts("grant_controls.built_in_controls"))
    if known(resource.text("grant_controls.operator")) != "OR" or "mfa" not in controls or len(controls) == 1:
        return
    others = " or ".join(known(control) for control in controls if control != "mfa")
    at = resource.where("grant_controls.built_in_controls")
    yield fail(f"{resource.address} takes {others} in place of a second factor", at=at, expected='operator = "AND"')
