r"""Apache does not check the certificate of the server behind it.

## Why it matters
`SSLProxyVerify none` is the default: any certificate is accepted, one that an attacker made for the name too. With the check of
the name switched off as well, a certificate for any name passes.

## Bad: the default
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLProxyEngine on
    ProxyPass "/" "https://records.internal.example:8443/"
</VirtualHost>
```

## Bad: the name is not compared
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLProxyEngine on
    SSLProxyVerify require
    SSLProxyCACertificateFile /etc/ssl/clinic-ca.pem
    SSLProxyCheckPeerName off  # <-
    ProxyPass "/" "https://records.internal.example:8443/"
</VirtualHost>
```

## Bad: a virtual host in a file of its own
```text sites-available/records.conf
<VirtualHost *:443>
    ServerName records.clinic.example
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLProxyEngine on
    SSLProxyVerify none  # <-
    ProxyPass "/" "https://records.internal.example/"
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
    SSLProxyEngine on
    SSLProxyVerify require
    SSLProxyCACertificateFile /etc/ssl/clinic-ca.pem
    ProxyPass "/" "https://records.internal.example:8443/"
</VirtualHost>
```

## Good: no such server
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLProxyEngine on
    ProxyPass "/" "http://127.0.0.1:8080/"
</VirtualHost>
```

## Good: on the same host
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    SSLProxyEngine on
    ProxyPass "/" "https://localhost:8443/"
</VirtualHost>
```

## Fix
```text
SSLProxyVerify require
SSLProxyCACertificateFile /etc/ssl/clinic-ca.pem
```

## References
- Apache HTTP Server 2.4 manual, mod_ssl: https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyverify
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache


@check("apache-upstream-not-verified", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def apache_upstream_not_verified(apache: Apache) -> Iterator[Diagnostic]:
    for site in apache.reachable:
        remote = next(
            (
                each
                for each in site.upstreams
                if not isinstance(each, Unknown)
                and each.url.lower().startswith(("https:", "wss:"))
                and not each.is_local
            ),
            None,
        )
        if remote is None:
            continue
        verify, name = site.word("sslproxyverify", "none"), site.word("sslproxycheckpeername", "on")
        if isinstance(verify, Unknown) or (isinstance(name, Unknown) and verify == "require"):
            yield not_evaluated("how certificates are checked is not known")
        elif verify != "require":
            yield fail(
                f"{site.name} accepts any certificate of the server that {remote.path or 'a path'} is passed on to",
                at=site.where("sslproxyverify") if site.sets("sslproxyverify") else remote.at,
                key=f"{site.name} verify",
                severity=HIGH if name == "off" else MEDIUM,
                expected="SSLProxyVerify require with SSLProxyCACertificateFile",
            )
        elif name == "off":
            yield fail(
                f"{site.name} accepts a certificate of another name from the server behind it",
                at=site.where("sslproxycheckpeername"),
                key=f"{site.name} name",
                expected="SSLProxyCheckPeerName on",
            )
