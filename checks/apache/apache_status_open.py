r"""The state or configuration of the server is shown to everybody.

## Why it matters
`server-status` shows the addresses of clients and the URLs they ask for, which can name patients; `server-info` shows the whole
configuration.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Location "/server-status">
        SetHandler server-status  # <-
        Require all granted
    </Location>
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
    <Location "/server-status">
        SetHandler server-status
        Require local
    </Location>
</VirtualHost>
```

## Good: another handler
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Location "/server-status">
        SetHandler none
        Require all granted
    </Location>
</VirtualHost>
```

## Fix
```text
<Location "/server-status">
    SetHandler server-status
    Require local
</Location>
```

## References
- Apache HTTP Server 2.4 manual, mod_status: https://httpd.apache.org/docs/2.4/mod/mod_status.html
- Apache HTTP Server 2.4 manual, mod_info: https://httpd.apache.org/docs/2.4/mod/mod_info.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache, Node


@check("apache-status-open", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def apache_status_open(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        handler = page.last("sethandler")
        if not isinstance(handler, Node) or handler.lower()[:1] not in {("server-status",), ("server-info",)}:
            continue
        is_open = page.is_open()
        if isinstance(is_open, Unknown):
            yield not_evaluated(is_open.reason)
        elif is_open and handler.at not in seen:
            seen.add(handler.at)
            yield fail(
                f"{site.name}{page.url} shows {handler.word(0)} to everybody",
                at=handler.at,
                key=f"{site.name}{page.url}",
                severity=apache.reach_of(site).scale(MEDIUM),
                expected="Require local",
            )
