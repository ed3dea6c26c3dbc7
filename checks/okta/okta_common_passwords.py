"""A password policy of Okta accepts the passwords that everybody uses.

## Why it matters
Attackers try the most common passwords first, and many of them are long enough and hold all kinds of characters. Only
a list of them keeps them out.

## Bad: the default
```text main.tf
resource "okta_policy_password" "staff" { # <-
  name            = "staff"
  groups_included = [okta_group.staff.id]
}
```

## Good
```text main.tf
resource "okta_policy_password" "staff" {
  name            = "staff"
  groups_included = [okta_group.staff.id]
  password_dictionary_lookup = true
}
```

## Fix
```text main.tf
password_dictionary_lookup = true
```

## References
- Terraform Okta provider 4.14, okta_policy_password: https://registry.terraform.io/providers/okta/okta/4.14.0/docs/resources/policy_password
- NIST SP 800-63B, 5.1.1.2: https://pages.nist.gov/800-63-3/sp800-63b.html#memsecretver
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type

from ._policies import decides


@check(
    "okta-common-passwords",
    severity=LOW,
    control=Control.PASSWORD_POLICY,
    cwe=521,
    applies=of_type("okta_policy_password", "okta_policy_password_default"),
)
def okta_common_passwords(resource: CloudResource) -> Iterator[Diagnostic]:
    if decides(resource) and not known(resource.bool("password_dictionary_lookup")):
        at = resource.where("password_dictionary_lookup")
        yield fail(
            f"{resource.address} refuses no common passwords", at=at, expected="password_dictionary_lookup = true"
        )
