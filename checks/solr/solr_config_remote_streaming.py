"""A core of Solr fetches files and addresses that a request names.

## Why it matters
With remote streaming `stream.file` reads any file that Solr's account can read, and `stream.url` any address that the host
can reach. With stream bodies a link in a page is enough to send an update. 8.11.3 and 9.3 moved both switches out of
solrconfig.xml.

## Bad
```yaml compose.yaml
services:
  search:
    image: solr:7.7
    volumes:
      - ./solrconfig.xml:/opt/solr/server/solr/configsets/patients/conf/solrconfig.xml
```
```xml solrconfig.xml
<config>
  <luceneMatchVersion>7.7</luceneMatchVersion>
  <requestDispatcher>
    <requestParsers enableRemoteStreaming="true" multipartUploadLimitInKB="2048000"/>  # <-
  </requestDispatcher>
</config>
```

## Bad: the version of the image
```yaml compose.yaml
services:
  search:
    image: solr:8.11.2
    volumes:
      - ./patients/conf:/opt/solr/server/solr/configsets/patients/conf
```
```xml patients/conf/solrconfig.xml
<config>
  <luceneMatchVersion>8.11.2</luceneMatchVersion>
  <requestDispatcher>
    <requestParsers enableStreamBody="${clinic.stream.body:true}"/>  # <-
  </requestDispatcher>
</config>
```

## Good
```xml solrconfig.xml
<config>
  <luceneMatchVersion>7.7</luceneMatchVersion>
  <requestDispatcher>
    <requestParsers enableRemoteStreaming="false" multipartUploadLimitInKB="2048000"/>
  </requestDispatcher>
</config>
```

## Good: this version does not read it
```yaml compose.yaml
services:
  search:
    image: solr:9.9
    volumes:
      - ./patients/conf:/opt/solr/server/solr/configsets/patients/conf
```
```xml patients/conf/solrconfig.xml
<config>
  <luceneMatchVersion>8.11.2</luceneMatchVersion>
  <requestDispatcher>
    <requestParsers enableRemoteStreaming="true"/>
  </requestDispatcher>
</config>
```

## Fix
```xml
<requestParsers enableRemoteStreaming="false" enableStreamBody="false"/>
```

## References
- Solr Reference Guide 8.11, "RequestDispatcher in SolrConfig": https://solr.apache.org/guide/8_11/requestdispatcher-in-solrconfig.html
- Solr Reference Guide, "Major Changes in Solr 9", Solr 9.3, Security: https://solr.apache.org/guide/solr/9_9/upgrade-notes/major-changes-in-solr-9.html
- SOLR-14853 (8.11.3): https://issues.apache.org/jira/browse/SOLR-14853
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import SolrCore

_WHERE = ("requestDispatcher", "requestParsers")
_WAYS = (
    ("enableRemoteStreaming", "reads files and addresses that a request names", HIGH),
    ("enableStreamBody", "takes a body from the parameters of a request", MEDIUM),
)


@check("solr-config-remote-streaming", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=918)
def solr_config_remote_streaming(core: SolrCore) -> Iterator[Diagnostic]:
    for name, does, severity in _WAYS:
        if known(core.attribute(name, *_WHERE)) == "true" and known(core.reads_streaming):
            yield fail(
                f"The core {does}",
                at=core.place(*_WHERE),
                severity=core.exposure.scale(severity),
                key=name,
                expected=f'{name}="false"',
            )
