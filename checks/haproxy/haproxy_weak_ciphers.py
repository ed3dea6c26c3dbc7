"""HAProxy accepts broken or unauthenticated ciphers.

## Why it matters
With RC4, 3DES, export, NULL or anonymous ciphers in the list, a client or somebody on the way can choose one that is
read or impersonated with moderate effort. `@SECLEVEL=0` switches off the checks with which OpenSSL would refuse them.

## Bad
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem ciphers ECDHE-RSA-AES128-GCM-SHA256:RC4-SHA:DES-CBC3-SHA  # <-
```

## Bad: by a default for all listeners
```text haproxy.cfg
global
  ssl-default-bind-ciphers HIGH:!aNULL:@SECLEVEL=0
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem  # <-
```

## Good: they are excluded by name
```text haproxy.cfg
global
  ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!RC4:!3DES
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
```

## Good: the listener has a list of its own
```text haproxy.cfg
global
  ssl-default-bind-ciphers ALL:RC4-SHA
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem ciphers ECDHE+AESGCM:ECDHE+CHACHA20
```

## Fix
```text
global
    ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20
```

## References
- HAProxy configuration manual 2.6, ssl-default-bind-ciphers: https://docs.haproxy.org/2.6/configuration.html#3.1-ssl-default-bind-ciphers
- OpenSSL 3.0 manual, openssl-ciphers: https://docs.openssl.org/3.0/man1/openssl-ciphers/
- RFC 7465, Prohibiting RC4 Cipher Suites (2015)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.haproxy import Haproxy

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
    words = [word for word in ciphers.replace(",", ":").split(":") if word]
    gone = {_WEAK.get(word[1:].upper()) for word in words if word[0] in "!-"}
    found: list[str] = []
    for word in words:
        if word.upper().startswith("@SECLEVEL=0"):
            found.append("OpenSSL's security level 0")
        elif word[0] not in "!-+":
            parts = {part.upper() for part in word.replace("+", "-").split("-")}
            found += [weak for part, weak in _WEAK.items() if part in parts and weak not in gone]
    return list(dict.fromkeys(found))


@check("haproxy-weak-ciphers", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def haproxy_weak_ciphers(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.listening(haproxy.frontends()):
        for bind in haproxy.known_binds(frontend):
            if bind.is_tls and (found := _weaknesses(known(haproxy.ciphers(frontend, bind)) or "")):
                yield fail(
                    f"{frontend} lets in {', '.join(found)} on {bind}",
                    at=bind.at,
                    severity=haproxy.reach(bind).scale(MEDIUM),
                    key=f"{frontend.name} {bind}",
                    expected="ciphers ECDHE+AESGCM:ECDHE+CHACHA20",
                )
