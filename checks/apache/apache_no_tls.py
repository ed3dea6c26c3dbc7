r"""Apache serves pages of other hosts' clients without TLS.

## Why it matters
Log-ins, session cookies and records cross the network in clear text; whoever listens on the way reads them, and whoever
stands in the way changes them. A site on port 80 may do one thing: send every request to https.

## Bad
```text httpd.conf
Listen 80
<VirtualHost *:80>  # <-
    ServerName records.clinic.example
    DocumentRoot /srv/records
</VirtualHost>
```

## Bad: only one path is sent to https
```text httpd.conf
Listen 80
<VirtualHost *:80>  # <-
    ServerName records.clinic.example
    DocumentRoot /srv/records
    Redirect permanent /login https://records.clinic.example/login
</VirtualHost>
```

## Bad: the configuration of the image
```yaml compose.yaml
services:
  web:
    image: httpd:2.4  # <-
    ports: ["80:80"]
```

## Bad: a virtual host in a file of its own
```text sites-available/records.conf
<VirtualHost *:80>  # <-
    ServerName records.clinic.example
    DocumentRoot /srv/records
</VirtualHost>
```

## Good: everything is sent to https
```text httpd.conf
Listen 80
<VirtualHost *:80>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    Redirect permanent / https://records.clinic.example/
</VirtualHost>
```

## Good: a rewrite to https
```text httpd.conf
Listen 80
<VirtualHost *:80>
    ServerName records.clinic.example
    RewriteEngine On
    RewriteCond %{HTTPS} off
    RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]
</VirtualHost>
```

## Good: only the same host reaches it
```text httpd.conf
Listen 127.0.0.1:80
<VirtualHost *:80>
    ServerName records.clinic.example
    DocumentRoot /srv/records
</VirtualHost>
```

## Good: TLS, inherited from the main server
```text httpd.conf
Listen 443
SSLEngine on
SSLCertificateFile /etc/ssl/records.pem
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
</VirtualHost>
```

## Fix
Serve the site on port 443 and send port 80 there:
```text
<VirtualHost *:80>
    ServerName records.clinic.example
    Redirect permanent / https://records.clinic.example/
</VirtualHost>
```

## References
- Apache HTTP Server 2.4 manual, mod_ssl: https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslengine
- Apache HTTP Server 2.4 manual, mod_alias: https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache


@check("apache-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def apache_no_tls(apache: Apache) -> Iterator[Diagnostic]:
    for site in apache.reachable:
        if site.expects_tls:
            continue  # apache-tls-engine-missing
        tls, redirect = site.tls, site.redirect
        unknown = next((each for each in (tls, redirect) if isinstance(each, Unknown)), None)
        if tls is True or (redirect is not None and not isinstance(redirect, Unknown)):
            continue
        if unknown is not None:
            yield not_evaluated(unknown.reason)
            continue
        reachable, serves = site.is_reachable, site.serves_anything
        open_question = next((each for each in (reachable, serves) if isinstance(each, Unknown)), None)
        if open_question is not None:
            yield not_evaluated(open_question.reason)
        elif reachable is True and serves is True:
            exposure = apache.reach_of(site).in_clear
            yield fail(
                f"{site.name} is served without TLS and does not send clients to https; {exposure.reason}",
                at=site.at,
                key=site.name,
                severity=exposure.scale(HIGH),
                expected="SSLEngine on with a certificate, and a redirect from port 80",
            )
