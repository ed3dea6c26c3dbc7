"""nginx accepts broken or unauthenticated ciphers.

## Why it matters
With RC4, 3DES, export, NULL or anonymous ciphers in the list, a client or somebody on the way can choose one that is
read or impersonated with moderate effort. `@SECLEVEL=0` switches off the checks with which OpenSSL would refuse them.

## Bad
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:RC4-SHA:DES-CBC3-SHA;  # <-
  }
}
```

## Bad: OpenSSL's checks are off
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    ssl_ciphers DEFAULT@SECLEVEL=0;  # <-
  }
}
```

## Good: they are excluded by name
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
    ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!RC4:!3DES:!MD5;
  }
}
```

## Good: the default
```text nginx.conf
events { }
http {
  server {
    listen 443 ssl;
    ssl_certificate /etc/nginx/tls/site.crt;
    ssl_certificate_key /etc/nginx/tls/site.key;
  }
}
```

## Fix
```text
ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
```

## References
- nginx manual, ngx_http_ssl_module, ssl_ciphers: https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_ciphers
- OpenSSL 3.0 manual, openssl-ciphers: https://docs.openssl.org/3.0/man1/openssl-ciphers/
- RFC 7465, Prohibiting RC4 Cipher Suites (2015)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nginx import Nginx

_WEAK = {
    "RC4": "RC4",
    "3DES": "3DES",
    "CBC3": "3DES",
    "EXP": "export ciphers",
    "EXPORT": "export ciphers",
    "LOW": "ciphers of 64 bits and less",
    "NULL": "no encryption",
    "ENULL": "no encryption",
    "ANULL": "no certificate",
    "ADH": "no certificate",
    "AECDH": "no certificate",
}


def _weaknesses(ciphers: str) -> list[str]:
    """Return what a cipher list lets in: an excluded word (`!RC4`, `-RC4`) takes it away again."""
    words = [word for word in ciphers.replace("@", ":@").replace(",", ":").replace(" ", ":").split(":") if word]
    gone = {_WEAK.get(word[1:].upper()) for word in words if word[0] in "!-"}
    found: list[str] = []
    for word in words:
        if word.upper().startswith("@SECLEVEL=0"):
            found.append("OpenSSL's security level 0")
        elif word[0] not in "!-+":
            parts = {part.upper() for part in word.replace("+", "-").split("-")}
            found += [weak for part, weak in _WEAK.items() if part in parts and weak not in gone]
    return list(dict.fromkeys(found))


@check("nginx-weak-ciphers", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def nginx_weak_ciphers(nginx: Nginx) -> Iterator[Diagnostic]:
    seen: set[object] = set()
    for server in (*nginx.each_server(), *known(nginx.streams)):
        lines = known(server.level.in_force("ssl_ciphers")) if nginx.tls(server) else []
        for line in lines:
            found = _weaknesses(known(line.word))
            if found and line.at not in seen:
                seen.add(line.at)
                yield fail(
                    f"{server} lets in {', '.join(found)}",
                    at=line.at,
                    key=server.key,
                    expected="ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20",
                )
