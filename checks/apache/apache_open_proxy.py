r"""Apache passes requests of anybody on to any server.

## Why it matters
`ProxyRequests On` makes a forward proxy. Whoever reaches it opens connections from inside the network: to the interfaces of
other systems that no firewall shows to the outside, and to anybody in the clinic's name.

## Bad
```text httpd.conf
ProxyRequests On  # <-
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Bad: the rule is for another scheme
```text httpd.conf
ProxyRequests On  # <-
<Proxy "ftp://*">
    Require ip 10.20
</Proxy>
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good
```text httpd.conf
ProxyRequests Off
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good: for the network of the clinic
```text httpd.conf
ProxyRequests On
<Proxy "*">
    Require ip 10.20
</Proxy>
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Fix
`ProxyPass` needs no forward proxy:
```text
ProxyRequests Off
```

## References
- Apache HTTP Server 2.4 manual, mod_proxy: https://httpd.apache.org/docs/2.4/mod/mod_proxy.html#access
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache


@check(
    "apache-open-proxy", severity=CRITICAL, control=Control.NETWORK_EXPOSURE, also=(Control.AUTHENTICATION,), cwe=441
)
def apache_open_proxy(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site in apache.reachable:
        value = site.word("proxyrequests", "off")
        if value == "off" or (at := site.where("proxyrequests")) in seen:
            continue
        is_open = value if isinstance(value, Unknown) else site.forwards_for_anybody
        if isinstance(is_open, Unknown):
            yield not_evaluated(is_open.reason)
        elif is_open:
            seen.add(at)
            yield fail(
                f"{site.name} is a forward proxy for everybody; {apache.reach_of(site).reason}",
                at=at,
                key=site.name,
                severity=apache.reach_of(site).scale(CRITICAL),
                expected="ProxyRequests Off",
            )
