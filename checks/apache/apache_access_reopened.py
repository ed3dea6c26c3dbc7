r"""A folder or path below a protected one is open to everybody.

## Why it matters
A `Require` in a deeper section replaces the rules of the sections above it (`AuthMerging Off` is the default). One
`Require all granted` opens the subtree, whatever protects its parent.

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
    </Location>
    <Location "/records/export">
        Require all granted  # <-
    </Location>
</VirtualHost>
```

## Good: the rules are added
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
    </Location>
    <Location "/records/export">
        AuthMerging And
        Require all granted
    </Location>
</VirtualHost>
```

## Good: the root of the disk is closed and the folder of the site is opened
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/">
        Require all denied
    </Directory>
    <Directory "/srv/records">
        Require all granted
    </Directory>
</VirtualHost>
```

## Fix
Delete the line, or add the rules up:
```text
AuthMerging And
```

## References
- Apache HTTP Server 2.4 manual, mod_authz_core: https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#authmerging
- Apache HTTP Server 2.4 manual, Configuration sections: https://httpd.apache.org/docs/2.4/sections.html#merging
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.apache import Apache


@check("apache-access-reopened", severity=HIGH, control=Control.AUTHORIZATION, cwe=863)
def apache_access_reopened(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        rules = page.access.rules
        if page.is_open() is not True or rules is None:
            continue
        above = [
            each for each in site.pages if page.url != each.url and page.url.startswith(each.url.rstrip("/") + "/")
        ]
        closed = next((each for each in above if each.access.asks_for_login and each.is_open() is False), None)
        line = rules.rules()[0].at
        if closed is not None and line not in seen:
            seen.add(line)
            yield fail(
                f"{site.name}{page.url} is open to everybody, although {closed.url} above it asks for a log-in",
                at=line,
                key=f"{site.name}{page.url}",
                severity=apache.exposure.scale(HIGH),
                expected="AuthMerging And, or no Require all granted",
            )
