r"""Apache would refuse to start with this configuration.

## Why it matters
`httpd -t` stops at such a line. Whatever is running now runs with something else, and the next restart fails. Its other settings
are not judged.

## Bad: a comment behind a value
```text httpd.conf
Listen 80
LoadModule authz_core_module modules/mod_authz_core.so
ServerSignature Off # not in pages
```

## Bad: options with and without signs
```text httpd.conf
Listen 80
<Directory "/srv/records">
    Options FollowSymLinks -Indexes
</Directory>
```

## Bad: a module that nothing loads
```text httpd.conf
Listen 80
LoadModule authz_core_module modules/mod_authz_core.so
Header always set X-Frame-Options DENY
```

## Bad: a section that does not end
```text httpd.conf
Listen 80
<Directory "/srv/records">
    Require all granted
```

## Good
```text httpd.conf
Listen 80
LoadModule authz_core_module modules/mod_authz_core.so
# not in pages
ServerSignature Off
```

## Good: only where the module is there
```text httpd.conf
Listen 80
LoadModule authz_core_module modules/mod_authz_core.so
<IfModule headers_module>
    Header always set X-Frame-Options DENY
</IfModule>
```

## Fix
Correct the line and test the configuration before it is rolled out:
```text
apachectl configtest
```

## References
- Apache HTTP Server 2.4 manual, Configuration files: https://httpd.apache.org/docs/2.4/configuring.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.apache import Apache


@check(
    "apache-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def apache_refused_configuration(apache: Apache) -> Iterator[Diagnostic]:
    for problem in apache.refused:
        yield fail(f"Apache would refuse to start: {problem.message}", at=problem.at, key=problem.message)
