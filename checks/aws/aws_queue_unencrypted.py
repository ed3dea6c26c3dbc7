"""A queue or topic stores messages unencrypted.

## Why it matters
SQS encrypts new queues by itself since October 2022, so only an explicit `false` stores messages in the
clear. An SNS topic has no server-side encryption until a KMS key is named.

## Bad
```text main.tf
resource "aws_sqs_queue" "results" {
  name                    = "lab-results"
  sqs_managed_sse_enabled = false # <-
}
```

## Bad: a topic without a key
```text main.tf
resource "aws_sns_topic" "alerts" { # <-
  name = "patient-alerts"
}
```

## Good: the default of a queue
```text main.tf
resource "aws_sqs_queue" "results" {
  name = "lab-results"
}
```

## Good: a KMS key instead
```text main.tf
resource "aws_sqs_queue" "results" {
  name                    = "lab-results"
  sqs_managed_sse_enabled = false
  kms_master_key_id       = "alias/clinic"
}
resource "aws_sns_topic" "alerts" {
  name              = "patient-alerts"
  kms_master_key_id = "alias/clinic"
}
```

## Fix
Encrypt messages with a KMS key:
```text main.tf
kms_master_key_id = aws_kms_key.messages.id
```

## References
- Terraform AWS provider 5.80, aws_sqs_queue, sqs_managed_sse_enabled: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/sqs_queue#sqs_managed_sse_enabled
- Terraform AWS provider 5.80, aws_sns_topic, kms_master_key_id: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/sns_topic#kms_master_key_id
- AWS announcement, October 2022: https://aws.amazon.com/about-aws/whats-new/2022/10/amazon-sqs-announces-server-side-encryption-ssq-managed-sse-sqs-default/
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-queue-unencrypted",
    severity=HIGH,
    control=Control.ENCRYPTION_AT_REST,
    cwe=311,
    applies=of_type("aws_sqs_queue", "aws_sns_topic"),
)
def aws_queue_unencrypted(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.has("kms_master_key_id")):
        return
    if resource.type == "aws_sns_topic":
        yield fail(f"{resource.address} has no server-side encryption", severity=MEDIUM)
    elif not known(resource.bool("sqs_managed_sse_enabled", default=True)):
        at = resource.where("sqs_managed_sse_enabled")
        yield fail(f"{resource.address} stores messages unencrypted", at=at)
