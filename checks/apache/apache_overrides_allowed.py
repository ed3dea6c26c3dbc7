r"""Files in the served folders may change access rules.

## Why it matters
With `AllowOverride All`, a .htaccess that somebody uploads opens protected folders or makes uploaded files run as programs. The
default is None since 2.3.9.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records">
        AllowOverride All  # <-
        Require all granted
    </Directory>
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
    <Directory "/srv/records">
        AllowOverride None
        Require all granted
    </Directory>
</VirtualHost>
```

## Good: file types only
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records">
        AllowOverride Indexes
        Require all granted
    </Directory>
</VirtualHost>
```

## Fix
Move what the .htaccess files say into the server's configuration, and then
```text
AllowOverride None
```

## References
- Apache HTTP Server 2.4 manual, core: https://httpd.apache.org/docs/2.4/mod/core.html#allowoverride
- Apache HTTP Server 2.4 manual, .htaccess files: https://httpd.apache.org/docs/2.4/howto/htaccess.html#when
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Unknown, check, fail
from auditor.technologies.apache import Apache, overrides_of

_POWERFUL = {"all", "authconfig", "options", "limit"}


@check(
    "apache-overrides-allowed", severity=LOW, control=Control.MALICIOUS_UPLOAD, also=(Control.AUTHORIZATION,), cwe=15
)
def apache_overrides_allowed(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        found = overrides_of(page.scopes)
        if isinstance(found, Unknown) or page.file is None:
            continue
        allowed, node = found
        if node is not None and node.at not in seen and allowed is not None and allowed & _POWERFUL:
            seen.add(node.at)
            yield fail(
                f"A .htaccess file below {site.name}{page.url} may change {', '.join(sorted(allowed & _POWERFUL))}",
                at=node.at,
                key=f"{site.name}{page.url}",
                expected="AllowOverride None",
            )
