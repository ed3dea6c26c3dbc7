r"""Rules for some methods leave all others open.

## Why it matters
Inside `<Limit GET POST>` a `Require` holds for these methods alone. A client that sends OPTIONS, PUT, DELETE or a method of its
own making gets to the application without a log-in.

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
        <Limit GET POST>
            Require valid-user  # <-
        </Limit>
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
    </Location>
</VirtualHost>
```

## Good: all other methods are denied
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
        <Limit GET POST>
            Require valid-user
        </Limit>
        <LimitExcept GET POST>
            Require all denied
        </LimitExcept>
    </Location>
</VirtualHost>
```

## Fix
Take `<Limit>` away, or deny every other method:
```text
<LimitExcept GET POST>
    Require all denied
</LimitExcept>
```

## References
- Apache HTTP Server 2.4 manual, core: https://httpd.apache.org/docs/2.4/mod/core.html#limit
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import STRANGER, Apache, Client

_METHODS = ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND")


@check("apache-limit-methods", severity=HIGH, control=Control.AUTHORIZATION, cwe=650)
def apache_limit_methods(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        rules = [rule for rule in (page.access.rules.rules() if page.access.rules else ()) if rule.methods.names]
        if not rules or rules[0].at in seen:
            continue
        statuses = {
            method: page.access.status(Client(STRANGER, method=method, tls=True)) for method in ("GET", *_METHODS)
        }
        unknown = next((each for each in statuses.values() if isinstance(each, Unknown)), None)
        if unknown is not None:
            yield not_evaluated(unknown.reason)
            continue
        seen.add(rules[0].at)
        open_methods = [method for method in _METHODS if statuses[method] == 200]
        if open_methods and statuses["GET"] != 200:
            yield fail(
                f"{site.name}{page.url} asks for a log-in on some methods only: {', '.join(open_methods)} pass without one",
                at=rules[0].at,
                key=f"{site.name}{page.url}",
                severity=apache.reach_of(site).scale(HIGH),
                expected="Require outside of <Limit>",
            )
