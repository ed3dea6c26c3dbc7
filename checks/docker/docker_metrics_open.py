"""The Docker daemon shows its metrics to anyone who reaches it.

## Why it matters
The metrics ask for no log-in and are sent in clear text. They tell the versions of daemon and kernel, how many containers
run and what fails: what somebody wants to know before an attack.

## Bad
```json daemon.json
{
  "metrics-addr": "0.0.0.0:9323" # <-
}
```

## Bad: without an address
```json daemon.json
{
  "metrics-addr": ":9323" # <-
}
```

## Good
```json daemon.json
{
  "metrics-addr": "127.0.0.1:9323"
}
```

## Fix
```json
{"metrics-addr": "127.0.0.1:9323"}
```

## References
- Docker manual, "Collect Docker metrics with Prometheus"; dockerd reference, "Daemon metrics"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.docker import Docker


@check("docker-metrics-open", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def docker_metrics_open(docker: Docker) -> Iterator[Diagnostic]:
    metrics = known(docker.metrics)
    if metrics is not None and not metrics.exposure.is_loopback:
        yield fail(
            f"Everybody who reaches {metrics} reads the daemon's metrics",
            at=metrics.at,
            severity=metrics.exposure.scale(MEDIUM),
        )
