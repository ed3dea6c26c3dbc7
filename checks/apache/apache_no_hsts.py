r"""A site with TLS does not tell browsers to stay with https.

## Why it matters
Without `Strict-Transport-Security` a browser follows a link or a typed address to http first. An attacker on the same network
answers in place of the server, and the user never reaches the encrypted site. With `Header set` the header is missing on
redirects and errors; `Header always set` puts it on every answer.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>  # <-
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Bad: on successful answers only
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    Header set Strict-Transport-Security "max-age=63072000"  # <-
</VirtualHost>
```

## Bad: switched off for the browser
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    Header always set Strict-Transport-Security "max-age=0"  # <-
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
    Header always set Strict-Transport-Security "max-age=63072000; includeSubDomains"
</VirtualHost>
```

## Good: set for the whole server
```text httpd.conf
Header always set Strict-Transport-Security "max-age=63072000"
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    Header always set X-Frame-Options DENY
</VirtualHost>
```

## Fix
```text
Header always set Strict-Transport-Security "max-age=63072000; includeSubDomains; preload"
```

## References
- Apache HTTP Server 2.4 manual, mod_headers: https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header
- RFC 6797, HTTP Strict Transport Security (2012), sections 6.1 and 7.2
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache, hsts_seconds


@check("apache-no-hsts", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=523)
def apache_no_hsts(apache: Apache) -> Iterator[Diagnostic]:
    for site in apache.reachable:
        if site.tls is False:
            continue
        found = site.page("/").headers("Strict-Transport-Security")
        if isinstance(found, Unknown) or isinstance(site.tls, Unknown):
            yield not_evaluated(found.reason if isinstance(found, Unknown) else "whether it speaks TLS is not known")
            continue
        if not found and site.host.main_open is not None:
            yield not_evaluated(site.host.main_open.reason)
            continue
        kept = [each for each in found if hsts_seconds(each.value) != 0]
        if not kept:
            missing = "does not send Strict-Transport-Security" if not found else "tells browsers to forget https"
            if not found and site.upstreams:
                yield not_evaluated(f"{site.name} passes requests on; the server behind it may send the header")
                continue
            yield fail(
                f"{site.name} {missing}",
                at=found[0].at if found else site.at,
                key=site.name,
                severity=apache.reach_of(site).scale(MEDIUM),
                expected='Header always set Strict-Transport-Security "max-age=63072000"',
            )
        elif not any(each.always for each in kept):
            yield fail(
                f"{site.name} sends Strict-Transport-Security on successful answers only, not on redirects and errors",
                at=kept[0].at,
                key=site.name,
                severity=LOW,
                expected="Header always set",
            )
