"""An MSK cluster keeps no broker logs.

## Why it matters
Refused logins and accesses, elections and lost replicas stand in the brokers' logs. MSK keeps none unless a
destination is switched on; after an incident nobody can tell what happened.

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

## Bad: a destination that is off
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  broker_node_group_info {
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
  logging_info { # <-
    broker_logs {
      cloudwatch_logs {
        enabled = false
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
    instance_type  = "kafka.m5.large"
    client_subnets = [aws_subnet.a.id, aws_subnet.b.id, aws_subnet.c.id]
  }
  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled = false
      }
      s3 {
        enabled = true
        bucket  = "clinic-logs"
      }
    }
  }
}
```

## Fix
Deliver the logs to CloudWatch, Firehose or S3.
```text main.tf
logging_info {
  broker_logs {
    cloudwatch_logs {
      enabled   = true
      log_group = aws_cloudwatch_log_group.events.name
    }
  }
}
```

## References
- Terraform AWS provider 5.80, aws_msk_cluster, broker_logs: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/msk_cluster#broker_logs
- Amazon MSK Developer Guide, Logging: https://docs.aws.amazon.com/msk/latest/developerguide/msk-logging.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-msk-broker-log-off",
    severity=MEDIUM,
    control=Control.AUDIT_LOGGING,
    cwe=778,
    applies=of_type("aws_msk_cluster"),
)
def aws_msk_broker_log_off(resource: CloudResource) -> Iterator[Diagnostic]:
    destinations = ("cloudwatch_logs", "firehose", "s3")
    enabled = [resource.bool(f"logging_info.broker_logs.{name}.enabled") for name in destinations]
    if not any(each is True for each in enabled) and not any(known(each) for each in enabled):
        yield fail(
            f"{resource.address} delivers its brokers' logs nowhere",
            at=resource.where("logging_info"),
            expected="cloudwatch_logs, s3 or firehose with enabled = true",
        )
