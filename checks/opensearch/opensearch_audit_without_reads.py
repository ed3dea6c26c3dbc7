"""The audit log of OpenSearch does not show whose records were read.

## Why it matters
As it comes, the audit log leaves out granted accesses, and no fields are watched: an intruder, or a curious colleague,
who reads with a valid account leaves no trace.

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
    log_request_body: false
  compliance:
    enabled: true
    read_watched_fields: {}
```

## Good: fields are watched
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

## Good: granted accesses are recorded
```yaml opensearch-security/audit.yml
_meta:
  type: "audit"
  config_version: 2
config:
  enabled: true
  audit:
    disabled_rest_categories: [AUTHENTICATED]
    disabled_transport_categories: [AUTHENTICATED]
    log_request_body: false
```

## Fix
Watch the fields that identify patients.

```yaml
config:
  compliance:
    enabled: true
    read_watched_fields:
      "patients-*": ["name", "birthdate"]
```

## References
- OpenSearch documentation 2.x, "Audit log field reference" and "Compliance": https://docs.opensearch.org/2.19/security/audit-logs/field-reference/
- OpenSearch documentation 2.x, "Audit logs": https://docs.opensearch.org/2.19/security/audit-logs/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import AuditSettings

_DEFAULT = ("AUTHENTICATED", "GRANTED_PRIVILEGES")


@check("opensearch-audit-without-reads", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def opensearch_audit_without_reads(settings: AuditSettings) -> Iterator[Diagnostic]:
    layers = ("disabled_rest_categories", "disabled_transport_categories")
    silent = all("GRANTED_PRIVILEGES" in settings.words("audit", layer, default=_DEFAULT) for layer in layers)
    if silent and not known(settings.watches_reads):
        yield fail(
            "The audit log of OpenSearch does not show whose records were read",
            at=settings.place("compliance", "read_watched_fields"),
            expected="read_watched_fields with the fields that identify patients",
        )
