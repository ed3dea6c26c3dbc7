"""Two halves of an Elasticsearch cluster may each go on alone.

## Why it matters
Before 7.0 the number of nodes that must agree on a master is written by hand. Left at its default of 1, each half of a
divided cluster elects a master of its own and accepts writes; when they meet again, one half's records are dropped.

## Bad: the default of 1
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:6.8.23
    environment:
      - discovery.zen.ping.unicast.hosts=search,search-2,search-3  # <-
```

## Bad: fewer than half
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:6.8.23
    environment:
      - discovery.zen.ping.unicast.hosts=search,search-2,search-3
      - discovery.zen.minimum_master_nodes=1  # <-
```

## Good
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:6.8.23
    environment:
      - discovery.zen.ping.unicast.hosts=search,search-2,search-3
      - discovery.zen.minimum_master_nodes=2
```

## Good: since 7.0 the nodes keep count themselves
```yaml compose.yaml
services:
  search:
    image: docker.elastic.co/elasticsearch/elasticsearch:7.17.9
    environment:
      - discovery.zen.ping.unicast.hosts=search,search-2,search-3
      - cluster.initial_master_nodes=search,search-2,search-3
```

## Fix
Require more than half of the nodes that may become master, or move to a current version.

```yaml
discovery.zen.minimum_master_nodes: 2
```

## References
- Elasticsearch reference 6.8, "Important Elasticsearch configuration": https://www.elastic.co/guide/en/elasticsearch/reference/6.8/discovery-settings.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, is_whole_number, known, not_evaluated
from auditor.technologies.elasticsearch import Elasticsearch

_HOSTS = "discovery.zen.ping.unicast.hosts"
_MINIMUM = "discovery.zen.minimum_master_nodes"


@check("elasticsearch-split-brain", severity=HIGH, control=Control.INTEGRITY, also=(Control.AVAILABILITY,))
def elasticsearch_split_brain(node: Elasticsearch) -> Iterator[Diagnostic]:
    if node.versions.is_at_least(7, 0):
        return
    hosts = len(known(node.words(_HOSTS)))
    needed = known(node.text(_MINIMUM)) or "1"
    if hosts > 1 and is_whole_number(needed) and int(needed) <= hosts // 2:
        if not node.versions.is_below(7, 0):
            yield not_evaluated("7.0 and later keep count of nodes themselves; the version is not known")
            return
        yield fail(
            f"Each half of a divided Elasticsearch cluster may elect a master: {needed} of {hosts} nodes suffices",
            at=node.where(_MINIMUM if _MINIMUM in node.settings else _HOSTS),
            expected=f"{_MINIMUM}: {hosts // 2 + 1}",
        )
