r"""Passwords are asked for on a connection without TLS.

## Why it matters
Basic authentication sends the password with every request, encoded but not encrypted; Digest can be attacked by whoever listens.

## Bad
```text httpd.conf
Listen 80
<VirtualHost *:80>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    <Location "/">
        AuthType Basic  # <-
        AuthName records
        AuthUserFile /etc/apache2/records.users
        Require valid-user
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
    <Location "/">
        AuthType Basic
        AuthName records
        AuthUserFile /etc/apache2/records.users
        Require valid-user
    </Location>
</VirtualHost>
```

## Good: refused without TLS
```text httpd.conf
Listen 80
<VirtualHost *:80>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    <Location "/">
        SSLRequireSSL
        AuthType Basic
        AuthName records
        AuthUserFile /etc/apache2/records.users
        Require valid-user
    </Location>
</VirtualHost>
```

## Fix
Serve the path with TLS and send port 80 there, or refuse it without:
```text
SSLRequireSSL
```

## References
- Apache HTTP Server 2.4 manual, mod_auth_basic: https://httpd.apache.org/docs/2.4/mod/mod_auth_basic.html
- RFC 7617, The Basic HTTP Authentication Scheme (2015), section 4
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache, Node


@check(
    "apache-login-in-clear",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=522,
)
def apache_login_in_clear(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        auth = page.access.auth
        if auth is None or auth.at in seen or auth.lower()[:1] not in {("basic",), ("digest",)}:
            continue
        if site.tls is True or isinstance(site.redirect, Node) or isinstance(page.last("sslrequiressl"), Node):
            continue
        if isinstance(site.tls, Unknown) or isinstance(site.redirect, Unknown) or site.is_reachable is not True:
            yield not_evaluated(f"whether {page.url} is reached without TLS is not known")
        elif page.access.asks_for_login:
            seen.add(auth.at)
            yield fail(
                f"{site.name}{page.url} asks for passwords on a connection without TLS",
                at=auth.at,
                key=f"{site.name}{page.url}",
                severity=apache.reach_of(site).scale(HIGH),
                expected="SSLEngine on for the site, or SSLRequireSSL",
            )
