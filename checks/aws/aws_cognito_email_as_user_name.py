"""Users of a Cognito pool sign up with their e-mail address as the user name.

## Why it matters
An e-mail address is known to many and the same everywhere, so that half of every log-in is given away. The address is what
users are told apart by in logs and exports of the pool, where it names a patient or a clinician.

## Bad
```terraform main.tf
resource "aws_cognito_user_pool" "patients" {
  name                = "patients"
  username_attributes = ["email"]  # <-
}
```

## Good
```terraform main.tf
resource "aws_cognito_user_pool" "patients" {
  name = "patients"
}
```

## Good: a name of one's own, with which the address may stand in at log-in
```terraform main.tf
resource "aws_cognito_user_pool" "patients" {
  name             = "patients"
  alias_attributes = ["email"]
}
```

## Fix
Let users have names of their own. It cannot be changed for a pool that exists:
```terraform
alias_attributes = ["email"]
```

## References
- Amazon Cognito Developer Guide, Customizing sign-in attributes
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-cognito-email-as-user-name",
    severity=LOW,
    control=Control.PHI_EXPOSURE,
    cwe=359,
    applies=of_type("aws_cognito_user_pool"),
)
def aws_cognito_email_as_user_name(resource: CloudResource) -> Iterator[Diagnostic]:
    name = "username_attributes"
    if "email" in known(resource.texts(name)):
        yield fail(
            f"The user names of {resource.address} are e-mail addresses", at=resource.where(name), expected="no email"
        )
