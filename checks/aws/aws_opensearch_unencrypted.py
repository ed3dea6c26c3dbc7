"""An OpenSearch domain's data is not encrypted.

## Why it matters
Without `encrypt_at_rest` indices, swap and snapshots are stored in the clear; without
`node_to_node_encryption` shards travel in the clear between nodes. Both are off where the block is absent.

## Bad
```text main.tf
resource "aws_opensearch_domain" "search" { # <-
  domain_name = "search"
  node_to_node_encryption {
    enabled = true
  }
}
```

## Bad: between nodes
```text main.tf
resource "aws_elasticsearch_domain" "search" {
  domain_name = "search"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = false # <-
  }
}
```

## Good
```text main.tf
resource "aws_opensearch_domain" "search" {
  domain_name = "search"
  encrypt_at_rest {
    enabled = true
  }
  node_to_node_encryption {
    enabled = true
  }
}
```

## Fix
Encrypt the stored data and the traffic between nodes.
```text main.tf
encrypt_at_rest {
  enabled = true
}
node_to_node_encryption {
  enabled = true
}
```

## References
- Terraform AWS provider 5.80, aws_opensearch_domain, encrypt_at_rest (default false): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/opensearch_domain#encrypt_at_rest
- Amazon OpenSearch Service Developer Guide: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html
- Amazon OpenSearch Service Developer Guide: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-opensearch-unencrypted",
    severity=HIGH,
    control=Control.ENCRYPTION_AT_REST,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=311,
    applies=of_type("aws_opensearch_domain", "aws_elasticsearch_domain"),
)
def aws_opensearch_unencrypted(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.bool("encrypt_at_rest.enabled")):
        at = resource.where("encrypt_at_rest.enabled")
        yield fail(f"The indices of {resource.address} are stored unencrypted", at=at, key="at rest")
    if not known(resource.bool("node_to_node_encryption.enabled")):
        at = resource.where("node_to_node_encryption.enabled")
        message = f"The nodes of {resource.address} exchange data without TLS"
        yield fail(message, at=at, severity=MEDIUM, key="between nodes")
