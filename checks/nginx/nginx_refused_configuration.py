"""nginx would refuse to start with this configuration.

## Why it matters
nginx stops at a line like this, and a reload keeps what ran before: the change is not in force, and the next restart
fails. Its other settings are not judged.

## Bad: twice in a block
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    autoindex off;
    autoindex on;  # <-
  }
}
```

## Bad: a forgotten semicolon
```text nginx.conf
events { }
http {
  server {
    server_name records.example;
    listen 127.0.0.1:80
  }  # <-
}
```

## Bad: TLS without a certificate
```text nginx.conf
events { }
http {
  server {  # <-
    listen 443 ssl;
    root /srv/www;
  }
}
```

## Bad: two default servers
```text nginx.conf
events { }
http {
  server { listen 127.0.0.1:80 default_server; }
  server {
    listen 127.0.0.1:80 default_server;  # <-
  }
}
```

## Good: several of those that may stand together
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    autoindex off;
    add_header X-One 1;
    add_header X-Two 2;
    location / { autoindex on; }
  }
}
```

## Good: the certificate stands further out
```text nginx.conf
events { }
http {
  ssl_certificate /etc/nginx/tls/site.crt;
  ssl_certificate_key /etc/nginx/tls/site.key;
  server {
    listen 443 ssl;
    root /srv/www;
  }
}
```

## Fix
Correct the line and test the configuration before it is rolled out:
```text
nginx -t -c /etc/nginx/nginx.conf
```

## References
- nginx manual, Command-line parameters: https://nginx.org/en/docs/switches.html
- nginx manual, Beginner's guide, Configuration file's structure: https://nginx.org/en/docs/beginners_guide.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.nginx import Nginx


@check(
    "nginx-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def nginx_refused_configuration(nginx: Nginx) -> Iterator[Diagnostic]:
    for problem in nginx.refused:
        yield fail(f"nginx would refuse to start: {problem.message}", at=problem.at, key=problem.message)
