r"""Apache offers weak TLS ciphers.

## Why it matters
RC4, 3DES, export ciphers and those without encryption or without proof of the server can be broken or read along by an
attacker on the way.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLCipherSuite HIGH:MEDIUM:RC4-SHA  # <-
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
    SSLCipherSuite HIGH:!aNULL
</VirtualHost>
```

## Good: named and then taken away
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLCipherSuite "EECDH+aRSA+AESGCM RC4 !RC4 !aNULL"
</VirtualHost>
```

## Fix
```text
SSLCipherSuite HIGH:!aNULL:!MD5:!3DES
```

## References
- Apache HTTP Server 2.4 manual, mod_ssl: https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslciphersuite
- OpenSSL 3.0 manual, openssl-ciphers(1)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache, Node, weak_ciphers


@check("apache-weak-ciphers", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def apache_weak_ciphers(apache: Apache) -> Iterator[Diagnostic]:
    for site in apache.reachable:
        node = site.host.last("sslciphersuite")
        if site.tls is False or not isinstance(node, Node):
            continue
        text = node.word(len(node.words) - 1)
        if isinstance(text, Unknown) or node.unsure is not None:
            yield not_evaluated("the list of ciphers is not known")
            continue
        found = weak_ciphers(text)
        if found and node.lower()[:1] != ("tlsv1.3",):
            yield fail(
                f"{site.name} offers {', '.join(found)}",
                at=node.at,
                key=site.name,
                severity=apache.reach_of(site).scale(MEDIUM),
                expected="SSLCipherSuite HIGH:!aNULL:!MD5:!3DES",
            )
