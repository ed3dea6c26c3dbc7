"""PostgreSQL shows a certificate that nobody can verify.

## Why it matters
The package ssl-cert makes the self-signed `ssl-cert-snakeoil` on installation so that TLS can be switched on
at all. Clients cannot tell it from an impostor's, so they must switch verification off.

## Bad
```text postgresql.conf
ssl = on
ssl_cert_file = '/etc/ssl/certs/ssl-cert-snakeoil.pem' # <-
ssl_key_file = '/etc/ssl/private/ssl-cert-snakeoil.key'
```

## Good
```text postgresql.conf
ssl = on
ssl_cert_file = '/etc/postgresql/tls/server.crt'
ssl_key_file = '/etc/postgresql/tls/server.key'
```

## Good: not in use
```text postgresql.conf
ssl = off
ssl_cert_file = '/etc/ssl/certs/ssl-cert-snakeoil.pem'
```

## Fix
Use a certificate of a CA that the clients know:
```text postgresql.conf
ssl_cert_file = '/etc/postgresql/tls/server.crt'
```

## References
- PostgreSQL 18 manual, 18.9 Secure TCP/IP Connections with SSL: https://www.postgresql.org/docs/18/ssl-tcp.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres


@check(
    "postgres-ssl-snakeoil",
    severity=MEDIUM,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.KEY_MANAGEMENT,),
    cwe=295,
)
def postgres_ssl_snakeoil(postgres: Postgres) -> Iterator[Diagnostic]:
    if known(postgres.on("ssl")) and "snakeoil" in known(postgres.text("ssl_cert_file")):
        yield fail(
            "The certificate is the self-signed one of the package ssl-cert; clients cannot verify the server",
            at=postgres.where("ssl_cert_file"),
            severity=postgres.exposure.scale(MEDIUM),
        )
