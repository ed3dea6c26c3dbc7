"""Nodes of a RabbitMQ cluster talk to each other without TLS.

## Why it matters
Messages are copied between the nodes, and who knows the shared cookie may run code on them. Erlang's distribution sends
all of it in clear text unless it is told to use TLS.

## Bad
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1  # <-
    volumes: ["./rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf:ro"]
```
```text rabbitmq.conf
cluster_formation.peer_discovery_backend = dns
cluster_formation.dns.hostname = broker.clinic.example
```

## Good
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1
    environment:
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "-proto_dist inet_tls -ssl_dist_optfile /etc/rabbitmq/inter_node_tls.config"
    volumes: ["./rabbitmq.conf:/etc/rabbitmq/rabbitmq.conf:ro"]
```
```text rabbitmq.conf
cluster_formation.peer_discovery_backend = dns
cluster_formation.dns.hostname = broker.clinic.example
```

## Good: one node
```yaml compose.yaml
services:
  broker:
    image: rabbitmq:4.1
```

## Fix
```text
RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-proto_dist inet_tls -ssl_dist_optfile /etc/rabbitmq/inter_node_tls.config"
RABBITMQ_CTL_ERL_ARGS="-proto_dist inet_tls -ssl_dist_optfile /etc/rabbitmq/inter_node_tls.config"
```

## References
- RabbitMQ 4.1 documentation, Securing Cluster (Inter-node) and CLI Tool Communication with TLS: https://www.rabbitmq.com/docs/clustering-ssl
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.rabbitmq import RabbitMq


@check("rabbitmq-internode-plaintext", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def rabbitmq_internode_plaintext(broker: RabbitMq) -> Iterator[Diagnostic]:
    if not known(broker.is_clustered):
        return
    arguments = known(broker.text("environment.erlang_arguments"))
    if arguments is None and not broker.has_environment:
        yield not_evaluated("the environment of the broker, which switches TLS on, is not in the scanned files")
    elif "inet_tls" not in (arguments or ""):
        yield fail(
            "Nodes of the cluster talk to each other without TLS",
            at=broker.where("environment.erlang_arguments"),
            expected="RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS with -proto_dist inet_tls",
        )
