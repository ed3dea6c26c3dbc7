"""An MSK cluster accepts or sends data without TLS.

## Why it matters
MSK uses TLS between clients and brokers and among brokers unless it is told otherwise. `TLS_PLAINTEXT` keeps
a plaintext listener open beside TLS.

## Bad
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS_PLAINTEXT" # <-
    }
  }
}
```

## Bad: among brokers
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  encryption_info {
    encryption_in_transit {
      in_cluster = false # <-
    }
  }
}
```

## Good
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }
}
```

## Good: the defaults encrypt
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
}
```

## Fix
Require TLS between clients and brokers and between brokers.
```text main.tf
encryption_in_transit {
  client_broker = "TLS"
  in_cluster    = true
}
```

## References
- Terraform AWS provider 5.80, aws_msk_cluster, encryption_in_transit (defaults TLS and true): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/msk_cluster#encryption_in_transit
- Amazon MSK Developer Guide: https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type

_IN_TRANSIT = "encryption_info.encryption_in_transit"


@check(
    "aws-msk-plaintext",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    cwe=319,
    applies=of_type("aws_msk_cluster"),
)
def aws_msk_plaintext(resource: CloudResource) -> Iterator[Diagnostic]:
    clients = known(resource.text(f"{_IN_TRANSIT}.client_broker", default="TLS"))
    if clients != "TLS":
        at = resource.where(f"{_IN_TRANSIT}.client_broker")
        yield fail(
            f"{resource.address} accepts clients without TLS ({clients})",
            at=at,
            key="client_broker",
            expected='client_broker = "TLS"',
        )
    if not known(resource.bool(f"{_IN_TRANSIT}.in_cluster", default=True)):
        at = resource.where(f"{_IN_TRANSIT}.in_cluster")
        yield fail(
            f"The brokers of {resource.address} exchange data without TLS",
            at=at,
            key="in_cluster",
            expected="in_cluster = true",
        )
