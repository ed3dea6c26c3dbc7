"""HAProxy would refuse to start with this configuration.

## Why it matters
HAProxy stops at a line like this, and a reload keeps what ran before: the change is not in force, and the next restart
fails. Its other settings are not judged.

## Bad: TLS to a server without an authority to check it by
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app
  server app1 10.20.0.7:8443 ssl  # <-
```

## Bad: a backend that is not there
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  default_backend application  # <-
backend app
  server app1 127.0.0.1:8000
```

## Bad: a condition with a list that is not declared
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  acl from_office src 10.8.0.0/24
  http-request deny unless from_offices  # <-
```

## Bad: rules in defaults without a name
```text haproxy.cfg
defaults
  mode http
  http-request redirect scheme https unless { ssl_fc }  # <-
frontend www
  bind 127.0.0.1:80
```

## Bad: defaults with rules for frontends and backends
```text haproxy.cfg
defaults web
  mode http
  http-request redirect scheme https unless { ssl_fc }
frontend www
  bind 127.0.0.1:80
  default_backend app
backend app  # <-
  server app1 127.0.0.1:8000
```

## Good: rules in defaults with a name
```text haproxy.cfg
defaults web
  mode http
  http-request redirect scheme https unless { ssl_fc }
frontend www from web
  bind 127.0.0.1:80
```

## Good: the server is checked by an authority, and the condition is declared
```text haproxy.cfg
defaults
  mode http
frontend www
  bind 127.0.0.1:80
  acl from_office src 10.8.0.0/24
  http-request deny unless from_office METH_GET
  default_backend app
backend app
  server app1 10.20.0.7:8443 ssl ca-file /etc/haproxy/ca.pem
```

## Fix
Correct the line and test the configuration before it is rolled out:
```text
haproxy -c -f /etc/haproxy/haproxy.cfg
```

## References
- HAProxy management guide 2.6, Starting HAProxy: https://docs.haproxy.org/2.6/management.html#3
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.haproxy import Haproxy


@check(
    "haproxy-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def haproxy_refused_configuration(haproxy: Haproxy) -> Iterator[Diagnostic]:
    for problem in haproxy.refused:
        yield fail(f"HAProxy would refuse to start: {problem.message}", at=problem.at, key=problem.message)
