"""HAProxy takes the client's address from whoever sends it.

## Why it matters
With `accept-proxy` every client that reaches the port names its own address in the first line. Address rules and rate
limits then protect nothing, and the log holds what the client wants it to hold. `option forwardfor if-none` does the
same to the application behind: an address that the client sends is passed on.

## Bad
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem accept-proxy  # <-
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Bad: what the client says is passed on
```text haproxy.cfg
defaults
  mode http
  option forwardfor if-none  # <-
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Good: the address is believed from the load balancer in front
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
  tcp-request connection expect-proxy layer4 if { src 10.8.0.0/24 }
  option forwardfor
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Good: other clients are turned away before
```text haproxy.cfg
defaults
  mode http
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem accept-proxy
  tcp-request connection reject unless { src 10.8.0.0/24 }
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Good: what the client says is deleted
```text haproxy.cfg
defaults
  mode http
  option forwardfor if-none
frontend www
  bind :443 ssl crt /etc/haproxy/site.pem
  http-request del-header X-Forwarded-For
  default_backend app
backend app
  server app1 127.0.0.1:8000
```

## Fix
```text
tcp-request connection expect-proxy layer4 if { src 10.8.0.0/24 }
option forwardfor
```

## References
- HAProxy configuration manual 2.6, bind options, accept-proxy: https://docs.haproxy.org/2.6/configuration.html#5.1-accept-proxy
- HAProxy configuration manual 2.6, option forwardfor: https://docs.haproxy.org/2.6/configuration.html#4.2-option%20forwardfor
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.haproxy import Haproxy, Proxy

from ._common import widest


def _cleans(frontend: Proxy) -> bool:
    """Tell whether a rule deletes or sets the header."""
    return any(
        line.words[1:2] in {("del-header",), ("set-header",)}
        and "x-forwarded-for" in {word.lower() for word in line.words}
        for line in frontend.all("http-request")
    )


@check("haproxy-client-address-forgeable", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=348)
def haproxy_client_address_forgeable(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for frontend in haproxy.frontends():
        trusting = [bind for bind in haproxy.remote(frontend) if "accept-proxy" in bind.options]
        if trusting and not any(frontend.all("tcp-request", "connection", "reject")):
            yield fail(
                f"{frontend} believes every client on {trusting[0]} what address it has",
                at=trusting[0].at,
                severity=widest(haproxy, trusting).scale(MEDIUM),
                key=f"{frontend.name} accept-proxy",
                expected="tcp-request connection expect-proxy for the addresses of the proxies in front",
            )
    for frontend in haproxy.listening(haproxy.web()):
        remote = haproxy.remote(frontend)
        proxies = (frontend, *haproxy.backends_of(frontend))
        lines = [line for proxy in proxies for line in list(proxy.all("option", "forwardfor"))[-1:] if not line.doubt]
        if remote and lines and "if-none" in lines[0].words and not any(_cleans(proxy) for proxy in proxies):
            yield fail(
                f"{frontend} passes on the address that a client sends in X-Forwarded-For",
                at=lines[0].at,
                severity=widest(haproxy, remote).scale(MEDIUM),
                key=f"{frontend.name} forwardfor",
                expected="option forwardfor without if-none, or http-request del-header before",
            )
