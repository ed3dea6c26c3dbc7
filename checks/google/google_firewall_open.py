"""A firewall rule lets the internet reach an administration or database port.

## Why it matters
Log-in and database ports open to everybody are found and attacked by scanners within minutes.

## Bad
```text main.tf
resource "google_compute_firewall" "ssh" {
  name          = "ssh"
  network       = "main"
  source_ranges = ["0.0.0.0/0"] # <-
  allow {
    protocol = "tcp"
    ports    = ["22", "443"]
  }
}
```

## Bad: every port
```text main.tf
resource "google_compute_firewall" "all" {
  name          = "all"
  network       = "main"
  source_ranges = ["0.0.0.0/0"] # <-
  allow {
    protocol = "all"
  }
}
```

## Good
```text main.tf
resource "google_compute_firewall" "ssh" {
  name          = "ssh"
  network       = "main"
  source_ranges = ["10.20.0.0/16"]
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}
```

## Good: a website, an outbound rule and one that denies
```text main.tf
resource "google_compute_firewall" "web" {
  name          = "web"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["80", "443"]
  }
}
resource "google_compute_firewall" "out" {
  name               = "out"
  network            = "main"
  direction          = "EGRESS"
  destination_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "all"
  }
}
resource "google_compute_firewall" "deny" {
  name          = "deny"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  deny {
    protocol = "all"
  }
}
```

## Fix
Name the network of the clients, or reach servers through Identity-Aware Proxy (35.235.240.0/20):
```text main.tf
source_ranges = ["35.235.240.0/20"]
```

## References
- Terraform Google provider 6.14, google_compute_firewall: https://registry.terraform.io/providers/hashicorp/google/6.14.0/docs/resources/compute_firewall
- Cloud Next Generation Firewall documentation: https://cloud.google.com/firewall/docs/firewalls
- Identity-Aware Proxy documentation: https://cloud.google.com/iap/docs/using-tcp-forwarding
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


def _services(rule: CloudBlock) -> Iterator[str]:
    protocol = known(rule.text("protocol")).lower()
    if protocol not in {"tcp", "6", "all"}:
        return
    for port in known(rule.texts("ports")) or ("0-65535",):
        first, _, last = known(port).partition("-")
        if is_whole_number(first) and is_whole_number(last or first):
            yield from services_in(int(first), int(last or first))


@check(
    "google-firewall-open",
    severity=HIGH,
    control=Control.NETWORK_EXPOSURE,
    cwe=284,
    applies=of_type("google_compute_firewall"),
)
def google_firewall_open(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.text("direction", default="INGRESS")).upper() != "INGRESS" or known(resource.bool("disabled")):
        return
    if not any(is_everywhere(known(address)) for address in known(resource.texts("source_ranges"))):
        return
    services = tuple(dict.fromkeys(name for rule in resource.blocks("allow") for name in _services(rule)))
    if services:
        names = ", ".join(services[:4]) + (" and more" if len(services) > 4 else "")
        at = resource.where("source_ranges")
        yield fail(f"{resource.address} opens {names} to the internet", at=at)
