"""Alertmanager sends mail to another host without TLS.

## Why it matters
Alerts name servers and what is wrong with them, and the log-in at the mail server goes out with them, readable for anybody on
the path.

## Bad
```yaml alertmanager.yml
global:
  smtp_smarthost: mail.clinic.example:587
  smtp_from: alerts@clinic.example
  smtp_auth_username: alerts
  smtp_auth_password_file: /etc/alertmanager/mail
  smtp_require_tls: false  # <-
route: {receiver: staff}
receivers:
  - name: staff
    email_configs: [{to: staff@clinic.example}]
```

## Good
```yaml alertmanager.yml
global:
  smtp_smarthost: mail.clinic.example:587
  smtp_from: alerts@clinic.example
  smtp_auth_username: alerts
  smtp_auth_password_file: /etc/alertmanager/mail
route: {receiver: staff}
receivers:
  - name: staff
    email_configs: [{to: staff@clinic.example}]
```

## Good: the receiver's own word, TLS from the start, the same host
```yaml alertmanager.yml
global:
  smtp_smarthost: mail.clinic.example:587
  smtp_from: alerts@clinic.example
  smtp_require_tls: false
route: {receiver: staff}
receivers:
  - name: staff
    email_configs: [{to: staff@clinic.example, require_tls: true}]
  - name: night
    email_configs: [{to: night@clinic.example, smarthost: mail.clinic.example:465}]
  - name: here
    email_configs: [{to: root@clinic.example, smarthost: localhost:25}]
```

## Fix
```yaml
global:
  smtp_require_tls: true
```

## References
- Alertmanager 0.27, Configuration (smtp_require_tls): https://prometheus.io/docs/alerting/0.27/configuration/
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.prometheus import AlertmanagerConfig


@check("alertmanager-mail-plaintext", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def alertmanager_mail_plaintext(config: AlertmanagerConfig) -> Iterator[Diagnostic]:
    if config.opened:
        yield not_evaluated(config.opened)
    for mail in config.mail:
        if mail.requires_tls is True or mail.is_elsewhere is False:
            continue
        if isinstance(mail.requires_tls, Unknown) or isinstance(mail.host, Unknown):
            yield not_evaluated("the mail server or its TLS is not known")
            continue
        yield fail(
            f"Alerts{' and a password' if mail.logs_in else ''} go to the mail server {mail.host} without TLS",
            at=mail.at,
            key=mail.host,
            severity=HIGH if mail.logs_in else MEDIUM,
            expected="smtp_require_tls: true",
        )
