"""An MSK cluster reports only the basic metrics.

## Why it matters
At the level `DEFAULT` MSK does not tell how many partitions lack copies (`UnderReplicatedPartitions`) or accept no
messages (`UnderMinIsrPartitionCount`). Nobody notices that one more failure loses data.

## Bad: the default
```text main.tf
resource "aws_msk_cluster" "events" { # <-
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
}
```

## Bad
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
  enhanced_monitoring = "DEFAULT" # <-
}
```

## Good
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
  enhanced_monitoring = "PER_BROKER"
}
```

## Good: Prometheus collects them
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
  open_monitoring {
    prometheus {
      jmx_exporter {
        enabled_in_broker = true
      }
    }
  }
}
```

## Fix
```text main.tf
enhanced_monitoring = "PER_BROKER"
```

## References
- Terraform AWS provider 5.80, aws_msk_cluster, enhanced_monitoring: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/msk_cluster#enhanced_monitoring
- Amazon MSK Developer Guide, Metrics for Standard brokers: https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
"""

from collections.abc import Iterator

from auditor.api import LOW, CloudResource, Control, Diagnostic, check, fail, known, of_type

from ._msk import is_express


@check("aws-msk-basic-monitoring", severity=LOW, control=Control.MONITORING, applies=of_type("aws_msk_cluster"))
def aws_msk_basic_monitoring(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.bool("open_monitoring.prometheus.jmx_exporter.enabled_in_broker")) or is_express(resource):
        return
    if known(resource.text("enhanced_monitoring", default="DEFAULT")) == "DEFAULT":
        message = f"{resource.address} does not report partitions that lack copies"
        yield fail(message, at=resource.where("enhanced_monitoring"), expected="PER_BROKER")
