"""The audit log of OpenSearch is switched off in audit.yml.

## Why it matters
`plugins.security.audit.type` names where events go; audit.yml decides whether there are any. With `enabled: false`, or
with the REST layer left out, nobody can say after an incident who logged in and who was turned away.

## Bad
```yaml opensearch-security/audit.yml
_meta:
  type: "audit"
  config_version: 2
config:
  enabled: false  # <-
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

## Bad: the layer that clients use
```yaml opensearch-security/audit.yml
_meta:
  type: "audit"
  config_version: 2
config:
  enabled: true
  audit:
    enable_rest: false  # <-
    disabled_rest_categories:
      - AUTHENTICATED
      - GRANTED_PRIVILEGES
    log_request_body: false
  compliance:
    enabled: true
    read_watched_fields:
      "patients-*": ["name", "birthdate"]
```

## Bad: refused log-ins are left out
```yaml opensearch-security/audit.yml
_meta:
  type: "audit"
  config_version: 2
config:
  enabled: true
  audit:
    enable_rest: true
    disabled_rest_categories:
      - FAILED_LOGIN  # <-
      - GRANTED_PRIVILEGES
    log_request_body: false
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

## Good: what is not said is on
```yaml opensearch-security/audit.yml
_meta:
  type: "audit"
  config_version: 2
config:
  audit:
    resolve_indices: true
```

## Fix
Switch it on, with refused log-ins in it.

```yaml
config:
  enabled: true
  audit:
    enable_rest: true
```

## References
- OpenSearch documentation 2.x, "Audit logs": https://docs.opensearch.org/2.19/security/audit-logs/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import AuditSettings

_NEEDED = ("FAILED_LOGIN", "MISSING_PRIVILEGES")


@check("opensearch-audit-switched-off", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def opensearch_audit_switched_off(settings: AuditSettings) -> Iterator[Diagnostic]:
    for path in (("enabled",), ("audit", "enable_rest")):
        if not known(settings.flag(*path, default=True)):
            yield fail(
                f"The audit log of OpenSearch is switched off: {path[-1]} is false",
                at=settings.place(*path),
                key=path[-1],
                expected=f"{path[-1]}: true",
            )
    left_out = [name for name in settings.words("audit", "disabled_rest_categories") if name in _NEEDED]
    if left_out:
        yield fail(
            f"The audit log of OpenSearch leaves out {', '.join(left_out)}",
            at=settings.place("audit", "disabled_rest_categories"),
            key="categories",
            expected="FAILED_LOGIN and MISSING_PRIVILEGES among the audited categories",
        )
