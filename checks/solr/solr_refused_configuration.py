"""Solr would refuse to start with this configuration.

## Why it matters
`bin/solr` stops at some variables, and the node at a security.json whose plugin cannot be set up. Whatever is running now
runs with something else, and the next restart fails. Its other settings are not judged.

## Bad: log-in without a user
```json security.json
{
  "authentication": {  # <-
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true
  }
}
```

## Bad: a way to log in that the script does not know
```text solr.in.sh
SOLR_AUTH_TYPE="bearer" # <-
```

## Good
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  }
}
```

## Good: capitals do not matter
```text solr.in.sh
SOLR_AUTH_TYPE="Basic"
```

## Fix
Start the node once with the new files before they are rolled out:

```text
solr start -f
```

## References
- Solr Reference Guide 9.9, "Basic Authentication Plugin": https://solr.apache.org/guide/solr/9_9/deployment-guide/basic-authentication-plugin.html
- `bin/solr` and `Sha256AuthenticationProvider` of Solr 9.9
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.solr import Solr


@check(
    "solr-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def solr_refused_configuration(solr: Solr) -> Iterator[Diagnostic]:
    for problem in solr.refused:
        yield fail(f"Solr would refuse to start: {problem.message}", at=problem.at, key=problem.message)
