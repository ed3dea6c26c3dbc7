r"""Apache lists the files of folders.

## Why it matters
A folder without an index page shows everything in it: exports, backups and scans with the names of people in their file
names.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records">
        Options Indexes FollowSymLinks  # <-
        Require all granted
    </Directory>
</VirtualHost>
```

## Bad: opened again further down
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records">
        Options None
        Require all granted
    </Directory>
    <Directory "/srv/records/scans">
        Options +Indexes  # <-
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
        Options FollowSymLinks
        Require all granted
    </Directory>
</VirtualHost>
```

## Good: taken away further down the file
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records">
        Options Indexes FollowSymLinks
        Require all granted
    </Directory>
    <Location "/">
        Options -Indexes
    </Location>
</VirtualHost>
```

## Good: nobody gets in without a log-in
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records">
        Options Indexes
        AuthType Basic
        AuthName records
        AuthUserFile /etc/apache2/records.users
        Require valid-user
    </Directory>
</VirtualHost>
```

## Fix
```text
Options -Indexes
```

## References
- Apache HTTP Server 2.4 manual, core: https://httpd.apache.org/docs/2.4/mod/core.html#options
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache


@check("apache-directory-listing", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=548)
def apache_directory_listing(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        listing, is_open = page.options.has("indexes"), page.is_open()
        if page.file is None or not page.url.endswith("/") or listing is False or is_open is False:
            continue
        if isinstance(listing, Unknown) or isinstance(is_open, Unknown) or page.options.at is None:
            yield not_evaluated(f"whether {page.url} is listed is not known")
        elif page.options.at not in seen:
            seen.add(page.options.at)
            yield fail(
                f"{site.name}{page.url} lists the files of folders that have no index page",
                at=page.options.at,
                key=f"{site.name}{page.url}",
                severity=apache.reach_of(site).scale(MEDIUM),
                expected="Options -Indexes",
            )
