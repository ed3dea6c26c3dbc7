"""Refresh tokens of a Cognito client are valid for months.

## Why it matters
Whoever has a refresh token gets new access tokens for as long as it is valid, without a password. Cognito's default
is 30 days, and it allows ten years.

## Bad: a year
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  refresh_token_validity = 365 # <-
}
```

## Good
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  refresh_token_validity = 1
}
```

## Good: in hours
```text main.tf
resource "aws_cognito_user_pool_client" "portal" {
  name         = "portal"
  user_pool_id = aws_cognito_user_pool.patients.id
  refresh_token_validity = 365
  token_validity_units {
    refresh_token = "hours"
  }
}
```

## Fix
```text main.tf
refresh_token_validity = 1
```

## References
- Terraform AWS provider 6.0, aws_cognito_user_pool_client: https://registry.terraform.io/providers/hashicorp/aws/6.0.0/docs/resources/cognito_user_pool_client
- Amazon Cognito Developer Guide, Refresh tokens: https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type, span_words

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


@check(
    "aws-cognito-refresh-token-lifetime",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=613,
    applies=of_type("aws_cognito_user_pool_client"),
)
def aws_cognito_refresh_token_lifetime(resource: CloudResource) -> Iterator[Diagnostic]:
    unit = known(resource.text("token_validity_units.refresh_token", default="days"))
    amount = known(resource.number("refresh_token_validity", default=30 * 86400 / _SECONDS.get(unit, 86400)))
    seconds = amount * _SECONDS.get(unit, 86400)
    if seconds > 30 * 86400:
        yield fail(
            f"Refresh tokens of {resource.address} are valid for {span_words(seconds)}",
            at=resource.where("refresh_token_validity"),
            expected="1 day",
        )
