"""An MSK cluster lets clients in without authentication.

## Why it matters
Without a method of authentication, or with `unauthenticated`, every client that reaches the brokers reads and
writes all topics that no ACL protects.

## Bad
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  client_authentication {
    unauthenticated = true # <-
  }
}
```

## Bad: no method at all
```text main.tf
resource "aws_msk_cluster" "events" { # <-
  cluster_name = "events"
}
```

## Good
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  client_authentication {
    sasl {
      iam = true
    }
  }
}
```

## Good: client certificates
```text main.tf
resource "aws_msk_cluster" "events" {
  cluster_name = "events"
  client_authentication {
    tls {
      certificate_authority_arns = ["arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/1"]
    }
  }
}
```

## Fix
Ask clients for IAM, SCRAM or TLS authentication.
```text main.tf
client_authentication {
  sasl {
    iam = true
  }
}
```

## References
- Terraform AWS provider 5.80, aws_msk_cluster, client_authentication: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/msk_cluster#client_authentication
- Amazon MSK Developer Guide: https://docs.aws.amazon.com/msk/latest/developerguide/kafka_apis_iam.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-msk-no-authentication",
    severity=HIGH,
    control=Control.AUTHENTICATION,
    cwe=306,
    applies=of_type("aws_msk_cluster"),
)
def aws_msk_no_authentication(resource: CloudResource) -> Iterator[Diagnostic]:
    if known(resource.bool("client_authentication.unauthenticated")):
        at = resource.where("client_authentication.unauthenticated")
        yield fail(
            f"{resource.address} lets clients in without authentication", at=at, expected="unauthenticated = false"
        )
        return
    sasl = [known(resource.bool(f"client_authentication.sasl.{name}")) for name in ("iam", "scram")]
    certificates = known(resource.has("client_authentication.tls"))
    if not any(sasl) and not certificates:
        at = resource.where("client_authentication")
        yield fail(
            f"{resource.address} lets clients in without authentication: it names no method",
            at=at,
            expected="client_authentication with sasl.iam, sasl.scram or tls",
        )
