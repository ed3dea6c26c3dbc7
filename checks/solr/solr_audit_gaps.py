"""Solr's audit log leaves out what matters.

## Why it matters
`eventTypes` and `muteRules` decide what is written. Without COMPLETED or AUTHORIZED successful requests are missing, without
REJECTED, ANONYMOUS_REJECTED and UNAUTHORIZED the refused ones, and a rule `type:SEARCH` hides who read which record.

## Bad: searches are muted
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "auditlogging": {
    "class": "solr.SolrLogAuditLoggerPlugin",
    "muteRules": ["type:SEARCH", "ip:10.20.0.9"]  # <-
  }
}
```

## Bad: only errors
```json security.json
{
  "auditlogging": {
    "class": "solr.SolrLogAuditLoggerPlugin",
    "eventTypes": ["ERROR"]  # <-
  }
}
```

## Good
```json security.json
{
  "auditlogging": {
    "class": "solr.SolrLogAuditLoggerPlugin",
    "eventTypes": ["REJECTED", "ANONYMOUS_REJECTED", "UNAUTHORIZED", "COMPLETED", "ERROR"]
  }
}
```

## Good: a rule of several conditions hides only what meets all of them
```json security.json
{
  "auditlogging": {
    "class": "solr.SolrLogAuditLoggerPlugin",
    "muteRules": [["type:SEARCH", "path:/admin/ping"]]
  }
}
```

## Fix
Leave `eventTypes` out: the default has what is needed. Mute probes by their path only.

```json
{"auditlogging": {"class": "solr.SolrLogAuditLoggerPlugin", "muteRules": ["path:/admin/ping"]}}
```

## References
- Solr Reference Guide 9.9, "Audit Logging" (eventTypes, muteRules): https://solr.apache.org/guide/solr/9_9/deployment-guide/audit-logging.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check("solr-audit-gaps", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def solr_audit_gaps(solr: Solr) -> Iterator[Diagnostic]:
    security = known(solr.security)
    audit = known(security.audit) if security is not None else None
    if security is None or audit is None:
        return
    if audit.missing:
        yield fail(
            f"The audit log leaves out {' and '.join(audit.missing)}",
            at=security.where("auditlogging", "eventTypes"),
            key="events",
            expected="no eventTypes, or all of the default",
        )
    if audit.muted:
        yield fail(
            f"The audit log leaves out {' and '.join(audit.muted)} requests",
            at=security.where("auditlogging", "muteRules"),
            key="muted",
            expected="muteRules for probes only",
        )
