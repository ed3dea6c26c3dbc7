"""Solr reads and writes anywhere on its host.

## Why it matters
A request that creates a core, a backup or a restore names a folder. Solr takes only SOLR_HOME and what `allowPaths` lists;
`*` is everything, so that an index, and with it every record, is copied to wherever the request says.

## Bad
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_OPTS="$SOLR_OPTS -Dsolr.allowPaths=*" # <-
```

## Bad: in solr.xml
```xml solr.xml
<solr>
  <str name="allowPaths">*</str>  # <-
</solr>
```

## Good
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_OPTS="$SOLR_OPTS -Dsolr.allowPaths=/mnt/backup"
```

## Good: the last property of a name counts
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_OPTS="-Dsolr.allowPaths=*"
SOLR_OPTS="$SOLR_OPTS -Dsolr.allowPaths=/mnt/backup"
```

## Fix
```text
SOLR_OPTS="$SOLR_OPTS -Dsolr.allowPaths=/mnt/backup"
```

## References
- Solr Reference Guide 9.9, "Configuring solr.xml" (allowPaths, since 8.6): https://solr.apache.org/guide/solr/9_9/configuration-guide/configuring-solr-xml.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check("solr-any-path", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=22)
def solr_any_path(solr: Solr) -> Iterator[Diagnostic]:
    allowed = known(solr.text("solr.xml/allowPaths")) or ""
    if "*" in (path.strip() for path in allowed.split(",")):
        yield fail(
            "Requests may name any folder of the host for cores and backups",
            at=solr.where("solr.xml/allowPaths"),
            expected="the folders that are needed in allowPaths",
        )
