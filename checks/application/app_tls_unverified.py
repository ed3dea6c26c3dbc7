"""An application does not verify the certificates of the servers it connects to.

## Why it matters
TLS without verification encrypts for whoever answers. Somebody on the path presents any certificate, reads the records
and passes them on, and nothing shows it.

## Bad
```text .env
NODE_TLS_REJECT_UNAUTHORIZED=0  # <-
```

## Bad: the name of a setting of one's own
```text .env
FHIR_VERIFY_SSL=false  # <-
```

## Bad: the opposite word
```text .env
ES_INSECURE_SKIP_VERIFY=true  # <-
```

## Good
```text .env
NODE_EXTRA_CA_CERTS=/etc/ssl/clinic-ca.pem
FHIR_VERIFY_SSL=true
```

## Good: Node.js rejects with any value but 0, even with this one
```text .env
NODE_TLS_REJECT_UNAUTHORIZED=false
```

## Fix
Trust the issuing authority instead of everybody:
```text
NODE_EXTRA_CA_CERTS=/etc/ssl/clinic-ca.pem
```

## References
- Node.js 22, Command-line API, NODE_TLS_REJECT_UNAUTHORIZED: https://nodejs.org/docs/latest-v22.x/api/cli.html
- Python, PEP 493, PYTHONHTTPSVERIFY
"""

from collections.abc import Iterator

from auditor.api import HIGH, ApplicationSettings, Control, Diagnostic, check, fail

_VERIFY = (
    "*SSL_VERIFY",
    "*SSL_VERIFY_PEER",
    "*SSL_VERIFY_CERTIFICATE",
    "*SSL_REJECT_UNAUTHORIZED",
    "*TLS_REJECT_UNAUTHORIZED",
    "*TLS_VERIFY_PEER",
    "*VERIFY_CERTIFICATE",
    "*VERIFY_CERTIFICATES",
    "*VERIFY_CERTS",
    "*VERIFY_SSL",
    "*VERIFY_SSL_CERT",
    "*VERIFY_TLS",
)
_ZERO = ("NODE_TLS_REJECT_UNAUTHORIZED", "PYTHONHTTPSVERIFY")  # off by exactly 0, whatever else they hold
_SKIP = (
    "*ALLOW_INVALID_CERTIFICATES",
    "*INSECURE_SKIP_VERIFY",
    "*SKIP_SSL_VERIFY",
    "*SKIP_TLS_VERIFY",
    "*SSL_NO_VERIFY",
    "*TLS_INSECURE_SKIP_VERIFY",
    "*TLS_SKIP_VERIFY",
    "*TRUST_SERVER_CERTIFICATE",
)


@check("app-tls-unverified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def app_tls_unverified(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    off = [entry for entry in settings.named(*_VERIFY) if entry.is_false and entry.key not in _ZERO]
    off += [entry for entry in settings.named(*_SKIP) if entry.is_true]
    off += [entry for entry in settings.named(*_ZERO) if entry.value == "0"]
    for entry in off:
        yield fail(
            f"{entry.name} switches the verification of certificates off",
            at=entry.at,
            severity=settings.scale(HIGH),
            key=entry.name,
            expected="verification on, with the issuing authority's certificate",
        )
