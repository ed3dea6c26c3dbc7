r"""Everybody may write files by WebDAV.

## Why it matters
With `Dav On`, PUT, DELETE and MOVE change the served folder. Without a log-in anybody uploads files, and pages that carry malicious
software.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Location "/exchange">
        Dav On  # <-
        Require all granted
    </Location>
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
    <Location "/exchange">
        Dav On
        AuthType Basic
        AuthName exchange
        AuthUserFile /etc/apache2/exchange.users
        Require valid-user
    </Location>
</VirtualHost>
```

## Good: only reading is open
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Location "/exchange">
        Dav On
        AuthType Basic
        AuthName exchange
        AuthUserFile /etc/apache2/exchange.users
        <LimitExcept GET OPTIONS>
            Require valid-user
        </LimitExcept>
    </Location>
</VirtualHost>
```

## Fix
```text
Require valid-user
```

## References
- Apache HTTP Server 2.4 manual, mod_dav: https://httpd.apache.org/docs/2.4/mod/mod_dav.html#security
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import STRANGER, Apache, Client, Node


@check("apache-open-dav", severity=CRITICAL, control=Control.MALICIOUS_UPLOAD, also=(Control.AUTHENTICATION,), cwe=434)
def apache_open_dav(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        dav = page.last("dav")
        if not isinstance(dav, Node) or dav.lower()[:1] == ("off",) or dav.at in seen:
            continue
        status = page.access.status(Client(STRANGER, method="PUT", tls=True))
        if isinstance(status, Unknown):
            yield not_evaluated(status.reason)
        elif status == 200:
            seen.add(dav.at)
            yield fail(
                f"Everybody may write and delete files below {site.name}{page.url}",
                at=dav.at,
                key=f"{site.name}{page.url}",
                severity=apache.reach_of(site).scale(CRITICAL),
                expected="Require valid-user",
            )
