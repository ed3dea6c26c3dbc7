r"""A list of TLS versions without signs enables only its last one.

## Why it matters
In `SSLProtocol`, a version without `+` throws away everything before it. `TLSv1.2 TLSv1.3` leaves TLS 1.3 alone, so older
devices are shut out, and a list in the other order would shut out the newest version.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLProtocol TLSv1.2 TLSv1.3  # <-
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

## Good: one version is meant
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLProtocol TLSv1.3
</VirtualHost>
```

## Fix
```text
SSLProtocol -all +TLSv1.2 +TLSv1.3
```

## References
- Apache HTTP Server 2.4 manual, mod_ssl: https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.apache import Apache, Node, overridden


@check("apache-tls-versions-lost", severity=LOW, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,))
def apache_tls_versions_lost(apache: Apache) -> Iterator[Diagnostic]:
    for site in apache.reachable:
        node = site.host.last("sslprotocol")
        if isinstance(node, Node) and site.tls is True and node.doubt() is None:
            words = [word for word in node.words if isinstance(word, str)]
            if overridden(words):
                yield fail(
                    f"{site.name} speaks {words[-1]} only: each version without a sign replaces those before it",
                    at=node.at,
                    key=site.name,
                    expected="SSLProtocol -all +TLSv1.2 +TLSv1.3",
                )
