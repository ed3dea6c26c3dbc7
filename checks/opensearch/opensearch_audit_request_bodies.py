"""The audit log of OpenSearch holds the bodies of requests.

## Why it matters
The bodies of searches and updates are records and search terms about patients. They are written to the audit log by
default, and the log travels to places where fewer people should see them.

## Bad: as it comes
```yaml opensearch-security/audit.yml
_meta:
  type: "audit"
  config_version: 2
config:
  enabled: true
  audit:
    enable_rest: true
    disabled_rest_categories:
      - AUTHENTICATED
      - GRANTED_PRIVILEGES
    log_request_body: true  # <-
  compliance:
    enabled: true
    read_watched_fields:
      "patients-*": ["name", "birthdate"]
```

## Good
```yaml opensearch-security/audit.yml
_meta:
  type: "audit"
  config_version: 2
config:
  enabled: true
  audit:
    enable_rest: true
    disabled_rest_categories:
      - AUTHENTICATED
      - GRANTED_PRIVILEGES
    log_request_body: false
  compliance:
    enabled: true
    read_watched_fields:
      "patients-*": ["name", "birthdate"]
```

## Good: nothing is audited
```yaml opensearch-security/audit.yml
_meta:
  type: "audit"
  config_version: 2
config:
  enabled: false
  audit:
    enable_rest: true
    disabled_rest_categories:
      - AUTHENTICATED
      - GRANTED_PRIVILEGES
    log_request_body: true
  compliance:
    enabled: true
    read_watched_fields:
      "patients-*": ["name", "birthdate"]
```

## Fix
Leave bodies out.

```yaml
config:
  audit:
    log_request_body: false
```

## References
- OpenSearch documentation 2.x, "Audit logs": https://docs.opensearch.org/2.19/security/audit-logs/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import AuditSettings


@check("opensearch-audit-request-bodies", severity=LOW, control=Control.PHI_EXPOSURE, cwe=532)
def opensearch_audit_request_bodies(settings: AuditSettings) -> Iterator[Diagnostic]:
    if known(settings.flag("audit", "log_request_body", default=True)) and known(
        settings.flag("enabled", default=True)
    ):
        yield fail(
            "OpenSearch writes the bodies of requests, records among them, to the audit log",
            at=settings.place("audit", "log_request_body"),
            expected="log_request_body: false",
        )
