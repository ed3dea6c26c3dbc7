"""A network security rule lets the internet reach administration or databases.

## Why it matters
Log-in and database ports open to everybody are found and attacked by scanners within minutes.

## Bad
```text main.tf
resource "azurerm_network_security_rule" "ssh" {
  name                       = "ssh"
  access                     = "Allow"
  direction                  = "Inbound"
  protocol                   = "Tcp"
  source_port_range          = "*"
  destination_port_range     = "22"
  source_address_prefix      = "*" # <-
  destination_address_prefix = "*"
}
```

## Bad: a rule inside the group, several ports
```text main.tf
resource "azurerm_network_security_group" "db" {
  name = "db"
  security_rule {
    name                       = "db"
    access                     = "Allow"
    direction                  = "Inbound"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_ranges    = ["443", "5000-6000"]
    source_address_prefix      = "Internet" # <-
    destination_address_prefix = "*"
  }
}
```

## Good
```text main.tf
resource "azurerm_network_security_rule" "ssh" {
  name                       = "ssh"
  access                     = "Allow"
  direction                  = "Inbound"
  protocol                   = "Tcp"
  source_port_range          = "*"
  destination_port_range     = "22"
  source_address_prefix      = "10.20.0.0/16"
  destination_address_prefix = "*"
}
```

## Good: denied, outbound, or a website
```text main.tf
resource "azurerm_network_security_group" "web" {
  name = "web"
  security_rule {
    name                   = "no-ssh"
    access                 = "Deny"
    direction              = "Inbound"
    protocol               = "*"
    destination_port_range = "22"
    source_address_prefix  = "*"
  }
  security_rule {
    name                   = "out"
    access                 = "Allow"
    direction              = "Outbound"
    protocol               = "*"
    destination_port_range = "*"
    source_address_prefix  = "*"
  }
  security_rule {
    name                   = "https"
    access                 = "Allow"
    direction              = "Inbound"
    protocol               = "Tcp"
    destination_port_range = "443"
    source_address_prefix  = "Internet"
  }
}
```

## Fix
Name the network of the clients, and reach servers through Azure Bastion or a VPN:
```text main.tf
source_address_prefix = "10.20.0.0/16"
```

## References
- Terraform AzureRM provider 4.14, azurerm_network_security_rule: https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/network_security_rule
- Azure Virtual Network documentation: https://learn.microsoft.com/en-us/azure/virtual-network/network-security-groups-overview
"""

from collections.abc import Iterator

from auditor.api import (
    HIGH,
    CloudBlock,
    CloudResource,
    Control,
    Diagnostic,
    check,
    fail,
    is_everywhere,
    is_whole_number,
    known,
    of_type,
    services_in,
)


def _sources(rule: CloudBlock) -> str | None:
    """Return the argument that names the whole internet."""
    for name in ("source_address_prefix", "source_address_prefixes"):
        if any(is_everywhere(known(address)) for address in known(rule.texts(name))):
            return name
    return None


def _services(rule: CloudBlock) -> tuple[str, ...]:
    ports = [
        known(port)
        for name in ("destination_port_range", "destination_port_ranges")
        for port in known(rule.texts(name))
    ]
    found: list[str] = []
    for port in ports:
        first, _, last = ("0-65535" if port == "*" else port).partition("-")
        if is_whole_number(first.strip()) and is_whole_number((last or first).strip()):
            found.extend(services_in(int(first), int(last or first)))
    return tuple(dict.fromkeys(found))


@check(
    "azure-network-open",
    severity=HIGH,
    control=Control.NETWORK_EXPOSURE,
    cwe=284,
    applies=of_type("azurerm_network_security_rule", "azurerm_network_security_group"),
)
def azure_network_open(resource: CloudResource) -> Iterator[Diagnostic]:
    inside = resource.type == "azurerm_network_security_group"
    for rule in resource.blocks("security_rule") if inside else (resource,):
        allows = known(rule.text("access")).lower() == "allow" and known(rule.text("direction")).lower() == "inbound"
        if not allows or known(rule.text("protocol")).lower() not in {"*", "tcp"}:
            continue
        source = _sources(rule)
        services = _services(rule) if source is not None else ()
        if source is not None and services:
            names = ", ".join(services[:4]) + (" and more" if len(services) > 4 else "")
            message = f"{resource.address} opens {names} to the internet"
            yield fail(message, at=rule.where(source), key=str(rule.value("name")) if inside else "")
