"""An OpenSearch domain serves plain HTTP or accepts TLS 1.0 or 1.1.

## Why it matters
Queries and records travel in the clear unless HTTPS is enforced. The provider's default inside
`domain_endpoint_options` is true; without the block the service's own default, false, is in force.

## Bad
```text main.tf
resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  domain_endpoint_options {
    enforce_https = false # <-
  }
}
```

## Bad: no block at all
```text main.tf
resource "aws_opensearch_domain" "search" { # <-
  domain_name = "search"
}
```

## Bad: TLS 1.0
```text main.tf
resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-0-2019-07" # <-
  }
}
```

## Good
```text main.tf
resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }
}
```

## Fix
Enforce HTTPS with TLS 1.2 or later.
```text main.tf
domain_endpoint_options {
  enforce_https       = true
  tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
}
```

## References
- Terraform AWS provider 5.80, aws_opensearch_domain, domain_endpoint_options: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/opensearch_domain#domain_endpoint_options
- Amazon OpenSearch Service API Reference: https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, CloudResource, Confidence, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-opensearch-http",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    cwe=319,
    applies=of_type("aws_opensearch_domain", "aws_elasticsearch_domain"),
)
def aws_opensearch_http(resource: CloudResource) -> Iterator[Diagnostic]:
    options = "domain_endpoint_options"
    if not known(resource.has(options)):
        yield fail(f"{resource.address} does not enforce HTTPS", confidence=Confidence.MEDIUM)
        return
    if not known(resource.bool(f"{options}.enforce_https", default=True)):
        at = resource.where(f"{options}.enforce_https")
        yield fail(f"{resource.address} serves plain HTTP", at=at)
        return
    policy = resource.value(f"{options}.tls_security_policy")
    if isinstance(policy, str) and policy.startswith("Policy-Min-TLS-1-0"):
        at = resource.where(f"{options}.tls_security_policy")
        yield fail(f"{resource.address} accepts TLS 1.0 or 1.1 (policy {policy})", at=at, severity=MEDIUM, key="tls")
