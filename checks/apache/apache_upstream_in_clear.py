r"""Apache passes requests on in clear text.

## Why it matters
The TLS connection ends at the proxy. Behind it, sessions, passwords and records cross the network readable; an attacker who has one
machine inside reads them all.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    ProxyPass "/" "http://10.20.0.7:8080/"  # <-
</VirtualHost>
```

## Bad: a member of a balancer
```text httpd.conf
<Proxy "balancer://records">
    BalancerMember "http://10.20.0.7:8080"
</Proxy>
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    ProxyPass "/" "balancer://records/"
</VirtualHost>
```

## Bad: a rewrite
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    RewriteEngine on
    RewriteCond %{HTTP:Upgrade} =websocket [NC]
    RewriteRule ^/live/(.*)$ ws://10.20.0.7:8080/$1 [P,L]  # <-
</VirtualHost>
```

## Bad: PHP on another host
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <FilesMatch "\.php$">
        SetHandler "proxy:fcgi://php.internal:9000"  # <-
    </FilesMatch>
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
    SSLProxyEngine on
    ProxyPass "/" "https://10.20.0.7:8443/"
</VirtualHost>
```

## Good: on the same host
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    ProxyPass "/" "http://127.0.0.1:8080/"
</VirtualHost>
```

## Good: an exception, which is not passed on
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    ProxyPass "/" "!"
</VirtualHost>
```

## Fix
```text
SSLProxyEngine on
SSLProxyVerify require
SSLProxyCACertificateFile /etc/ssl/clinic-ca.pem
ProxyPass "/" "https://records.internal.example:8443/"
```

## References
- Apache HTTP Server 2.4 manual, mod_proxy: https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#proxypass
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache


@check("apache-upstream-in-clear", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def apache_upstream_in_clear(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site in apache.reachable:
        for upstream in site.upstreams:
            if isinstance(upstream, Unknown):
                yield not_evaluated(upstream.reason)
            elif upstream.at not in seen and upstream.is_clear:
                seen.add(upstream.at)
                scheme = upstream.url.partition("://")[0]
                yield fail(
                    f"{site.name}{upstream.path or ' (some paths)'} is passed on to {upstream.authority} by {scheme}, without TLS",
                    at=upstream.at,
                    key=f"{site.name}{upstream.path}",
                    expected="https with SSLProxyEngine on",
                )
