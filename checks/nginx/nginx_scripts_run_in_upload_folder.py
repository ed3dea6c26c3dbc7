r"""nginx hands scripts in an upload folder to the interpreter.

## Why it matters
A location by regular expression for `.php` wins over a location by path, also below a folder that users upload to. An
uploaded `.php` file then runs on the server.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    root /srv/www;
    location /uploads/ {  # <-
      expires 1d;
    }
    location ~ \.php$ {
      fastcgi_pass unix:/run/php/php-fpm.sock;
    }
  }
}
```

## Good: the path wins
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    root /srv/www;
    location ^~ /uploads/ {
      expires 1d;
    }
    location ~ \.php$ {
      fastcgi_pass unix:/run/php/php-fpm.sock;
    }
  }
}
```

## Good: an earlier expression refuses
```text nginx.conf
events { }
http {
  server {
    listen 127.0.0.1:80;
    root /srv/www;
    location /uploads/ { expires 1d; }
    location ~* ^/(?:uploads|files)/.*\.php$ { deny all; }
    location ~ \.php$ {
      fastcgi_pass unix:/run/php/php-fpm.sock;
    }
  }
}
```

## Fix
```text
location ^~ /uploads/ {
}
```

## References
- nginx manual, ngx_http_core_module, location: https://nginx.org/en/docs/http/ngx_http_core_module.html#location
"""

import re
from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Related, Unknown, check, fail, known, lazy
from auditor.technologies.nginx import Nginx, Place, location_for

from ._common import widest

_UPLOADS = lazy(r"upload|/media\b|avatar|attachment|user-?files|user-?content|/documents?\b", re.IGNORECASE)
_INTERPRETERS = ("fastcgi_pass", "uwsgi_pass", "scgi_pass")


@check(
    "nginx-scripts-run-in-upload-folder",
    severity=HIGH,
    control=Control.MALICIOUS_UPLOAD,
    also=(Control.CODE_EXECUTION,),
    cwe=434,
)
def nginx_scripts_run_in_upload_folder(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        if not any(place.passes is not None and place.passes.name in _INTERPRETERS for place in server.places):
            continue
        for place in server.places:
            head = place.head
            if head is None or head.sign not in {"", "^~"} or not _UPLOADS.search(head.path) or not place.serves_files:
                continue
            level = known(location_for(server.level, head.path.rstrip("/") + "/sample.php"))
            answering = Place(level, None)
            access = answering.access
            denied = not isinstance(access, Unknown) and access.denies_everybody
            if answering.passes is not None and answering.passes.name in _INTERPRETERS and not denied:
                yield fail(
                    f"{server} runs .php files below {head.path}: another location wins over this one",
                    at=place.at,
                    severity=widest(nginx, server.listens).scale(HIGH),
                    key=server.keyed(place),
                    related=(Related(level.at, "hands the file to the interpreter"),),
                    expected=f"location ^~ {head.path}",
                )
