"""Elasticsearch would refuse to start with this configuration.

## Why it matters
A file that the node refuses is not the one that the running node was started with: either the node is down, or it runs
on something else and this file shows a security that does not exist. Nothing else in the file can be judged.

## Bad: a setting given twice, dotted and nested
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node
xpack.security.enabled: true
xpack:
  security:
    enabled: false  # <-
```

## Bad: another word than true or false
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node
xpack.security.enabled: yes  # <-
```

## Bad: a setting of an index
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node
index.number_of_replicas: 0  # <-
```

## Bad: security in a cluster without TLS between its nodes
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.18.0  # <-
    environment:
      - discovery.seed_hosts=search-2,search-3
      - cluster.initial_master_nodes=search,search-2,search-3
      - xpack.security.enabled=true
```

## Bad: a setting that 8.0 removed
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.18.0
    environment:
      - discovery.type=single-node
      - discovery.zen.minimum_master_nodes=1  # <-
```

## Bad: both ways of starting a cluster
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node
cluster.initial_master_nodes: [search-1]  # <-
```

## Good: dotted and nested names of different settings
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node
xpack.security.enabled: true
xpack:
  security:
    audit:
      enabled: false
```

## Good: the same setting in the file and in a variable, which wins
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.18.0
    environment:
      - discovery.type=single-node
    volumes:
      - ./elasticsearch.yml:/usr/share/elasticsearch/config/elasticsearch.yml
```
```yaml elasticsearch.yml
network.host: 0.0.0.0
discovery.type: multi-node
```

## Fix
Correct the line and start a node with the file before it is rolled out; it names the setting it refuses.

```text
bin/elasticsearch -Epath.data=/tmp/try -Epath.logs=/tmp/try
```

## References
- Elasticsearch reference 8.x, "Configuring Elasticsearch": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/settings.html
- Elasticsearch reference 8.x, "Bootstrap checks": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/bootstrap-checks.html
- Elasticsearch reference 8.x, "Bootstrap checks for X-Pack": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/bootstrap-checks-xpack.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.elasticsearch import Elasticsearch


@check(
    "elasticsearch-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def elasticsearch_refused_configuration(node: Elasticsearch) -> Iterator[Diagnostic]:
    for problem in node.refused:
        yield fail(f"Elasticsearch would refuse to start: {problem.message}", at=problem.at, key=problem.message)
