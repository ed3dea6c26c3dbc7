"""A core of Solr keeps its index in memory only.

## Why it matters
RAMDirectoryFactory writes nothing to disk: with a restart of the server every record of the core is gone.

## Bad
```xml solrconfig.xml
<config>
  <luceneMatchVersion>8.11</luceneMatchVersion>
  <directoryFactory name="DirectoryFactory" class="solr.RAMDirectoryFactory"/>  # <-
</config>
```

## Good
```xml solrconfig.xml
<config>
  <luceneMatchVersion>8.11</luceneMatchVersion>
  <directoryFactory name="DirectoryFactory" class="${solr.directoryFactory:solr.NRTCachingDirectoryFactory}"/>
</config>
```

## Fix
```xml
<directoryFactory name="DirectoryFactory" class="solr.NRTCachingDirectoryFactory"/>
```

## References
- Solr Reference Guide 9.9, "DataDir and DirectoryFactory in SolrConfig": https://solr.apache.org/guide/solr/9_9/configuration-guide/index-location-format.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import SolrCore


@check("solr-index-in-memory", severity=HIGH, control=Control.DURABILITY)
def solr_index_in_memory(core: SolrCore) -> Iterator[Diagnostic]:
    name = known(core.attribute("class", "directoryFactory")) or ""
    if name.rpartition(".")[2] == "RAMDirectoryFactory":
        yield fail(
            "The index stands in memory only and is gone after a restart",
            at=core.place("directoryFactory"),
            expected="solr.NRTCachingDirectoryFactory",
        )
