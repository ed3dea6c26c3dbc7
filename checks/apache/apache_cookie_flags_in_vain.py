r"""A line that is to harden cookies changes none.

## Why it matters
`Header always` works on a table of its own, which the answers of a server behind Apache are not in. The line is accepted,
and the application's session cookies go out as before, without `Secure` and `HttpOnly`.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    ProxyPass "/" "http://127.0.0.1:8080/"
    Header always edit Set-Cookie ^(.*)$ "$1; Secure; HttpOnly"  # <-
</VirtualHost>
```

## Good
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    ProxyPass "/" "http://127.0.0.1:8080/"
    Header edit Set-Cookie ^(.*)$ "$1; Secure; HttpOnly"
</VirtualHost>
```

## Good: both tables
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    ProxyPass "/" "http://127.0.0.1:8080/"
    Header always edit Set-Cookie ^(.*)$ "$1; Secure; HttpOnly"
    Header edit* Set-Cookie ^(.*)$ "$1; Secure; HttpOnly"
</VirtualHost>
```

## Fix
Leave `always` out:
```text
Header edit Set-Cookie ^(.*)$ "$1; Secure; HttpOnly"
```

## References
- Apache HTTP Server 2.4 manual, mod_headers: https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.apache import Apache


@check("apache-cookie-flags-in-vain", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=614)
def apache_cookie_flags_in_vain(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        if page.file is not None:
            continue  # not passed on
        edits = page.cookie_edits
        lines = [node for node, always in edits if always]
        if lines and len(lines) == len(edits) and lines[0].at not in seen:
            seen.add(lines[0].at)
            yield fail(
                f"The cookies of the application behind {site.name}{page.url} are not changed by Header always",
                at=lines[0].at,
                key=f"{site.name}{page.url}",
                expected="Header edit Set-Cookie, without always",
            )
