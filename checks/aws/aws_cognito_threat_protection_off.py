"""A Cognito user pool does not stop log-ins with stolen passwords.

## Why it matters
Cognito can compare passwords with those that have leaked, and ask for more where a log-in is unlike the ones before.
Off, which is the default, it does neither; `AUDIT` only records what it sees.

## Bad: the default
```text main.tf
resource "aws_cognito_user_pool" "patients" { # <-
  name = "patients"
}
```

## Bad: it only looks
```text main.tf
resource "aws_cognito_user_pool" "patients" {
  name = "patients"
  user_pool_add_ons {
    advanced_security_mode = "AUDIT" # <-
  }
}
```

## Good
```text main.tf
resource "aws_cognito_user_pool" "patients" {
  name = "patients"
  user_pool_add_ons {
    advanced_security_mode = "ENFORCED"
  }
}
```

## Fix
```text main.tf
user_pool_add_ons {
  advanced_security_mode = "ENFORCED"
}
```

## References
- Terraform AWS provider 6.0, aws_cognito_user_pool: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/cognito_user_pool
- Amazon Cognito Developer Guide, Advanced security with threat protection: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cognito-threat-protection-off",
    severity=LOW,
    control=Control.PASSWORD_POLICY,
    cwe=307,
    applies=of_type("aws_cognito_user_pool"),
)
def aws_cognito_threat_protection_off(resource: CloudResource) -> Iterator[Diagnostic]:
    mode = known(resource.text("user_pool_add_ons.advanced_security_mode", default="OFF"))
    if mode != "ENFORCED":
        does = "only records" if mode == "AUDIT" else "does not look for"
        yield fail(
            f"{resource.address} {does} log-ins with stolen passwords",
            at=resource.where("user_pool_add_ons.advanced_security_mode"),
            expected='advanced_security_mode = "ENFORCED"',
        )
