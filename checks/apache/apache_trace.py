r"""Apache answers TRACE.

## Why it matters
TRACE sends a request back as the server got it, with cookies and with headers that a proxy in front has added. It is on until
`TraceEnable off`.

## Bad: the default
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Bad: a later line
```text httpd.conf
TraceEnable off
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
TraceEnable on  # <-
```

## Good
```text httpd.conf
TraceEnable off
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good: the last line counts
```text httpd.conf
TraceEnable on
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
TraceEnable off
```

## Fix
```text
TraceEnable off
```

## References
- Apache HTTP Server 2.4 manual, core: https://httpd.apache.org/docs/2.4/mod/core.html#traceenable
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache


@check("apache-trace", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=693)
def apache_trace(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site in apache.reachable:
        value = site.word("traceenable", "on")
        if isinstance(value, Unknown):
            yield not_evaluated(value.reason)
        elif (
            value != "off" and (at := site.where("traceenable") if site.sets("traceenable") else apache.at) not in seen
        ):
            seen.add(at)
            yield fail(f"{site.name} answers TRACE requests", at=at, key=site.name, expected="TraceEnable off")
