"""An EKS cluster keeps no audit log.

## Why it matters
EKS sends no control plane log to CloudWatch unless its type is listed; without `audit` nobody can tell who
read a Secret.

## Bad
```text main.tf
resource "aws_eks_cluster" "main" { # <-
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"
}
```

## Bad: other types only
```text main.tf
resource "aws_eks_cluster" "main" {
  name                      = "main"
  role_arn                  = "arn:aws:iam::111122223333:role/eks"
  enabled_cluster_log_types = ["api", "scheduler"] # <-
}
```

## Good
```text main.tf
resource "aws_eks_cluster" "main" {
  name                      = "main"
  role_arn                  = "arn:aws:iam::111122223333:role/eks"
  enabled_cluster_log_types = ["api", "audit", "authenticator"]
}
```

## Fix
Send the audit log to CloudWatch:
```text main.tf
enabled_cluster_log_types = ["api", "audit", "authenticator"]
```

## References
- Terraform AWS provider 5.80, aws_eks_cluster, enabled_cluster_log_types: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/eks_cluster#enabled_cluster_log_types
- Amazon EKS User Guide: https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check("aws-eks-audit-log", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778, applies=of_type("aws_eks_cluster"))
def aws_eks_audit_log(resource: CloudResource) -> Iterator[Diagnostic]:
    types = [known(name) for name in known(resource.texts("enabled_cluster_log_types"))]
    if "audit" not in types:
        at = resource.where("enabled_cluster_log_types")
        yield fail(f"{resource.address} keeps no audit log of its API server", at=at)
