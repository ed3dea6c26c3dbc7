"""Solr keeps no audit log.

## Why it matters
Without an audit logger nobody can tell afterwards who searched for which patient, who was refused, and who changed users
and permissions. No release configures one.

## Bad
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  }
}
```

## Bad: a container on its image's defaults
```yaml compose.yaml
services:
  search:
    image: solr:9.9  # <-
```

## Good
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "auditlogging": {"class": "solr.SolrLogAuditLoggerPlugin"}
}
```

## Fix
```json
{"auditlogging": {"class": "solr.SolrLogAuditLoggerPlugin"}}
```

## References
- Solr Reference Guide 9.9, "Audit Logging": https://solr.apache.org/guide/solr/9_9/deployment-guide/audit-logging.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check("solr-audit-log-off", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def solr_audit_log_off(solr: Solr) -> Iterator[Diagnostic]:
    security = known(solr.security)
    if security is None or known(security.block("auditlogging")) is None:
        yield fail(
            "Solr records nowhere who searched and changed what",
            at=security.at if security is not None else None,
            expected="an auditlogging block in security.json",
        )
