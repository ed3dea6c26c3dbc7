r"""Clients without a certificate are let in.

## Why it matters
`SSLVerifyClient optional` asks for a certificate and goes on without one; `optional_no_ca` takes any certificate, one that the client
made itself too.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLCACertificateFile /etc/ssl/clinic-ca.pem
    SSLVerifyClient optional  # <-
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
    SSLCACertificateFile /etc/ssl/clinic-ca.pem
    SSLVerifyClient require
</VirtualHost>
```

## Good: asked for where it matters
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLCACertificateFile /etc/ssl/clinic-ca.pem
    SSLVerifyClient optional
    <Location "/records">
        Require ssl-verify-client
    </Location>
</VirtualHost>
```

## Fix
```text
SSLVerifyClient require
```

## References
- Apache HTTP Server 2.4 manual, mod_ssl: https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.apache import Apache, Node


@check("apache-client-certificate-optional", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=295)
def apache_client_certificate_optional(apache: Apache) -> Iterator[Diagnostic]:
    for site in apache.reachable:
        node = site.host.last("sslverifyclient")
        if not isinstance(node, Node) or site.tls is not True:
            continue
        value = str(node.lower()[0])
        required = any(
            rule.kind in {"ssl-verify-client", "expr"}
            for page in site.pages
            for rule in (page.access.rules.rules() if page.access.rules else ())
        )
        if value.startswith("optional") and not required and not site.upstreams:
            yield fail(
                f"{site.name} lets clients in without a certificate of a known authority (SSLVerifyClient {value})",
                at=node.at,
                key=site.name,
                severity=apache.reach_of(site).scale(MEDIUM),
                expected="SSLVerifyClient require, or Require ssl-verify-client",
            )
