"""A Conditional Access policy of Entra ID is written, but not enforced.

## Why it matters
The policy asks for a second factor or blocks a way in, and reads as if it were in force. Disabled, or for reporting
only, it stops nobody.

## Bad
```text main.tf
resource "azuread_conditional_access_policy" "second_factor" {
  display_name = "second factor for everybody"
  state        = "disabled" # <-
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

## Bad: it only reports
```text main.tf
resource "azuread_conditional_access_policy" "second_factor" {
  display_name = "second factor for everybody"
  state        = "enabledForReportingButNotEnforced" # <-
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
    built_in_controls = ["block"]
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

## Fix
```text main.tf
state = "enabled"
```

## References
- Terraform AzureAD provider 3.0, azuread_conditional_access_policy: https://registry.terraform.io/providers/hashicorp/azuread/3.0.0/docs/resources/conditional_access_policy
- Microsoft Learn, Conditional Access report-only mode: https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-report-only
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "azuread-policy-not-enforced",
    severity=MEDIUM,
    control=Control.AUTHENTICATION,
    cwe=287,
    applies=of_type("azuread_conditional_access_policy"),
)
def azuread_policy_not_enforced(resource: CloudResource) -> Iterator[Diagnostic]:
    state = known(resource.text("state"))
    if state in {"disabled", "enabledForReportingButNotEnforced"}:
        what = "is disabled" if state == "disabled" else "only reports whom it would have stopped"
        yield fail(f"{resource.address} {what}", at=resource.where("state"), expected='state = "enabled"')
