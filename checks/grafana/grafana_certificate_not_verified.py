"""Grafana takes any certificate of the servers it logs in to or through.

## Why it matters
Whoever answers in the place of the identity provider or the mail server gets client secrets, log-ins and messages, and can
hand Grafana a user of their own choice.

## Bad
```ini grafana.ini
[auth.generic_oauth]
enabled = true
auth_url = https://login.clinic.example/authorize
tls_skip_verify_insecure = true  ; <-
```

## Bad: the mail server
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    environment:
      GF_SMTP_ENABLED: "true"
      GF_SMTP_HOST: mail.clinic.example:587
      GF_SMTP_SKIP_VERIFY: "true"  # <-
```

## Good
```ini grafana.ini
[auth.generic_oauth]
enabled = true
auth_url = https://login.clinic.example/authorize
tls_client_ca = /etc/grafana/tls/ca.crt
```

## Good: not in use
```ini grafana.ini
[auth.generic_oauth]
enabled = false
tls_skip_verify_insecure = true
[smtp]
skip_verify = true
```

## Fix
Give Grafana the certificate of the issuer instead:
```ini
[auth.generic_oauth]
tls_skip_verify_insecure = false
tls_client_ca = /etc/grafana/tls/ca.crt
```

## References
- Grafana 11, Configure Grafana, auth.generic_oauth and smtp: https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-certificate-not-verified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def grafana_certificate_not_verified(grafana: Grafana) -> Iterator[Diagnostic]:
    for name in known(grafana.unverified):
        section, _, key = name.rpartition(".")
        yield fail(
            f"Any certificate is taken for the server of {section}",
            at=grafana.where(name),
            key=name,
            expected=f"{key} = false",
        )
