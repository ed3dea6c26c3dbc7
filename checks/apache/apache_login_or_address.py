r"""Either a log-in or an address is enough to get in.

## Why it matters
`Require` lines beside each other mean "one of these". A line with addresses beside one with users lets everybody at those
addresses in without a log-in, and everybody with a password in from anywhere.

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
        Require valid-user  # <-
        Require ip 10.20
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
        <RequireAll>
            Require valid-user
            Require ip 10.20
        </RequireAll>
    </Location>
</VirtualHost>
```

## Good: several users
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
        Require user nurse
        Require group doctors
    </Location>
</VirtualHost>
```

## Good: an alternative that is written as one
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
        <RequireAny>
            Require valid-user
            Require ip 10.20
        </RequireAny>
    </Location>
</VirtualHost>
```

## Fix
```text
<RequireAll>
    Require valid-user
    Require ip 10.20
</RequireAll>
```

## References
- Apache HTTP Server 2.4 manual, Access control: https://httpd.apache.org/docs/2.4/howto/access.html
- Apache HTTP Server 2.4 manual, mod_authz_core: https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#require
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.apache import Apache, Rule, is_about_users

_PLACES = {"ip", "host", "local", "forward-dns"}


@check("apache-login-or-address", severity=HIGH, control=Control.AUTHENTICATION, cwe=287)
def apache_login_or_address(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        group = page.access.rules
        if group is None or group.kind != "any" or group.is_written:
            continue
        rules = [each for each in group.members if isinstance(each, Rule) and not each.negated and each.unsure is None]
        users = [rule for rule in rules if is_about_users(rule)]
        places = [rule for rule in rules if rule.kind in _PLACES]
        if users and places and users[0].at not in seen:
            seen.add(users[0].at)
            yield fail(
                f"{site.name}{page.url}: an address is enough without a log-in, and a log-in is enough from any address",
                at=users[0].at,
                key=f"{site.name}{page.url}",
                severity=apache.reach_of(site).scale(HIGH),
                expected="both lines inside <RequireAll>",
            )
