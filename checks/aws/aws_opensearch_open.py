"""An OpenSearch domain lets clients in without authentication.

## Why it matters
An access policy with the principal `*` and no condition, without fine-grained access control, lets everybody
who reaches the endpoint read and delete all indices; without a VPC the endpoint is on the internet.

## Bad
```text main.tf
resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  access_policies = jsonencode({ # <-
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "es:*"
      Resource  = "*"
    }]
  })
}
```

## Bad: every address meets the condition
```text main.tf
resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  access_policies = jsonencode({ # <-
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "es:*"
      Resource  = "*"
      Condition = { IpAddress = { "aws:SourceIp" = ["0.0.0.0/0"] } }
    }]
  })
}
```

## Good: a role
```text main.tf
resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/search" }
      Action    = "es:*"
      Resource  = "*"
    }]
  })
}
```

## Good: users log in to the domain itself
```text main.tf
resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = true
  }
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "es:*"
      Resource  = "*"
    }]
  })
}
```

## Fix
Name the role, put the domain into a VPC, and switch fine-grained access control on.
```text main.tf
advanced_security_options {
  enabled = true
}
```

## References
- Amazon OpenSearch Service Developer Guide: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html
- Amazon OpenSearch Service Developer Guide: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
- Terraform AWS provider 5.80, aws_opensearch_domain, access_policies: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/opensearch_domain#access_policies
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type

from ._policy import statements


@check(
    "aws-opensearch-open",
    severity=CRITICAL,
    control=Control.AUTHENTICATION,
    also=(Control.NETWORK_EXPOSURE,),
    cwe=306,
    applies=of_type(
        "aws_opensearch_domain",
        "aws_elasticsearch_domain",
        "aws_opensearch_domain_policy",
        "aws_elasticsearch_domain_policy",
    ),
)
def aws_opensearch_open(resource: CloudResource) -> Iterator[Diagnostic]:
    domains = (resource,) if resource.type.endswith("_domain") else resource.referenced("domain_name")
    if any(known(domain.bool("advanced_security_options.enabled")) for domain in domains):
        return
    inside = any(known(domain.has("vpc_options")) for domain in domains)
    for statement in statements(resource, "access_policies"):
        if statement.allows and not statement.conditional and "*" in statement.principals:
            message = f"{resource.address} lets clients in without authentication"
            yield fail(message, at=statement.at, severity=HIGH if inside else None)
            return
