r"""nginx answers files below a protected path from a location without that protection.

## Why it matters
A location with a regular expression is chosen before one with a plain path. Where `location ~ \.php$` stands beside a
protected `/admin/`, it answers `/admin/users.php`, and the password of `/admin/` is never asked for.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    location /admin/ {  # <-
      auth_basic "staff";
      auth_basic_user_file /etc/nginx/users;
    }
    location ~ \.php$ { fastcgi_pass unix:/run/php-fpm.sock; }
  }
}
```

## Bad: documents
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    location /letters {  # <-
      allow 10.20.0.0/16;
      deny all;
    }
    location ~* \.(pdf|zip)$ { expires 1h; }
  }
}
```

## Good: the path wins against expressions
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    location ^~ /admin/ {
      auth_basic "staff";
      auth_basic_user_file /etc/nginx/users;
      location ~ \.php$ { fastcgi_pass unix:/run/php-fpm.sock; }
    }
    location ~ \.php$ { fastcgi_pass unix:/run/php-fpm.sock; }
  }
}
```

## Good: an expression inside answers first
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    location /admin/ {
      auth_basic "staff";
      auth_basic_user_file /etc/nginx/users;
      location ~ \.php$ { fastcgi_pass unix:/run/php-fpm.sock; }
    }
    location ~ \.php$ { fastcgi_pass unix:/run/php-fpm.sock; }
  }
}
```

## Good: the application behind the path has no files here
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    server_name records.example;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    root /srv/www;
    location /admin/ {
      auth_basic "staff";
      auth_basic_user_file /etc/nginx/users;
      proxy_pass http://127.0.0.1:8000;
    }
    location ~ \.php$ { fastcgi_pass unix:/run/php-fpm.sock; }
  }
}
```

## Fix
Let the path win, and repeat inside what it needs:
```text
location ^~ /admin/ {
    auth_basic "staff";
    auth_basic_user_file /etc/nginx/users;
    location ~ \.php$ { fastcgi_pass unix:/run/php-fpm.sock; }
}
```

## References
- nginx manual, ngx_http_core_module, location: https://nginx.org/en/docs/http/ngx_http_core_module.html#location
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, MEDIUM, Control, Diagnostic, Related, Severity, Unknown, check, fail
from auditor.technologies.nginx import Nginx, Place, VirtualServer, location_for

from ._common import answering, widest

_SEVERITIES = {
    HIGH: ("php", "cgi", "pl", "jsp"),
    MEDIUM: ("pdf", "json", "xml", "csv", "txt", "zip", "html", "htm"),
    LOW: ("jpg", "jpeg", "png", "gif", "svg", "js", "css"),
}
"""How much it means that files with these ends are open; programs count only where they are run."""
_RULES = ("allow", "deny", "auth_basic", "auth_request")


@check("nginx-access-bypassed", severity=HIGH, control=Control.AUTHORIZATION, cwe=863)
def nginx_access_bypassed(nginx: Nginx) -> Iterator[Diagnostic]:
    for server in nginx.each_server():
        open_places = [place for place in answering(server) if _is_open_expression(place)]
        for place in server.places if open_places else ():
            found = _bypass(server, place, open_places) if _is_protected_path(place) else None
            if found is None:
                continue
            path, by, severity = found
            yield fail(
                f"{server} answers {path} from {by}, without the rules of {place}",
                at=place.at,
                severity=widest(nginx, server.listens).scale(severity),
                key=server.keyed(place),
                related=(Related(by.at, "chosen first, because it is a regular expression"),),
                expected=f"location ^~ {place.path}",
            )


def _is_protected_path(place: Place) -> bool:
    access = place.access
    return (
        place.head is not None
        and place.head.sign == ""
        and place.serves_files
        and not place.level.own("alias")
        and any(place.level.own(name) for name in _RULES)
        and not isinstance(access, Unknown)
        and access.is_restricted
    )


def _is_open_expression(place: Place) -> bool:
    access = place.access
    return (
        place.head is not None
        and place.head.is_regex
        and not place.level.own("alias")
        and not isinstance(access, Unknown)
        and not access.is_restricted
    )


def _bypass(server: VirtualServer, place: Place, others: list[Place]) -> tuple[str, Place, Severity] | None:
    """Return a path below a protected one, which place answers it instead, and how much that means."""
    for severity, ends in _SEVERITIES.items():
        for end in ends:
            path = f"{place.path.rstrip('/')}/x.{end}"
            level = location_for(server.level, path)
            by = next((other for other in others if other.level is level), None)
            if by is None or (severity is HIGH) != (by.passes is not None) or not _same_files(place, by):
                continue
            return path, by, severity
    return None


def _same_files(place: Place, other: Place) -> bool:
    root, others = place.level.text("root", ""), other.level.text("root", "")
    return not isinstance(root, Unknown) and root == others
