r"""Requests may be of any size.

## Why it matters
`LimitRequestBody 0` takes bodies without an end: one client fills the disk or the memory of the application. The default is 1 GiB
since 2.4.54, and no limit before.

## Bad
```text httpd.conf
LimitRequestBody 0  # <-
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
LimitRequestBody 52428800
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good: the default of current versions
```text httpd.conf
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
LimitRequestBody 52428800
```

## References
- Apache HTTP Server 2.4 manual, core: https://httpd.apache.org/docs/2.4/mod/core.html#limitrequestbody
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.apache import Apache, Node


@check("apache-unlimited-body", severity=LOW, control=Control.RESOURCE_LIMITS, cwe=770)
def apache_unlimited_body(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        node = page.last("limitrequestbody")
        if isinstance(node, Node) and node.unsure is None and node.word(0) == "0" and node.at not in seen:
            seen.add(node.at)
            yield fail(
                f"{site.name}{page.url} takes request bodies of any size",
                at=node.at,
                key=f"{site.name}{page.url}",
                expected="LimitRequestBody with the size of the largest upload",
            )
