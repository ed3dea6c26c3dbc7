"""One request may delete all indices of Elasticsearch.

## Why it matters
Without `action.destructive_requires_name` a request to delete `*` or `_all`, sent by mistake or by an intruder, removes
every index at once. Version 8 requires names by default, earlier versions do not.

## Bad: switched off
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node
action.destructive_requires_name: false  # <-
```

## Bad: the default of version 7
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:7.17.9  # <-
    environment:
      - discovery.type=single-node
```

## Good: the default of version 8
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.18.0
    environment:
      - discovery.type=single-node
```

## Good
```yaml elasticsearch.yml
network.host: 10.20.0.5
discovery.type: single-node
action.destructive_requires_name: true
```

## Fix
Require the names of indices.

```yaml
action.destructive_requires_name: true
```

## References
- Elasticsearch reference 8.x, "Index management settings": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/index-management-settings.html
- Elasticsearch reference 8.x, "Migrating to 8.0": https://www.elastic.co/guide/en/elasticsearch/reference/8.18/migrating-8.0.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.elasticsearch import Elasticsearch


@check("elasticsearch-destructive-wildcards", severity=MEDIUM, control=Control.INTEGRITY)
def elasticsearch_destructive_wildcards(node: Elasticsearch) -> Iterator[Diagnostic]:
    if known(node.destroys_by_wildcard):
        yield fail(
            "One request may delete all indices of Elasticsearch by a wildcard",
            at=node.where("action.destructive_requires_name"),
            expected="action.destructive_requires_name: true",
        )
