"""Editors of Grafana can run scripts in the browsers of others.

## Why it matters
With `disable_sanitize_html`, text panels show whatever HTML and script an editor writes. A script in a dashboard acts as the
administrator who opens it.

## Bad
```ini grafana.ini
[panels]
disable_sanitize_html = true  ; <-
```

## Good
```ini grafana.ini
[panels]
disable_sanitize_html = false
```

## Good: the variable beats the file
```yaml compose.yaml
services:
  dashboards:
    image: grafana/grafana:11.2.0
    environment:
      GF_PANELS_DISABLE_SANITIZE_HTML: "0"
    volumes: ["./grafana.ini:/etc/grafana/grafana.ini:ro"]
```
```ini grafana.ini
[panels]
disable_sanitize_html = true
```

## Fix
```ini
[panels]
disable_sanitize_html = false
```

## References
- Grafana 11, Configure Grafana, panels (disable_sanitize_html): https://grafana.com/docs/grafana/v11.0/setup-grafana/configure-grafana/#panels
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.grafana import Grafana


@check("grafana-html-not-sanitised", severity=MEDIUM, control=Control.CODE_EXECUTION, cwe=79)
def grafana_html_not_sanitised(grafana: Grafana) -> Iterator[Diagnostic]:
    if known(grafana.is_on("panels.disable_sanitize_html")):
        yield fail(
            "Scripts that editors write into text panels run in the browsers of others",
            at=grafana.where("panels.disable_sanitize_html"),
            expected="disable_sanitize_html = false",
        )
