"""An AKS cluster's API server is open to the internet.

## Why it matters
Unless the cluster is private or lists the addresses that may connect, everybody can try tokens and flaws on
its API server.

## Bad
```text main.tf
resource "azurerm_kubernetes_cluster" "main" { # <-
  name = "main"
}
```

## Good
```text main.tf
resource "azurerm_kubernetes_cluster" "main" {
  name                    = "main"
  private_cluster_enabled = true
}
```

## Good: known addresses
```text main.tf
resource "azurerm_kubernetes_cluster" "main" {
  name = "main"
  api_server_access_profile {
    authorized_ip_ranges = ["198.51.100.0/24"]
  }
}
```

## Fix
Name the addresses that may connect, or make the cluster private.
```text main.tf
api_server_access_profile {
  authorized_ip_ranges = ["198.51.100.0/24"]
}
```

## References
- Terraform AzureRM provider 4.14, azurerm_kubernetes_cluster, private_cluster_enabled (default false): https://registry.terraform.io/providers/hashicorp/azurerm/4.14.0/docs/resources/kubernetes_cluster#private_cluster_enabled
- Azure Kubernetes Service documentation: https://learn.microsoft.com/en-us/azure/aks/api-server-authorized-ip-ranges
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, is_everywhere, known, of_type


@check(
    "azure-aks-public-endpoint",
    severity=MEDIUM,
    control=Control.NETWORK_EXPOSURE,
    cwe=668,
    applies=of_type("azurerm_kubernetes_cluster"),
)
def azure_aks_public_endpoint(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.bool("private_cluster_enabled")):
        return
    ranges = [
        *known(resource.texts("api_server_authorized_ip_ranges")),
        *(
            part
            for block in resource.blocks("api_server_access_profile")
            for part in known(block.texts("authorized_ip_ranges"))
        ),
    ]
    if not ranges or any(is_everywhere(known(address)) for address in ranges):
        yield fail(f"The API server of {resource.address} is open to the internet")
