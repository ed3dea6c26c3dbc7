"""A data store's port is published on the host's network.

## Why it matters
A published port is open to everybody who reaches the host, past the host's firewall in most set-ups, because Docker
writes its own rules before those of `ufw`. Services of the same project reach the data store without it.

## Bad
```yaml compose.yaml
services:
  db:
    image: postgres:16
    ports:
      - "5432:5432" # <-
```

## Bad: another number on the host
```yaml compose.yaml
services:
  cache:
    image: bitnami/redis:7.2
    ports:
      - target: 6379 # <-
        published: "16379"
```

## Bad: on one address of the host
```yaml compose.yaml
services:
  db:
    image: mongo:7.0
    ports:
      - "10.0.3.7:27017:27017" # <-
```

## Bad: images whose name does not start with the product's
```yaml compose.yaml
services:
  broker:
    image: confluentinc/cp-kafka:8.0.0
    ports:
      - "9092:9092" # <-
  db:
    image: mcr.microsoft.com/mssql/server:2022-latest
    ports:
      - "1433:1433" # <-
```

## Bad: through a proxy that passes on what comes in
```yaml compose.yaml
services:
  proxy:
    image: nginx:1.27
    ports:
      - "5432:5432"
    volumes:
      - ./nginx.conf:/etc/nginx/nginx.conf:ro
  db:
    image: postgres:16
```
```text nginx.conf
events { }
stream {
  server {
    listen 5432;
    proxy_pass db:5432;  # <-
  }
}
```

## Good
```yaml compose.yaml
services:
  db:
    image: postgres:16
    expose: ["5432"]
```

## Good: a proxy that is published on the host's loopback address
```yaml compose.yaml
services:
  proxy:
    image: nginx:1.27
    ports:
      - "127.0.0.1:5432:5432"
    volumes:
      - ./nginx.conf:/etc/nginx/nginx.conf:ro
  db:
    image: postgres:16
```
```text nginx.conf
events { }
stream {
  server {
    listen 5432;
    proxy_pass db:5432;
  }
}
```

## Good: for the host itself only
```yaml compose.yaml
services:
  db:
    image: postgres:16
    ports:
      - "127.0.0.1:5432:5432"
```

## Good: Docker publishes no port of a container on internal networks
```yaml compose.yaml
services:
  db:
    image: postgres:16
    ports:
      - "5432:5432"
    networks: [data]
networks:
  data:
    internal: true
```

## Good: a program that happens to use the number
```yaml compose.yaml
services:
  web:
    image: example/web:1
    ports:
      - "5432:5432"
```

## Fix
Remove the port, or bind it to loopback.
```yaml
ports:
  - "127.0.0.1:5432:5432"
```

## References
- Compose Specification, "Services", `ports`
- Docker manual, "Packet filtering and firewalls", "Docker and ufw"
"""

from collections.abc import Iterator
from ipaddress import ip_address

from auditor.api import HIGH, Control, Diagnostic, Unknown, Workload, check, fail, not_evaluated

from ._common import datastore_ports


def _is_private(address: str) -> bool:
    try:
        return ip_address(address).is_private
    except ValueError:
        return False


@check("datastore-port-published", severity=HIGH, control=Control.NETWORK_EXPOSURE, cwe=668)
def datastore_port_published(workload: Workload) -> Iterator[Diagnostic]:
    listening = datastore_ports(workload)
    for way in workload.passages if workload.origin != "kubernetes" else ():
        if way.port in listening and not way.exposure.relayed and not way.is_local:
            yield fail(
                f"Container {workload.name} listens on port {way.port}: {way.exposure.reason}",
                at=way.exposure.at,
                key=f"{way.port} through {way.exposure.through}",
            )
    if workload.origin == "kubernetes" or not listening or workload.confined is not None:
        return
    for port in workload.ports:
        if not port.published or port.host_ip.startswith("127.") or port.host_ip in {"::1", "localhost"}:
            continue
        if isinstance(port.container, Unknown):
            yield not_evaluated(port.container.reason)
        elif port.container in listening:
            where = port.host_ip or "all addresses"
            severity = HIGH.lowered(1) if _is_private(port.host_ip) else HIGH
            yield fail(
                f"Container {workload.name} listens on port {port.container}, published on {where} of the host",
                at=port.at,
                severity=severity,
                key=str(port.container),
            )
