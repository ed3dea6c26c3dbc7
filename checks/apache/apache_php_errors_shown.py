r"""PHP shows its errors to every client.

## Why it matters
Error messages hold paths, pieces of SQL and values of variables: of the last patient whose record was read, too.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    php_flag display_errors on  # <-
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
    php_flag display_errors off
</VirtualHost>
```

## Good: written to the log
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    php_admin_flag display_errors off
    php_flag log_errors on
</VirtualHost>
```

## Fix
```text
php_admin_flag display_errors off
php_admin_flag log_errors on
```

## References
- PHP manual, display_errors: https://www.php.net/manual/en/errorfunc.configuration.php#ini.display-errors
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.apache import Apache, Node

_NAMES = {"php_flag", "php_admin_flag", "php_value", "php_admin_value"}


@check("apache-php-errors-shown", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=209)
def apache_php_errors_shown(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.pages:
        lines = [
            node for scope in page.scopes for node in scope if node.name in _NAMES and node.word(0) == "display_errors"
        ]
        shown: Node | None = lines[-1] if lines else None
        if shown is None or shown.doubt() is not None or shown.at in seen:
            continue
        if str(shown.word(1)).lower() in {"on", "1", "true", "yes", "stdout"}:
            seen.add(shown.at)
            yield fail(
                f"{site.name}{page.url} shows the errors of PHP to clients", at=shown.at, key=f"{site.name}{page.url}"
            )
