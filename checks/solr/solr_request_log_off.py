"""Solr writes no request log.

## Why it matters
The request log of Jetty has every request with address, time and path, among them the searches. It is on by default since
9.0 and was off before. Without it, and without an audit log, an intrusion leaves no trace.

## Bad
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
SOLR_REQUESTLOG_ENABLED=false # <-
```

## Bad: the default before 9.0
```yaml compose.yaml
services:
  search:
    image: solr:8.11  # <-
```

## Good
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
SOLR_REQUESTLOG_ENABLED=true
```

## Good: the default since 9.0
```yaml compose.yaml
services:
  search:
    image: solr:9.9
```

## Fix
```text
SOLR_REQUESTLOG_ENABLED=true
```

## References
- Solr Reference Guide 9.9, "Configuring Logging", Request Logging: https://solr.apache.org/guide/solr/9_9/deployment-guide/configuring-logging.html
- Solr Reference Guide, "Major Changes in Solr 9": https://solr.apache.org/guide/solr/9_9/upgrade-notes/major-changes-in-solr-9.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check("solr-request-log-off", severity=LOW, control=Control.AUDIT_LOGGING, cwe=778)
def solr_request_log_off(solr: Solr) -> Iterator[Diagnostic]:
    if not known(solr.logs_requests):
        yield fail(
            "Solr writes down no request that it answers",
            at=solr.where("SOLR_REQUESTLOG_ENABLED"),
            expected="SOLR_REQUESTLOG_ENABLED=true",
        )
