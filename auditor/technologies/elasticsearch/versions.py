"""Which versions of Elasticsearch a configuration may belong to.

Sources: Elasticsearch reference, "Migrating to 7.0" (initial master nodes), "Migrating to 7.9" (node.roles), "Migrating
to 8.0" (discovery.zen.*, node.master and its like removed; enrolment and auto-configuration added).
"""

from collections.abc import Iterable
from typing import Final

from auditor.technologies.common.versions import Range, range_of

_SINCE: Final = {
    "cluster.initial_master_nodes": (7, 0),
    "discovery.seed_hosts": (7, 0),
    "node.roles": (7, 9),
    "xpack.security.enrollment.enabled": (8, 0),
    "xpack.security.autoconfiguration.enabled": (8, 0),
}
_BEFORE: Final = {
    "discovery.zen": (8, 0),
    "node.master": (8, 0),
    "node.data": (8, 0),
    "node.ingest": (8, 0),
    "node.ml": (8, 0),
    "xpack.security.audit.outputs": (7, 0),
}


def versions_of(tag: str | None, names: Iterable[str]) -> Range:
    """Return the versions that an image's tag or the settings' names allow."""
    return range_of(tag, names, _SINCE, _BEFORE)
