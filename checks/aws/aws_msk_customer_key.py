"""An MSK cluster is not encrypted with a KMS key of your own.

## Why it matters
The brokers' disks are encrypted with a key that AWS manages. With a KMS key of your own reading needs a second
permission, each use is recorded, and the key can be withdrawn.

## Bad
```text main.tf
resource "aws_msk_cluster" "events" { # <-
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
}
```

## Bad: only the transport is set
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
  encryption_info { # <-
    encryption_in_transit {
      client_broker = "TLS"
    }
  }
}
```

## Good: the key's address is known only after it is made, yet it is set
```text main.tf
resource "aws_kms_key" "events" {}
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
  encryption_info {
    encryption_at_rest_kms_key_arn = aws_kms_key.events.arn
  }
}
```

## Fix
```text main.tf
encryption_info {
  encryption_at_rest_kms_key_arn = aws_kms_key.events.arn
}
```

## References
- Terraform AWS provider 5.80, aws_msk_cluster, encryption_at_rest_kms_key_arn: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/msk_cluster#encryption_at_rest_kms_key_arn
- Amazon MSK Developer Guide, Encryption: https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check("aws-msk-customer-key", severity=LOW, control=Control.KEY_MANAGEMENT, applies=of_type("aws_msk_cluster"))
def aws_msk_customer_key(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.has("encryption_info.encryption_at_rest_kms_key_arn")):
        message = f"{resource.address} is encrypted with a key that AWS manages, not with a KMS key of your own"
        yield fail(message, at=resource.where("encryption_info"), expected="encryption_at_rest_kms_key_arn")
