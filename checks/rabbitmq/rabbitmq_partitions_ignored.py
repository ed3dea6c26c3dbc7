"""Nodes of a RabbitMQ cluster go on by themselves after a network partition.

## Why it matters
With `ignore`, the default, both sides of a broken network keep serving. Each has its own users, bindings and queues from
then on, and when the network is back somebody has to choose a side: what the other one accepted is lost.

## Bad: the default
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
cluster_formation.peer_discovery_backend = classic_config
cluster_formation.classic_config.nodes.1 = rabbit@one
cluster_formation.classic_config.nodes.2 = rabbit@two
```

## Bad
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
cluster_formation.peer_discovery_backend = k8s
cluster_partition_handling = ignore  # <-
```

## Good
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
cluster_formation.peer_discovery_backend = k8s
cluster_partition_handling = pause_minority
```

## Good: one node
```text rabbitmq.conf
listeners.tcp.default = 127.0.0.1:5672
```

## Fix
Let the smaller side pause, with three nodes or more:
```text
cluster_partition_handling = pause_minority
```

## References
- RabbitMQ 4.1 documentation, Clustering and Network Partitions: https://www.rabbitmq.com/docs/partitions
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.rabbitmq import RabbitMq


@check("rabbitmq-partitions-ignored", severity=MEDIUM, control=Control.AVAILABILITY, also=(Control.INTEGRITY,))
def rabbitmq_partitions_ignored(broker: RabbitMq) -> Iterator[Diagnostic]:
    if known(broker.is_clustered) and known(broker.text("cluster_partition_handling")) == "ignore":
        yield fail(
            "Nodes on both sides of a network partition go on by themselves: cluster_partition_handling is ignore",
            at=broker.where("cluster_partition_handling"),
            expected="cluster_partition_handling = pause_minority",
        )
