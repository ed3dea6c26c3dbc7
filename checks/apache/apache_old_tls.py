r"""Apache accepts TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996): they rest on broken hashes and let an attacker force old ciphers. The default
is `all -SSLv3`, which has them; whether a client gets them then depends on the TLS library that happens to be installed.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLProtocol all -SSLv3  # <-
</VirtualHost>
```

## Bad: the default
```text httpd.conf
Listen 443
<VirtualHost *:443>  # <-
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Bad: a later line replaces the good one
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    SSLProtocol all -TLSv1  # <-
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
    SSLProtocol -all +TLSv1.2 +TLSv1.3
</VirtualHost>
```

## Good: everything but the old ones
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLProtocol all -SSLv3 -TLSv1 -TLSv1.1
</VirtualHost>
```

## Good: set for the whole server
```text httpd.conf
SSLProtocol -all +TLSv1.2 +TLSv1.3
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
SSLProtocol -all +TLSv1.2 +TLSv1.3
```

## References
- Apache HTTP Server 2.4 manual, mod_ssl: https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import OLD, Apache


@check("apache-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def apache_old_tls(apache: Apache) -> Iterator[Diagnostic]:
    for site in apache.reachable:
        tls, versions = site.tls, site.tls_versions
        if tls is False:
            continue
        if isinstance(tls, Unknown):
            yield not_evaluated(tls.reason)
            continue
        if isinstance(versions, Unknown):
            yield not_evaluated(versions.reason)
            continue
        found = [name for name in OLD if name in versions]
        if found:
            yield fail(
                f"{site.name}: the configuration permits {' and '.join(found)}",
                at=site.where("sslprotocol"),
                key=site.name,
                severity=apache.reach_of(site).scale(MEDIUM),
                expected="SSLProtocol -all +TLSv1.2 +TLSv1.3",
            )
