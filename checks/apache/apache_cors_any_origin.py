r"""Pages of any site may read what Apache answers.

## Why it matters
With `Access-Control-Allow-Origin: *` a page that a member of staff opens somewhere else reads answers from inside the clinic's
network. If the header repeats the origin of the request and credentials are allowed, it reads them with the session of the
user who is logged in.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    Header set Access-Control-Allow-Origin "*"  # <-
</VirtualHost>
```

## Bad: whatever origin asks
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SetEnvIf Origin "(.*)" origin=$1
    Header always set Access-Control-Allow-Origin "%{origin}e"  # <-
    Header always set Access-Control-Allow-Credentials "true"
</VirtualHost>
```

## Bad: the expression does not end behind the domain
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SetEnvIfNoCase Origin "^https://portal\.clinic\.example" AllowedOrigin=$0
    Header set Access-Control-Allow-Origin %{AllowedOrigin}e env=AllowedOrigin  # <-
    Header set Access-Control-Allow-Credentials "true"
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
    Header set Access-Control-Allow-Origin "https://portal.clinic.example"
</VirtualHost>
```

## Good: origins from a list
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SetEnvIf Origin "^https://(portal|staff)[.]clinic[.]example$" origin=$0
    Header always set Access-Control-Allow-Origin "%{origin}e" env=origin
    Header always set Access-Control-Allow-Credentials "true"
</VirtualHost>
```

## Fix
```text
Header set Access-Control-Allow-Origin "https://portal.clinic.example"
```

## References
- Apache HTTP Server 2.4 manual, mod_headers: https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header
- Fetch Standard, "CORS protocol": https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache


@check("apache-cors-any-origin", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def apache_cors_any_origin(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        origins, credentials = (
            page.possible_headers("Access-Control-Allow-Origin"),
            page.possible_headers("Access-Control-Allow-Credentials"),
        )
        if isinstance(origins, Unknown):
            yield not_evaluated(origins.reason)
            continue
        for origin in origins:
            stranger = site.stranger_reflected(origin.value)
            if origin.at in seen or not (origin.value == "*" or stranger):
                continue
            seen.add(origin.at)
            with_login = stranger is not None and not isinstance(credentials, Unknown) and bool(credentials)
            whose = "any site" if stranger is None else f"strangers' sites, such as {stranger}"
            yield fail(
                f"{site.name}{page.url} may be read by pages of {whose}"
                + (", with the user's log-in" if with_login else ""),
                at=origin.at,
                key=f"{site.name}{page.url}",
                severity=apache.reach_of(site).scale(HIGH if with_login else MEDIUM),
                expected="Header set Access-Control-Allow-Origin with the origins of the clinic's own pages",
            )
