"""A database's storage is not encrypted.

## Why it matters
RDS, Aurora, DocumentDB and Neptune store data, logs, snapshots and replicas in the clear unless encryption is
asked for when they are created; it cannot be switched on later.

## Bad
```text main.tf
resource "aws_db_instance" "records" { # <-
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}
```

## Bad: an Aurora cluster
```text main.tf
resource "aws_rds_cluster" "records" {
  engine            = "aurora-postgresql"
  storage_encrypted = false # <-
}
```

## Bad: the variable's default decides
```text main.tf
variable "encrypted" {
  type    = bool
  default = false
}
resource "aws_db_instance" "records" {
  engine            = "postgres"
  instance_class    = "db.t4g.medium"
  storage_encrypted = var.encrypted # <-
}
```

## Good
```text main.tf
resource "aws_db_instance" "records" {
  engine            = "postgres"
  instance_class    = "db.t4g.medium"
  storage_encrypted = true
}
```

## Good: terraform.tfvars overrides the default
```text main.tf
variable "encrypted" {
  type    = bool
  default = false
}
resource "aws_db_instance" "records" {
  engine            = "postgres"
  instance_class    = "db.t4g.medium"
  storage_encrypted = var.encrypted
}
```
```text terraform.tfvars
encrypted = true
```

## Good: Aurora Serverless v1 is always encrypted, and a read replica takes its source's encryption
```text main.tf
resource "aws_rds_cluster" "records" {
  engine      = "aurora-postgresql"
  engine_mode = "serverless"
}
resource "aws_db_instance" "replica" {
  replicate_source_db = "records"
  instance_class      = "db.t4g.medium"
}
```

## Fix
Copy a snapshot with encryption, restore from it, and set `storage_encrypted`.
```text main.tf
storage_encrypted = true
kms_key_id        = aws_kms_key.records.arn
```

## References
- Terraform AWS provider 5.80, aws_db_instance, storage_encrypted (default false): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/db_instance#storage_encrypted
- Terraform AWS provider 5.80, aws_rds_cluster, storage_encrypted (default false for provisioned, true for serverless): https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/rds_cluster#storage_encrypted
- Amazon RDS User Guide: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, CloudResource, Control, Diagnostic, check, fail, known, not_evaluated, of_type

_INHERITS = ("replicate_source_db", "replication_source_identifier", "global_cluster_identifier")


@check(
    "aws-rds-unencrypted",
    severity=HIGH,
    control=Control.ENCRYPTION_AT_REST,
    cwe=311,
    applies=of_type("aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster", "aws_neptune_cluster"),
)
def aws_rds_unencrypted(resource: CloudResource) -> Iterator[Diagnostic]:
    if any(known(resource.has(name)) for name in _INHERITS) or known(resource.text("engine_mode")) == "serverless":
        return
    if known(resource.has("snapshot_identifier")) and resource.value("storage_encrypted") is not True:
        yield not_evaluated("the snapshot it is restored from decides on encryption")
        return
    if not known(resource.bool("storage_encrypted")):
        yield fail(f"The storage of {resource.address} is not encrypted", at=resource.where("storage_encrypted"))
