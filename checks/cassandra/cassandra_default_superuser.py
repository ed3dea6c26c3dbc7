"""The administrator of Cassandra has the published password.

## Why it matters
Cassandra's first administrator is `cassandra` with the password `cassandra`. Bitnami's image sets another one only
where `CASSANDRA_PASSWORD` is given; without it the log-in is one that every scanner tries.

## Bad
```yaml compose.yaml
services:
  db:
    image: bitnami/cassandra:5.0  # <-
    environment:
      CASSANDRA_CLUSTER_NAME: clinic
```

## Good
```yaml compose.yaml
services:
  db:
    image: bitnami/cassandra:5.0
    environment:
      CASSANDRA_PASSWORD: ${CASSANDRA_PASSWORD}
```

## Good: the password is in a file
```yaml compose.yaml
services:
  db:
    image: bitnami/cassandra:5.0
    environment:
      CASSANDRA_PASSWORD_FILE: /run/secrets/cassandra
```

## Fix
Give a password, best a user of another name as well.

```yaml
environment:
  CASSANDRA_USER: clinic_admin
  CASSANDRA_PASSWORD_FILE: /run/secrets/cassandra
```

## References
- Cassandra documentation 5.0, "Security": https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/security.html
- bitnami/containers, cassandra, "Setting the server password": https://github.com/bitnami/containers/tree/main/bitnami/cassandra
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.cassandra import Cassandra


@check("cassandra-default-superuser", severity=CRITICAL, control=Control.DEFAULT_CREDENTIAL, cwe=1392)
def cassandra_default_superuser(server: Cassandra) -> Iterator[Diagnostic]:
    if not known(server.authenticates):
        return
    if server.default_password is None:
        yield not_evaluated("whether the administrator cassandra was replaced is not in the files")
    elif server.default_password:
        yield fail(
            f"The administrator cassandra has the published password; {server.exposure.reason}",
            at=server.at,
            severity=server.exposure.scale(CRITICAL),
            expected="CASSANDRA_PASSWORD_FILE",
        )
