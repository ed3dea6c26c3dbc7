"""HAProxy asks for a client certificate and lets clients in without one.

## Why it matters
With `verify optional` the handshake succeeds without a certificate, and with `crt-ignore-err all` even with one of an
unknown authority; whether there was a good one stands in `ssl_c_used` and `ssl_c_verify`. If nothing looks at it, the
certificates protect nothing.

## Bad
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem ca-file /etc/haproxy/clients.pem verify optional  # <-
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Bad: required, and every fault is ignored
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem ca-file /etc/haproxy/clients.pem verify required crt-ignore-err all ca-ignore-err all  # <-
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Good
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem ca-file /etc/haproxy/clients.pem verify required
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Good: a rule looks at the result
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem ca-file /etc/haproxy/clients.pem verify optional
  http-request deny unless { ssl_c_used } { ssl_c_verify 0 }
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Fix
```text
bind :443 ssl crt /etc/haproxy/site.pem ca-file /etc/haproxy/clients.pem verify required
```

## References
- HAProxy configuration manual 2.6, bind options, verify: https://docs.haproxy.org/2.6/configuration.html#5.1-verify
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.haproxy import Haproxy, Proxy


def _looks(proxy: Proxy) -> bool:
    """Tell whether a line speaks of the certificate, or hands it to the application."""
    return any("ssl_c_" in word or "ssl_fc_has_crt" in word for line in proxy.lines for word in line.words)


@check("haproxy-client-certificate-optional", severity=HIGH, control=Control.AUTHENTICATION, cwe=295)
def haproxy_client_certificate_optional(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.listening(haproxy.frontends()):
        looks = any(_looks(proxy) for proxy in (frontend, *haproxy.backends_of(frontend)))
        for bind in haproxy.known_binds(frontend):
            ignores = bind.options.get("crt-ignore-err") == "all"
            if not bind.asks_for_certificate or looks:
                continue
            if bind.client_certificates == "optional" or ignores:
                yield fail(
                    f"{frontend} lets clients without a valid certificate in on {bind}, and no rule looks at the result",
                    at=bind.at,
                    severity=haproxy.reach(bind).scale(HIGH),
                    key=f"{frontend.name} {bind}",
                    expected="verify required",
                )
