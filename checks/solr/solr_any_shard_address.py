"""Solr sends requests to any address that a search names.

## Why it matters
The parameter `shards` names the servers that a search is handed on to. Solr takes only nodes of its cluster and those of
`allowUrls`; with the check off, a search makes Solr call any address that the host can reach.

## Bad
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_OPTS="$SOLR_OPTS -Dsolr.disable.allowUrls=true" # <-
```

## Bad: the name up to 8.11
```yaml compose.yaml
services:
  search:
    image: solr:8.11
    environment:
      SOLR_OPTS: -Dsolr.disable.shardsWhitelist=true  # <-
```

## Good
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_OPTS="$SOLR_OPTS -Dsolr.allowUrls=http://10.20.0.6:8983,http://10.20.0.7:8983"
```

## Good: 9.0 does not read the old name
```yaml compose.yaml
services:
  search:
    image: solr:9.9
    environment:
      SOLR_OPTS: -Dsolr.disable.shardsWhitelist=true
```

## Fix
```text
SOLR_OPTS="$SOLR_OPTS -Dsolr.allowUrls=http://10.20.0.6:8983"
```

## References
- Solr Reference Guide 9.9, "Configuring solr.xml" (allowUrls): https://solr.apache.org/guide/solr/9_9/configuration-guide/configuring-solr-xml.html
- `AllowListUrlChecker` of Solr 9.9 (solr.disable.allowUrls; the older name only warns)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.solr import Solr

_NEW, _OLD = "solr.disable.allowUrls", "solr.disable.shardsWhitelist"


@check("solr-any-shard-address", severity=MEDIUM, control=Control.NETWORK_EXPOSURE, cwe=918)
def solr_any_shard_address(solr: Solr) -> Iterator[Diagnostic]:
    for name, counts in ((_NEW, not solr.versions.is_below(9, 0)), (_OLD, not solr.versions.is_at_least(9, 0))):
        value = solr.option(name)
        if not counts or (not isinstance(value, Unknown) and (value or "").lower() != "true"):
            continue
        if isinstance(value, Unknown):
            yield not_evaluated(value.reason)
            continue
        if name == _OLD and not solr.versions.is_below(9, 0):
            yield not_evaluated(f"whether {name} counts depends on Solr's version, which is not known")
            continue
        yield fail(
            "A search may name any server for Solr to call",
            at=solr.where(f"-D{name}"),
            severity=solr.exposure.scale(MEDIUM),
            expected="-Dsolr.allowUrls with the servers that are needed",
        )
