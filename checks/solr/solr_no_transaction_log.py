"""A core of Solr keeps no transaction log.

## Why it matters
Solr confirms an update long before it is part of the index on disk. The transaction log is what brings it back after a
crash; without one every confirmed record since the last hard commit is gone.

## Bad
```xml solrconfig.xml
<config>
  <luceneMatchVersion>9.9</luceneMatchVersion>
  <updateHandler class="solr.DirectUpdateHandler2">  # <-
    <autoCommit><maxTime>15000</maxTime></autoCommit>
  </updateHandler>
</config>
```

## Bad: in a comment
```xml solrconfig.xml
<config>
  <luceneMatchVersion>9.9</luceneMatchVersion>
  <updateHandler class="solr.DirectUpdateHandler2">
    <!-- <updateLog><str name="dir">${solr.ulog.dir:}</str></updateLog> -->
  </updateHandler>
</config>
```

## Good
```xml solrconfig.xml
<config>
  <luceneMatchVersion>9.9</luceneMatchVersion>
  <updateHandler class="solr.DirectUpdateHandler2">
    <updateLog><str name="dir">${solr.ulog.dir:}</str></updateLog>
    <autoCommit><maxTime>15000</maxTime></autoCommit>
  </updateHandler>
</config>
```

## Fix
```xml
<updateHandler class="solr.DirectUpdateHandler2">
  <updateLog/>
</updateHandler>
```

## References
- Solr Reference Guide 9.9, "Commits and Transaction Logs": https://solr.apache.org/guide/solr/9_9/configuration-guide/commits-transaction-logs.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.solr import SolrCore


@check("solr-no-transaction-log", severity=MEDIUM, control=Control.DURABILITY)
def solr_no_transaction_log(core: SolrCore) -> Iterator[Diagnostic]:
    if not core.includes and core.root.first("updateHandler", "updateLog") is None:
        yield fail(
            "Confirmed updates since the last hard commit are lost in a crash, since there is no transaction log",
            at=core.place("updateHandler"),
            expected="an <updateLog> in <updateHandler>",
        )
