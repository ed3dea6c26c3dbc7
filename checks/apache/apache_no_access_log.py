r"""Requests leave no trace.

## Why it matters
Without `CustomLog` or `TransferLog` nothing is written about who asked for which page: there is no default. After an incident nobody
can tell which records were read.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Bad: thrown away
```text httpd.conf
CustomLog /dev/null combined  # <-
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Bad: a virtual host without one where the main server has only logs of errors
```text httpd.conf
ErrorLog /var/log/apache2/error.log
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good
```text httpd.conf
CustomLog /var/log/apache2/access.log combined
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good: the virtual host's own
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    CustomLog "|/usr/bin/rotatelogs /var/log/apache2/access.%Y-%m-%d 86400" combined
</VirtualHost>
```

## Fix
```text
CustomLog /var/log/apache2/access.log combined
```

## References
- Apache HTTP Server 2.4 manual, mod_log_config: https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#customlog
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache


@check("apache-no-access-log", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def apache_no_access_log(apache: Apache) -> Iterator[Diagnostic]:
    for site in apache.reachable:
        logs = site.access_logs
        if isinstance(logs, Unknown):
            yield not_evaluated(logs.reason)
            continue
        kept = [node for node in logs if node.doubt() is not None or str(node.word(0)) != "/dev/null"]
        if not kept:
            yield fail(
                f"{site.name} {'throws its access log away' if logs else 'has no access log'}",
                at=logs[0].at if logs else site.at,
                key=site.name,
                expected="CustomLog with a file",
            )
