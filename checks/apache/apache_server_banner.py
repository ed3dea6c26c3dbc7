r"""Apache tells every client its version and modules.

## Why it matters
The `Server` header with version, system and modules tells an attacker which known flaws to try. `ServerTokens` is Full until it is
set, and works in the main server only.

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

## Bad
```text httpd.conf
ServerTokens OS  # <-
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Good
```text httpd.conf
ServerTokens Prod
ServerSignature Off
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
</VirtualHost>
```

## Fix
```text
ServerTokens Prod
ServerSignature Off
```

## References
- Apache HTTP Server 2.4 manual, core: https://httpd.apache.org/docs/2.4/mod/core.html#servertokens
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.apache import Apache

_SHORT = {"prod", "productonly"}


@check("apache-server-banner", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def apache_server_banner(apache: Apache) -> Iterator[Diagnostic]:
    node = known(apache.directive("servertokens"))
    value = "full" if node is None else str(known(node.lower()[0]))
    if apache.reachable and value not in _SHORT:
        yield fail(
            f"Every answer names the server's version (ServerTokens {value}{' by default' if node is None else ''})",
            at=apache.at if node is None else node.at,
            expected="ServerTokens Prod",
        )
