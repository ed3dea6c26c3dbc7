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

## Bad: above, only some addresses get in
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records/export">
        Require ip 10.20.0.0/16
    </Directory>
    <Directory "/srv/records/export/today">
        Require all granted  # <-
    </Directory>
</VirtualHost>
```

## Bad: a Location opens what a Directory protects
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records/export">
        Require ip 10.20.0.0/16
    </Directory>
    <Location "/">
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
from auditor.technologies.apache import Apache, Page, Site


@check("apache-access-reopened", severity=HIGH, control=Control.AUTHORIZATION, cwe=863)
def apache_access_reopened(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        rules = page.access.rules
        if page.is_open() is not True or rules is None:
            continue
        line, why = rules.rules()[0].at, _closed_above(site, page)
        if why and line not in seen:
            seen.add(line)
            yield fail(
                f"{site.name}{page.url} is open to everybody, although {why}",
                at=line,
                key=f"{site.name}{page.url}",
                severity=apache.reach_of(site).scale(HIGH),
                expected="AuthMerging And, or no Require all granted",
            )


def _closed_above(site: Site, page: Page) -> str:
    """Say which rules do not hold here: those of a path above, or of a section that a later one replaces."""
    for each in site.pages:
        is_above = page.url != each.url and page.url.startswith(each.url.rstrip("/") + "/")
        if is_above and each.access.restricts and each.is_open() is False:
            what = "asks for a log-in" if each.access.asks_for_login else "lets only some addresses in"
            return f"{each.url} above it {what}"
    replaced = page.replaced
    return f"line {replaced.line} lets only some clients in" if replaced is not None else ""
