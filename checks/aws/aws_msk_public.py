"""An MSK cluster can be reached from the internet.

## Why it matters
With `SERVICE_PROVIDED_EIPS` every broker has a public address. What stands between the internet and the messages is
then one security group and the strength of the logins.

## Bad
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type = "kafka.m5.large"
    connectivity_info {
      public_access {
        type = "SERVICE_PROVIDED_EIPS" # <-
      }
    }
  }
}
```

## Good
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type = "kafka.m5.large"
    connectivity_info {
      public_access {
        type = "DISABLED"
      }
    }
  }
}
```

## Good: the default
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
}
```

## Fix
Switch public access off and let clients come through the VPC.
```text main.tf
public_access {
  type = "DISABLED"
}
```

## References
- Terraform AWS provider 5.80, aws_msk_cluster, public_access: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/msk_cluster#public_access
- Amazon MSK Developer Guide, Public access: https://docs.aws.amazon.com/msk/latest/developerguide/public-access.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type

_TYPE = "broker_node_group_info.connectivity_info.public_access.type"


@check("aws-msk-public", severity=HIGH, control=Control.NETWORK_EXPOSURE, cwe=668, applies=of_type("aws_msk_cluster"))
def aws_msk_public(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.text(_TYPE, default="DISABLED")) == "SERVICE_PROVIDED_EIPS":
        yield fail(
            f"The brokers of {resource.address} have public addresses", at=resource.where(_TYPE), expected="DISABLED"
        )
