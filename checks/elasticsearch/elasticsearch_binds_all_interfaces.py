"""Elasticsearch listens on every address of its host.

## Why it matters
A node that listens everywhere is reachable from each network that the host is ever attached to, and one mistake in a
firewall publishes it. Open Elasticsearch servers have been copied and emptied by scripts within hours.

## Bad
```yaml elasticsearch.yml
network.host: 0.0.0.0  # <-
discovery.type: single-node
xpack.security.enabled: false
```

## Bad: the narrower setting wins
```yaml elasticsearch.yml
network.host: 10.20.0.5
http.host: 0.0.0.0  # <-
discovery.type: single-node
xpack.security.enabled: false
```

## Bad: whether there is a log-in depends on the version
```yaml elasticsearch.yml
cluster.name: clinic
network.host: 0.0.0.0  # <-
```

## Good
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node
xpack.security.enabled: false
```

## Good: no address at all is the loopback address
```yaml elasticsearch.yml
cluster.name: clinic
xpack.security.enabled: false
```

## Fix
Name the addresses on which clients and other nodes connect.

```yaml
network.host: [_local_, 10.20.0.5]
```

## References
- Elasticsearch reference 8.x, "Networking": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/modules-network.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch


@check("elasticsearch-binds-all-interfaces", severity=HIGH, control=Control.NETWORK_EXPOSURE, cwe=1327)
def elasticsearch_binds_all_interfaces(node: Elasticsearch) -> Iterator[Diagnostic]:
    if node.in_container:  # a container has to listen on all of its own addresses; what matters is what is published
        return
    everywhere = known(node.listens_everywhere)
    if everywhere:
        answers = (node.security, node.http_tls)
        severity = HIGH if False in answers else LOW if answers == (True, True) else MEDIUM
        yield fail(
            f"Elasticsearch listens on every address of its host ({', '.join(everywhere)})",
            at=node.where(node.listening_setting),
            severity=severity,  # the version, which is not known here, may decide about the log-in
            expected="network.host with the addresses that clients use",
        )
