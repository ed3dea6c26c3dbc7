r"""Old access rules make the log-in optional.

## Why it matters
With `Satisfy any`, an `Allow` or `Require` that holds for everybody is enough, and the log-in beside it is never asked for. One
that holds for some addresses lets whoever sits there in without a name that the log could show.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Location "/records">
        AuthType Basic
        AuthName records
        AuthUserFile /etc/apache2/records.users
        Require valid-user
        Order deny,allow
        Satisfy any  # <-
    </Location>
</VirtualHost>
```

## Bad: an address in place of the log-in
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Location "/records">
        AuthType Basic
        AuthName records
        AuthUserFile /etc/apache2/records.users
        Require valid-user
        Order deny,allow
        Deny from all
        Allow from 10.20
        Satisfy any  # <-
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
    <Location "/records">
        AuthType Basic
        AuthName records
        AuthUserFile /etc/apache2/records.users
        Require valid-user
        Order deny,allow
        Satisfy all
    </Location>
</VirtualHost>
```

## Good: only the host itself needs none
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Location "/records">
        AuthType Basic
        AuthName records
        AuthUserFile /etc/apache2/records.users
        Require valid-user
        Order deny,allow
        Deny from all
        Allow from 127.0.0.1 ::1
        Satisfy any
    </Location>
</VirtualHost>
```

## Fix
Use `Require` alone, without `Order`, `Allow`, `Deny` and `Satisfy`:
```text
Require valid-user
```

## References
- Apache HTTP Server 2.4 manual, mod_access_compat: https://httpd.apache.org/docs/2.4/mod/mod_access_compat.html#satisfy
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail
from auditor.technologies.apache import Apache, Page

_LOCAL = ("127.", "::1", "localhost")


@check("apache-satisfy-any", severity=HIGH, control=Control.AUTHENTICATION, cwe=287)
def apache_satisfy_any(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        satisfy = next((node for node, _ in page.access.compat.lines if node.name == "satisfy"), None)
        if satisfy is None or satisfy.at in seen or not page.access.asks_for_login:
            continue
        is_open, addresses = page.is_open(), _let_in(page)
        if page.access.compat.satisfy("GET") != "any" or isinstance(is_open, Unknown) or not (is_open or addresses):
            continue
        seen.add(satisfy.at)
        yield fail(
            f"{site.name}{page.url} is open to everybody: Satisfy any makes the log-in optional"
            if is_open
            else f"{site.name}{page.url} asks clients of {', '.join(addresses[:3])} for no log-in: Satisfy any",
            at=satisfy.at,
            key=f"{site.name}{page.url}",
            severity=apache.reach_of(site).scale(HIGH if is_open else MEDIUM),
            expected="Require alone, without Satisfy",
        )


def _let_in(page: Page) -> list[str]:
    """Return the addresses of other hosts that Allow lines name."""
    words = [word for node, _ in page.access.compat.lines if node.name == "allow" for word in node.words[1:]]
    return [word for word in words if isinstance(word, str) and not word.lower().startswith((*_LOCAL, "all", "env="))]
