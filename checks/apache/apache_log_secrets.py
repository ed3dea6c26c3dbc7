r"""The log holds passwords or session cookies.

## Why it matters
`Authorization` and `Cookie` headers log a client in. In a log file they are read by everybody who reads logs, and they leave the
host with them.

## Bad
```text httpd.conf
LogFormat "%h %t %{Authorization}i %r" full  # <-
CustomLog /var/log/apache2/access.log full
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Bad: written in the line itself
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    CustomLog /var/log/apache2/access.log "%h %{Cookie}i"  # <-
</VirtualHost>
```

## Bad: a log of all headers
```text httpd.conf
CustomLog /var/log/apache2/access.log combined
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    ForensicLog /var/log/apache2/forensic.log  # <-
</VirtualHost>
```

## Bad: everything that comes in
```text httpd.conf
CustomLog /var/log/apache2/access.log combined
Listen 443
LogLevel warn dumpio:trace7
DumpIOInput On  # <-
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good
```text httpd.conf
LogFormat "%h %t %r %>s" plain
CustomLog /var/log/apache2/access.log plain
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good: a format that no log uses
```text httpd.conf
LogFormat "%h %{Cookie}i" full
LogFormat "%h %r" plain
CustomLog /var/log/apache2/access.log plain
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good: the module writes at a level that is not logged
```text httpd.conf
CustomLog /var/log/apache2/access.log combined
Listen 443
LogLevel warn
DumpIOInput On
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Fix
Leave the header out of the format:
```text
LogFormat "%h %u %t %r %>s %O" clinic
```

## References
- Apache HTTP Server 2.4 manual, mod_log_config: https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats
- Apache HTTP Server 2.4 manual, mod_log_forensic: https://httpd.apache.org/docs/2.4/mod/mod_log_forensic.html
- Apache HTTP Server 2.4 manual, mod_dumpio: https://httpd.apache.org/docs/2.4/mod/mod_dumpio.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail
from auditor.technologies.apache import Apache

_SECRETS = ("%{authorization}i", "%{proxy-authorization}i", "%{cookie}i", "%{set-cookie}o")


@check("apache-log-secrets", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=532)
def apache_log_secrets(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site in apache.reachable:
        for text, at in site.log_formats:
            found = [each[2:-2] for each in _SECRETS if not isinstance(text, Unknown) and each in text.lower()]
            if found and at not in seen:
                seen.add(at)
                yield fail(
                    f"The access log of {site.name} holds the header {found[0]} of each request", at=at, key=site.name
                )
        for line in site.dumps:
            if line.at not in seen:
                seen.add(line.at)
                what = "all headers" if line.name == "forensiclog" else "everything sent, bodies too,"
                yield fail(f"A log of {site.name} holds {what} of each request", at=line.at, key=f"{site.name} dump")
