"""A database's logs stay on the instance.

## Why it matters
RDS keeps log files for days at most and an administrator can remove them. Exported to CloudWatch Logs they
are kept, and alarms can watch them.

## Bad
```text main.tf
resource "aws_db_instance" "records" { # <-
  engine         = "postgres"
  instance_class = "db.t4g.medium"
}
```

## Good
```text main.tf
resource "aws_db_instance" "records" {
  engine                          = "postgres"
  instance_class                  = "db.t4g.medium"
  enabled_cloudwatch_logs_exports = ["postgresql"]
}
```

## Fix
Export the logs of the engine (`postgresql`; `audit` and `error` for MySQL and MariaDB), and switch the audit log on
in the parameter or option group:
```text main.tf
enabled_cloudwatch_logs_exports = ["postgresql"]
```

## References
- Terraform AWS provider 5.80, aws_db_instance, enabled_cloudwatch_logs_exports: https://registry.terraform.io/providers/hashicorp/aws/5.80.0/docs/resources/db_instance#enabled_cloudwatch_logs_exports
- Amazon RDS User Guide: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, CloudResource, Control, Diagnostic, check, fail, known, of_type


@check(
    "aws-rds-log-export",
    severity=MEDIUM,
    control=Control.AUDIT_LOGGING,
    also=(Control.MONITORING,),
    cwe=778,
    applies=of_type("aws_db_instance", "aws_rds_cluster", "aws_docdb_cluster"),
)
def aws_rds_log_export(resource: CloudResource) -> Iterator[Diagnostic]:
    if not known(resource.texts("enabled_cloudwatch_logs_exports")):
        at = resource.where("enabled_cloudwatch_logs_exports")
        yield fail(f"{resource.address} exports no logs to CloudWatch", at=at)
