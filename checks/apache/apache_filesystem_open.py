r"""The whole disk can be served: its root is not closed.

## Why it matters
Where no `Require` holds for a path, Apache serves it. An alias, a link in a folder or a wrong rewrite then hands out any file
the server may read. Closing the root once turns such mistakes into "403".

## Bad
```text httpd.conf
Listen 443
<Directory "/srv/records">
    Require all granted
</Directory>
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good
```text httpd.conf
<Directory "/">
    Require all denied
</Directory>
<Directory "/srv/records">
    Require all granted
</Directory>
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good: the older way
```text httpd.conf
<Directory />
    Order deny,allow
    Deny from all
</Directory>
<Directory "/srv/records">
    Require all granted
    Allow from all
</Directory>
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Fix
```text
<Directory "/">
    AllowOverride None
    Require all denied
</Directory>
```

## References
- Apache HTTP Server 2.4 manual, Security Tips, "Protect Server Files by Default": https://httpd.apache.org/docs/2.4/misc/security_tips.html#protectserverfiles
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.apache import Apache


@check("apache-filesystem-open", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=276)
def apache_filesystem_open(apache: Apache) -> Iterator[Diagnostic]:
    if len(apache.reachable) > 0 and known(apache.serves_disk_root):
        yield fail(
            "No section closes the root of the disk, so every file that a link or an alias leads to is served",
            at=apache.at,
            severity=apache.exposure.scale(MEDIUM),
            expected='Require all denied in <Directory "/">',
        )
