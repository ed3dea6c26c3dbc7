"""An EKS cluster's API server is open to the internet.

## Why it matters
Unless it is said otherwise the endpoint is public and 0.0.0.0/0 may connect: one leaked token or one flaw in
the API server is enough.

## Bad
```text main.tf
resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  vpc_config { # <-
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}
```

## Good
```text main.tf
resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  vpc_config {
    subnet_ids              = ["subnet-1", "subnet-2"]
    endpoint_private_access = true
    endpoint_public_access  = false
  }
}
```

## Good: public for known addresses
```text main.tf
resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  vpc_config {
    subnet_ids          = ["subnet-1", "subnet-2"]
    public_access_cidrs = ["198.51.100.0/24"]
  }
}
```

## Fix
Close the public endpoint, or name the addresses that may connect.
```text main.tf
vpc_config {
  endpoint_private_access = true
  endpoint_public_access  = false
}
```

## References
- Terraform AWS provider 5.80, aws_eks_cluster, endpoint_public_access (default true; public_access_cidrs default 0.0.0.0/0): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/eks_cluster#endpoint_public_access
- Amazon EKS User Guide: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, is_everywhere, known, of_type


@check(
    "aws-eks-public-endpoint",
    severity=HIGH,
    control=Control.NETWORK_EXPOSURE,
    cwe=668,
    applies=of_type("aws_eks_cluster"),
)
def aws_eks_public_endpoint(resource: CloudResource) -> Iterator[Diagnostic]:
    for network in resource.blocks("vpc_config"):
        if not known(network.bool("endpoint_public_access", default=True)):
            continue
        addresses = known(network.texts("public_access_cidrs"))
        if not addresses or any(is_everywhere(known(address)) for address in addresses):
            name = "public_access_cidrs" if addresses else "endpoint_public_access"
            yield fail(f"The API server of {resource.address} is open to the internet", at=network.where(name))
