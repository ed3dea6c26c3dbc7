"""A secret in Secrets Manager is not rotated automatically.

## Why it matters
A secret that nobody has to change is rarely changed. Every copy of it, in a log, a backup or a laptop that was lost,
stays valid until somebody thinks of it. With rotation the copies go out of date by themselves.

## Bad
```text main.tf
resource "aws_secretsmanager_secret" "database" { # <-
  name = "clinic/database"
}
```

## Bad: another secret is rotated
```text main.tf
resource "aws_secretsmanager_secret" "database" { # <-
  name = "clinic/database"
}
resource "aws_secretsmanager_secret" "queue" {
  name = "clinic/queue"
}
resource "aws_secretsmanager_secret_rotation" "queue" {
  secret_id           = aws_secretsmanager_secret.queue.id
  rotation_lambda_arn = aws_lambda_function.rotate.arn
  rotation_rules {
    automatically_after_days = 30
  }
}
```

## Good
```text main.tf
resource "aws_secretsmanager_secret" "database" {
  name = "clinic/database"
}
resource "aws_secretsmanager_secret_rotation" "database" {
  secret_id           = aws_secretsmanager_secret.database.id
  rotation_lambda_arn = aws_lambda_function.rotate.arn
  rotation_rules {
    automatically_after_days = 30
  }
}
```

## Fix
Rotate it with a function for what it opens; AWS has ready ones for its databases.
```text main.tf
resource "aws_secretsmanager_secret_rotation" "database" {
  secret_id           = aws_secretsmanager_secret.database.id
  rotation_lambda_arn = aws_lambda_function.rotate.arn
  rotation_rules {
    automatically_after_days = 30
  }
}
```

## References
- Terraform AWS provider 5.80, aws_secretsmanager_secret_rotation: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/secretsmanager_secret_rotation
- AWS Secrets Manager User Guide: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-secret-rotation",
    severity=LOW,
    control=Control.SECRET_ROTATION,
    cwe=324,
    applies=of_type("aws_secretsmanager_secret"),
)
def aws_secret_rotation(resource: CloudResource) -> Iterator[Diagnostic]:
    # Arguments of the secret itself up to provider 4.
    if known(resource.has("rotation_lambda_arn")):
        return
    if not resource.companions("aws_secretsmanager_secret_rotation", via="secret_id", name="name"):
        yield fail(f"{resource.address} is not rotated automatically", expected="aws_secretsmanager_secret_rotation")
