"""Access tokens of a Cognito client are valid for long.

## Why it matters
An access token cannot be taken back from whoever copied it: applications trust its signature until it runs out.
Cognito's default is one hour.

## Bad: twelve hours
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  access_token_validity = 12 # <-
}
```

## Bad: in minutes
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  access_token_validity = 720 # <-
  token_validity_units {
    access_token = "minutes"
  }
}
```

## Good
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  access_token_validity = 15
  token_validity_units {
    access_token = "minutes"
  }
}
```

## Good: the default
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
}
```

## Fix
```text main.tf
access_token_validity = 15
token_validity_units {
  access_token = "minutes"
}
```

## References
- Terraform AWS provider 6.0, aws_cognito_user_pool_client: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/cognito_user_pool_client
- Amazon Cognito Developer Guide, Understanding the access token: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type, span_words

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


@check(
    "aws-cognito-token-lifetime",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=613,
    applies=of_type("aws_cognito_user_pool_client"),
)
def aws_cognito_token_lifetime(resource: CloudResource) -> Iterator[Diagnostic]:
    unit = known(resource.text("token_validity_units.access_token", default="hours"))
    amount = known(resource.number("access_token_validity", default=3600 / _SECONDS.get(unit, 3600)))
    seconds = amount * _SECONDS.get(unit, 3600)
    if seconds > 3600:
        yield fail(
            f"Access tokens of {resource.address} are valid for {span_words(seconds)}",
            at=resource.where("access_token_validity"),
            expected="15 minutes",
        )
