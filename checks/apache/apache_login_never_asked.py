r"""A log-in is configured, but nobody is asked for it.

## Why it matters
`AuthType` and a file of users do not protect anything; a `Require` does. Without one of its own, the section inherits the rule
of the folder, which is mostly `Require all granted`: the pages are open.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records">
        Require all granted
    </Directory>
    <Location "/admin">
        AuthType Basic  # <-
        AuthName admin
        AuthUserFile /etc/apache2/admin.users
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
    <Directory "/srv/records">
        Require all granted
    </Directory>
    <Location "/admin">
        AuthType Basic
        AuthName admin
        AuthUserFile /etc/apache2/admin.users
        Require valid-user
    </Location>
</VirtualHost>
```

## Fix
```text
Require valid-user
```

## References
- Apache HTTP Server 2.4 manual, Authentication and Authorization: https://httpd.apache.org/docs/2.4/howto/auth.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, Related, check, fail
from auditor.technologies.apache import Apache


@check("apache-login-never-asked", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def apache_login_never_asked(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        auth = page.access.auth
        if auth is None or auth.at in seen or page.is_open() is not True or page.access.asks_for_login:
            continue
        seen.add(auth.at)
        rules = page.access.rules
        instead = rules.rules()[0].at if rules is not None else None
        yield fail(
            f"{site.name}{page.url} is open to everybody: {auth.word(0)} log-in is configured, but no Require in force "
            "asks for it",
            at=auth.at,
            key=f"{site.name}{page.url}",
            severity=apache.reach_of(site).scale(CRITICAL),
            related=() if instead is None else (Related(instead, "what is in force"),),
            expected="Require valid-user beside AuthType",
        )
