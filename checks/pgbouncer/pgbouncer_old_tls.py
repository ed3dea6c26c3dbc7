"""PgBouncer accepts TLS 1.0 or 1.1.

## Why it matters
Both versions are withdrawn (RFC 8996); attacks on them read or change what is transferred. A client or an attacker can
choose the oldest version that is offered.

## Bad
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
client_tls_sslmode = require
client_tls_key_file = /etc/pgbouncer/server.key
client_tls_cert_file = /etc/pgbouncer/server.crt
client_tls_protocols = all  # <-
```

## Good
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
client_tls_sslmode = require
client_tls_key_file = /etc/pgbouncer/server.key
client_tls_cert_file = /etc/pgbouncer/server.crt
client_tls_protocols = all:!tlsv1.0:!tlsv1.1
```

## Good: the default
```text pgbouncer.ini
[databases]
clinic = host=10.20.0.5
[pgbouncer]
listen_addr = 10.20.0.6
auth_type = scram-sha-256
client_tls_sslmode = require
client_tls_key_file = /etc/pgbouncer/server.key
client_tls_cert_file = /etc/pgbouncer/server.crt
```

## Fix
```text
client_tls_protocols = secure
```

## References
- PgBouncer 1.25 manual, TLS settings (client_tls_protocols): https://www.pgbouncer.org/config.html
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.pgbouncer import PgBouncer


@check("pgbouncer-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def pgbouncer_old_tls(pooler: PgBouncer) -> Iterator[Diagnostic]:
    if known(pooler.client_tls) == "off":
        return
    old = sorted({"TLSv1.0", "TLSv1.1"} & known(pooler.client_protocols))
    if old:
        yield fail(
            f"PgBouncer accepts {' and '.join(old).replace('TLSv', 'TLS ')}",
            at=pooler.where("client_tls_protocols"),
            severity=pooler.exposure.scale(MEDIUM),
            expected="client_tls_protocols = secure",
        )
