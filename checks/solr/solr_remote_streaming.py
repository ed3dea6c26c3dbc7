"""Solr fetches files and addresses that a request names.

## Why it matters
With remote streaming `stream.file` reads any file that Solr's account can read, and `stream.url` any address that the host
can reach, metadata services of a cloud among them. With stream bodies a link in a page is enough to send an update.

## Bad
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_ENABLE_REMOTE_STREAMING=true # <-
```

## Bad: by a property
```yaml compose.yaml
services:
  search:
    image: solr:9.9
    command: solr-foreground -Dsolr.enableStreamBody=true  # <-
```

## Good
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_ENABLE_REMOTE_STREAMING=false
```

## Good: gone in 10.0
```yaml compose.yaml
services:
  search:
    image: solr:10.0
    environment:
      SOLR_ENABLE_REMOTE_STREAMING: "true"
```

## Fix
Leave both out, and send documents in the body of the request.

```text
SOLR_ENABLE_REMOTE_STREAMING=false
SOLR_ENABLE_STREAM_BODY=false
```

## References
- Solr Reference Guide 9.9, "Content Streams": https://solr.apache.org/guide/solr/9_9/indexing-guide/content-streams.html
- Solr Reference Guide, "Major Changes in Solr 10" (no longer supported): https://solr.apache.org/guide/solr/10_0/upgrade-notes/major-changes-in-solr-10.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr

_WAYS = (
    (
        "SOLR_ENABLE_REMOTE_STREAMING",
        "solr.enableRemoteStreaming",
        "reads files and addresses that a request names",
        HIGH,
    ),
    ("SOLR_ENABLE_STREAM_BODY", "solr.enableStreamBody", "takes a body from the parameters of a request", MEDIUM),
)


@check("solr-remote-streaming", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=918)
def solr_remote_streaming(solr: Solr) -> Iterator[Diagnostic]:
    if solr.versions.is_at_least(10, 0):
        return
    for variable, option, does, severity in _WAYS:
        by_variable = known(solr.is_on(variable))
        if by_variable or known(solr.option(option)) == "true":
            yield fail(
                f"Solr {does}; {solr.exposure.reason}",
                at=solr.where(variable if by_variable else f"-D{option}"),
                severity=solr.exposure.scale(severity),
                key=variable,
                expected=f"no {variable}",
            )
