"""A security group lets the internet reach an administration or database port.

## Why it matters
Log-in and database ports open to 0.0.0.0/0 are found and attacked by scanners within minutes.

## Bad
```text main.tf
resource "aws_security_group" "db" {
  name = "db"
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # <-
  }
}
```

## Bad: a rule of its own, all protocols, IPv6
```text main.tf
resource "aws_security_group_rule" "all" {
  type              = "ingress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  ipv6_cidr_blocks  = ["::/0"] # <-
}
```

## Bad: the newer resource, a range that holds SSH
```text main.tf
resource "aws_vpc_security_group_ingress_rule" "wide" {
  security_group_id = "sg-0123456789abcdef0"
  ip_protocol       = "tcp"
  from_port         = 20
  to_port           = 25
  cidr_ipv4         = "0.0.0.0/0" # <-
}
```

## Bad: one of several addresses in a local
```text main.tf
locals {
  admins = ["198.51.100.7/32", "0.0.0.0/0"]
}
resource "aws_security_group" "jump" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = local.admins # <-
  }
}
```

## Good
```text main.tf
resource "aws_security_group" "db" {
  name = "db"
  ingress {
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = ["10.20.0.0/16"]
  }
}
```

## Good: a website for everybody, and anything outwards
```text main.tf
resource "aws_security_group" "web" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group_rule" "out" {
  type              = "egress"
  security_group_id = "sg-0123456789abcdef0"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  cidr_blocks       = ["0.0.0.0/0"]
}
```

## Good: an unknown port matters only where the address is the internet
```text main.tf
variable "port" {}
resource "aws_security_group" "db" {
  ingress {
    from_port   = var.port
    to_port     = var.port
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
```

## Fix
Allow the network or the security group of the clients, and reach servers through a VPN or Session Manager:
```text main.tf
cidr_blocks = ["10.20.0.0/16"]
```

## References
- Terraform AWS provider 5.80, aws_security_group: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/security_group
- Terraform AWS provider 5.80, aws_vpc_security_group_ingress_rule: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/vpc_security_group_ingress_rule
- Amazon VPC User Guide: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from collections.abc import Iterator

from auditor.api import (
    HIGH,
    CloudBlock,
    CloudResource,
    Control,
    Diagnostic,
    Unknown,
    check,
    fail,
    is_everywhere,
    known,
    not_evaluated,
    of_type,
    services_in,
)

_ADDRESSES = ("cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6")
_EVERY_PROTOCOL = {"-1", "all"}


def _world(rule: CloudBlock, doubts: list[str]) -> str | None:
    """Return the argument that names the whole internet; note addresses that are not known."""
    for name in _ADDRESSES:
        addresses = rule.texts(name)
        if isinstance(addresses, Unknown):
            doubts.append(addresses.reason)
            continue
        for address in addresses:
            if isinstance(address, Unknown):
                doubts.append(address.reason)
            elif is_everywhere(address):
                return name
    return None


def _some(services: tuple[str, ...]) -> str:
    return ", ".join(services[:4]) + (" and more" if len(services) > 4 else "")


@check(
    "aws-security-group-open",
    severity=HIGH,
    control=Control.NETWORK_EXPOSURE,
    cwe=284,
    applies=of_type(
        "aws_security_group",
        "aws_default_security_group",
        "aws_security_group_rule",
        "aws_vpc_security_group_ingress_rule",
    ),
)
def aws_security_group_open(resource: CloudResource) -> Iterator[Diagnostic]:
    if resource.type == "aws_security_group_rule" and known(resource.text("type")) != "ingress":
        return
    inside = resource.type in {"aws_security_group", "aws_default_security_group"}
    doubts: list[str] = []
    for rule in resource.blocks("ingress") if inside else (resource,):
        open_to = _world(rule, doubts)
        if open_to is None:
            continue
        protocol = known(rule.text("protocol") if rule.has("protocol") is True else rule.text("ip_protocol")).lower()
        first, last = 0, 65535
        if protocol not in _EVERY_PROTOCOL:
            first, last = int(known(rule.number("from_port"))), int(known(rule.number("to_port", default=-1)))
        services = services_in(first, last) if protocol in {"tcp", "6", *_EVERY_PROTOCOL} else ()
        if services:
            ports = f"port {first}" if first == last else "all ports" if last == 65535 else f"ports {first} to {last}"
            message = f"{resource.address} opens {ports} ({_some(services)}) to the internet"
            yield fail(message, at=rule.where(open_to), key=f"{protocol} {first}-{last}")
    if doubts:
        yield not_evaluated(doubts[0])
