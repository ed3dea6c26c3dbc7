"""Kibana never ends an idle session.

## Why it matters
A browser that is left open on a ward stays logged in. An idle time of 0 switches the automatic log-off off; without the
setting Kibana 8 waits three days.

## Bad
```yaml kibana.yml
server.host: 10.20.0.8
xpack.security.session.idleTimeout: 0  # <-
```

## Good
```yaml kibana.yml
server.host: 10.20.0.8
xpack.security.session.idleTimeout: 30m
```

## Good: the default
```yaml kibana.yml
server.host: 10.20.0.8
```

## Fix
```yaml
xpack.security.session:
  idleTimeout: 30m
  lifespan: 12h
```

## References
- Kibana reference 8.x, "Security settings in Kibana": https://www.elastic.co/guide/en/kibana/8.18/security-settings-kb.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.kibana import Kibana


@check("kibana-session-endless", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def kibana_session_endless(server: Kibana) -> Iterator[Diagnostic]:
    name = "xpack.security.session.idleTimeout"
    value = known(server.text(name))
    if value is not None and not value.strip("0msMhdwy "):
        yield fail("Kibana never ends an idle session", at=server.where(name), expected=f"{name}: 30m")
