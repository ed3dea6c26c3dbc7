"""A core of Solr never commits by itself.

## Why it matters
Without `autoCommit` updates reach stable storage only when a client asks for it. Until then they stand in the transaction
log alone, which grows without bound, and a restart has to replay all of it before the records can be found.

## Bad
```xml solrconfig.xml
<config>
  <luceneMatchVersion>9.9</luceneMatchVersion>
  <updateHandler class="solr.DirectUpdateHandler2">  # <-
    <updateLog/>
    <autoSoftCommit><maxTime>1000</maxTime></autoSoftCommit>
  </updateHandler>
</config>
```

## Bad: switched off
```xml solrconfig.xml
<config>
  <luceneMatchVersion>9.9</luceneMatchVersion>
  <updateHandler class="solr.DirectUpdateHandler2">
    <updateLog/>
    <autoCommit><maxTime>${solr.autoCommit.maxTime:-1}</maxTime></autoCommit>  # <-
  </updateHandler>
</config>
```

## Good
```xml solrconfig.xml
<config>
  <luceneMatchVersion>9.9</luceneMatchVersion>
  <updateHandler class="solr.DirectUpdateHandler2">
    <updateLog/>
    <autoCommit><maxTime>${solr.autoCommit.maxTime:15000}</maxTime></autoCommit>
  </updateHandler>
</config>
```

## Good: by size
```xml solrconfig.xml
<config>
  <luceneMatchVersion>9.9</luceneMatchVersion>
  <updateHandler class="solr.DirectUpdateHandler2">
    <updateLog/>
    <autoCommit><maxSize>500m</maxSize></autoCommit>
  </updateHandler>
</config>
```

## Fix
```xml
<autoCommit>
  <maxTime>15000</maxTime>
  <openSearcher>false</openSearcher>
</autoCommit>
```

## References
- Solr Reference Guide 9.9, "Commits and Transaction Logs", AutoCommit: https://solr.apache.org/guide/solr/9_9/configuration-guide/commits-transaction-logs.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import SolrCore

_COMMIT = ("updateHandler", "autoCommit")


@check("solr-no-hard-commit", severity=LOW, control=Control.DURABILITY)
def solr_no_hard_commit(core: SolrCore) -> Iterator[Diagnostic]:
    if core.includes:
        return
    limits = [known(core.text(*_COMMIT, name)) for name in ("maxTime", "maxDocs", "maxSize")]
    if all(not limit or limit.startswith("-") for limit in limits):
        yield fail(
            "Updates reach stable storage only when a client commits them",
            at=core.place(*_COMMIT),
            expected="<autoCommit> with maxTime",
        )
