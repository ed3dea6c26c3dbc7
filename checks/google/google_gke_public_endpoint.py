"""A GKE cluster's API server is open to the internet.

## Why it matters
Without `master_authorized_networks_config` every address may try tokens and flaws on the control plane's
public endpoint.

## Bad
```text main.tf
resource "google_container_cluster" "main" { # <-
  name = "main"
}
```

## Bad: everybody is listed
```text main.tf
resource "google_container_cluster" "main" {
  name = "main"
  master_authorized_networks_config {
    cidr_blocks {
      cidr_block = "0.0.0.0/0" # <-
    }
  }
}
```

## Good
```text main.tf
resource "google_container_cluster" "main" {
  name = "main"
  master_authorized_networks_config {
    cidr_blocks {
      cidr_block = "198.51.100.0/24"
    }
  }
}
```

## Good: a private endpoint
```text main.tf
resource "google_container_cluster" "main" {
  name = "main"
  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = true
  }
}
```

## Fix
Name the addresses that may connect.
```text main.tf
master_authorized_networks_config {
  cidr_blocks {
    cidr_block = "198.51.100.0/24"
  }
}
```

## References
- Terraform Google provider 6.14, google_container_cluster, master_authorized_networks_config: https://registry.terraform.io/providers/hashicorp/google/6.14.0/docs/resources/container_cluster#master_authorized_networks_config
- Google Kubernetes Engine documentation: https://cloud.google.com/kubernetes-engine/docs/how-to/authorized-networks
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, is_everywhere, known, of_type


@check(
    "google-gke-public-endpoint",
    severity=MEDIUM,
    control=Control.NETWORK_EXPOSURE,
    cwe=668,
    applies=of_type("google_container_cluster"),
)
def google_gke_public_endpoint(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.bool("private_cluster_config.enable_private_endpoint")):
        return
    config = resource.block("master_authorized_networks_config")
    if config is None:
        yield fail(f"The API server of {resource.address} is open to the internet")
        return
    for network in config.blocks("cidr_blocks"):
        if is_everywhere(known(network.text("cidr_block"))):
            at = network.where("cidr_block")
            yield fail(f"The API server of {resource.address} is open to the internet", at=at)
