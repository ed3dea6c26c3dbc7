"""NiFi Registry logs in to its database server with the published password.

## Why it matters
The registry's user and password for the database are `nifireg` in the distribution's file and in the image. Towards a database
server of its own they let everybody in who read the manual: the flows can be read and replaced there.

## Bad
```text nifi-registry.properties
nifi.registry.web.https.port=18443
nifi.registry.db.url=jdbc:postgresql://db.example.org/registry
nifi.registry.db.username=nifireg
nifi.registry.db.password=nifireg # <-
```

## Bad: a variable is missing
```yaml compose.yaml
services:
  registry:
    image: apache/nifi-registry:1.28.1 # <-
    environment:
      NIFI_REGISTRY_DB_URL: jdbc:mysql://db/nifi_registry
```

## Good
```text nifi-registry.properties
nifi.registry.web.https.port=18443
nifi.registry.db.url=jdbc:postgresql://db.example.org/registry
nifi.registry.db.username=nifireg
nifi.registry.db.password=made-up-for-this-page-7f3a
```

## Good: the file that the registry keeps itself
```text nifi-registry.properties
nifi.registry.web.https.port=18443
nifi.registry.db.url=jdbc:h2:./database/nifi-registry-primary
nifi.registry.db.username=nifireg
nifi.registry.db.password=nifireg
```

## Fix
Give the registry a password of its own, and keep it out of the repository:

```yaml
NIFI_REGISTRY_DB_PASS: ${NIFI_REGISTRY_DB_PASS}
```

## References
- System Administrator's Guide, NiFi Registry 2.11, "Metadata Database":
  https://nifi.apache.org/docs/nifi-registry-docs/html/administration-guide.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFiRegistry

_PASSWORD = "nifi.registry.db.password"  # noqa: S105  # the name of a setting


@check("nifi-registry-published-password", severity=HIGH, control=Control.DEFAULT_CREDENTIAL, cwe=1392)
def nifi_registry_published_password(registry: NiFiRegistry) -> Iterator[Diagnostic]:
    server = known(registry.database_server)
    if server is not None and known(registry.has_published_password):
        message = f"The registry logs in to {server} with the password of the manual"
        yield fail(message, at=registry.where(_PASSWORD), expected="a password of its own")
