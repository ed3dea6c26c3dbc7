"""A core of Solr runs templates that a request brings.

## Why it matters
With `params.resource.loader.enabled` the Velocity writer renders a template out of the parameters of a request, and a
template runs any program (CVE-2019-17558, 5.0 to 8.3.1). 8.4 took the loader out.

## Bad
```yaml compose.yaml
services:
  search:
    image: solr:8.2
    volumes:
      - ./patients:/opt/solr/server/solr/configsets/patients
```
```xml patients/conf/solrconfig.xml
<config>
  <luceneMatchVersion>8.2.0</luceneMatchVersion>
  <queryResponseWriter name="velocity" class="solr.VelocityResponseWriter" startup="lazy">
    <str name="params.resource.loader.enabled">true</str>  # <-
  </queryResponseWriter>
</config>
```

## Good
```yaml compose.yaml
services:
  search:
    image: solr:8.2
    volumes:
      - ./patients:/opt/solr/server/solr/configsets/patients
```
```xml patients/conf/solrconfig.xml
<config>
  <luceneMatchVersion>8.2.0</luceneMatchVersion>
  <queryResponseWriter name="velocity" class="solr.VelocityResponseWriter" startup="lazy">
    <str name="params.resource.loader.enabled">${velocity.params.resource.loader.enabled:false}</str>
  </queryResponseWriter>
</config>
```

## Good: this version has no such loader
```xml solrconfig.xml
<config>
  <luceneMatchVersion>8.11.2</luceneMatchVersion>
  <queryResponseWriter name="velocity" class="solr.VelocityResponseWriter" startup="lazy">
    <str name="params.resource.loader.enabled">true</str>
  </queryResponseWriter>
</config>
```

## Fix
Remove the writer, or update to a supported version.

```xml
<str name="params.resource.loader.enabled">false</str>
```

## References
- CVE-2019-17558: https://osv.dev/vulnerability/CVE-2019-17558
- Solr Reference Guide 8.3, "Velocity Response Writer": https://solr.apache.org/guide/8_3/velocity-response-writer.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import SolrCore

_LOADER = "params.resource.loader.enabled"


@check("solr-templates-from-requests", severity=CRITICAL, control=Control.CODE_EXECUTION, cwe=94)
def solr_templates_from_requests(core: SolrCore) -> Iterator[Diagnostic]:
    for writer in core.writers("VelocityResponseWriter"):
        if known(core.value_of(writer, _LOADER)) == "true" and known(core.renders_parameters):
            yield fail(
                "The core renders templates that a request brings, and so runs any program",
                at=core.place_of(writer, _LOADER),
                severity=core.exposure.scale(CRITICAL),
                expected=f"{_LOADER} false",
            )
