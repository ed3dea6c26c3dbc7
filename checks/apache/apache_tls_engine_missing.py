r"""A site that has a certificate or port 443 speaks plain HTTP.

## Why it matters
Port 443 and a certificate do not switch TLS on: without `SSLEngine on` the site answers plain HTTP there. A client that is
told to use this port without https sends its password in clear text, and nobody sees a warning.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>  # <-
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLCertificateFile /etc/ssl/records.pem
    SSLCertificateKeyFile /etc/ssl/records.key
</VirtualHost>
```

## Bad: the port alone
```text httpd.conf
Listen 443 https
<VirtualHost *:443>  # <-
    ServerName records.clinic.example
    DocumentRoot /srv/records
</VirtualHost>
```

## Bad: a virtual host in a file of its own
```text sites-available/records.conf
<VirtualHost *:443>  # <-
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good: switched on for the whole server
```text httpd.conf
Listen 443
SSLEngine on
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Fix
```text
SSLEngine on
```

## References
- Apache HTTP Server 2.4 manual, mod_ssl: https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache


@check("apache-tls-engine-missing", severity=CRITICAL, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def apache_tls_engine_missing(apache: Apache) -> Iterator[Diagnostic]:
    for site in apache.reachable:
        tls = site.tls
        if not site.expects_tls:
            continue
        if isinstance(tls, Unknown):
            yield not_evaluated(tls.reason)
        elif not tls:
            yield fail(
                f"{site.name} is set up for TLS, but answers plain HTTP: SSLEngine is not on; {apache.reach_of(site).reason}",
                at=site.where("sslengine"),
                key=site.name,
                severity=apache.reach_of(site).scale(CRITICAL),
                expected="SSLEngine on",
            )
