r"""Old access rules make the log-in optional.

## Why it matters
With `Satisfy any`, an `Allow` or `Require` that holds for everybody is enough, and the log-in beside it is never asked for.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Location "/records">
        AuthType Basic
        AuthName records
        AuthUserFile /etc/apache2/records.users
        Require valid-user
        Order deny,allow
        Satisfy any  # <-
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
    <Location "/records">
        AuthType Basic
        AuthName records
        AuthUserFile /etc/apache2/records.users
        Require valid-user
        Order deny,allow
        Satisfy all
    </Location>
</VirtualHost>
```

## Good: strangers still need a password
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Location "/records">
        AuthType Basic
        AuthName records
        AuthUserFile /etc/apache2/records.users
        Require valid-user
        Order deny,allow
        Deny from all
        Allow from 10.20
        Satisfy any
    </Location>
</VirtualHost>
```

## Fix
Use `Require` alone, without `Order`, `Allow`, `Deny` and `Satisfy`:
```text
Require valid-user
```

## References
- Apache HTTP Server 2.4 manual, mod_access_compat: https://httpd.apache.org/docs/2.4/mod/mod_access_compat.html#satisfy
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.apache import Apache


@check("apache-satisfy-any", severity=HIGH, control=Control.AUTHENTICATION, cwe=287)
def apache_satisfy_any(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        satisfy = next((node for node, _ in page.access.compat.lines if node.name == "satisfy"), None)
        if satisfy is None or satisfy.at in seen or not page.access.asks_for_login:
            continue
        if page.access.compat.satisfy("GET") == "any" and page.is_open() is True:
            seen.add(satisfy.at)
            yield fail(
                f"{site.name}{page.url} is open to everybody: Satisfy any makes the log-in optional",
                at=satisfy.at,
                key=f"{site.name}{page.url}",
                severity=apache.exposure.scale(HIGH),
                expected="Require alone, without Satisfy",
            )
