r"""Files in a folder for uploads run as programs.

## Why it matters
A script that somebody uploads instead of a scan or a letter runs with the rights of the server when it is asked for: a web shell.

## Bad
```text httpd.conf
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records/uploads">
        Options +ExecCGI
        AddHandler cgi-script .cgi .pl  # <-
        Require all granted
    </Directory>
</VirtualHost>
```

## Bad: PHP for the whole site
```text httpd.conf
<FilesMatch "[.]php$">
    SetHandler application/x-httpd-php  # <-
</FilesMatch>
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records/uploads">
        Require all granted
    </Directory>
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
    <Directory "/srv/records/uploads">
        Options None
        SetHandler none
        Require all granted
    </Directory>
</VirtualHost>
```

## Good: PHP is switched off there
```text httpd.conf
<FilesMatch "[.]php$">
    SetHandler application/x-httpd-php
</FilesMatch>
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records/uploads">
        php_admin_flag engine off
        Require all granted
    </Directory>
</VirtualHost>
```

## Good: not served at all
```text httpd.conf
<FilesMatch "[.]php$">
    SetHandler application/x-httpd-php
</FilesMatch>
Listen 443
<VirtualHost *:443>
    ServerName records.clinic.example
    DocumentRoot /srv/records
    SSLEngine on
    SSLCertificateFile /etc/ssl/records.pem
    <Directory "/srv/records/uploads">
        Require all denied
    </Directory>
</VirtualHost>
```

## Fix
```text
<Directory "/srv/records/uploads">
    Options None
    php_admin_flag engine off
    <FilesMatch "[.](?:php|phtml|cgi|pl|sh)$">
        Require all denied
    </FilesMatch>
</Directory>
```

## References
- Apache HTTP Server 2.4 manual, core: https://httpd.apache.org/docs/2.4/mod/core.html#sethandler
- PHP manual, "Runtime configuration", php_admin_flag: https://www.php.net/manual/en/configuration.changes.php
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.apache import Apache


@check(
    "apache-upload-execution", severity=HIGH, control=Control.MALICIOUS_UPLOAD, also=(Control.CODE_EXECUTION,), cwe=434
)
def apache_upload_execution(apache: Apache) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for site, page in apache.upload_folders:
        if page.at in seen:
            continue
        seen.add(page.at)
        runner = site.script_handler(page.url)
        if isinstance(runner, Unknown):
            yield not_evaluated(runner.reason)
        elif runner is not None:
            yield fail(
                f"A script that is uploaded to {site.name}{page.url} runs when it is asked for",
                at=runner.at,
                key=f"{site.name}{page.url}",
                severity=apache.reach_of(site).scale(HIGH),
                expected="Options None and no handler for scripts in this folder",
            )
