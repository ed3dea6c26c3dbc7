"""Which files configure etcd: its YAML file, and files of `ETCD_…` variables for a service."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAME = lazy(
    r"(?:.*[._-])?etcd(?:[._-][\w.-]*)?\.(?:conf|config|ya?ml)(?:\.(?:ya?ml|j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb))*"
)
_KEY = lazy(
    r"^(?:listen-(?:peer|client)-urls|initial-(?:cluster|advertise-peer-urls|cluster-state|cluster-token)"
    r"|advertise-client-urls|(?:client|peer)-transport-security|snapshot-count|quota-backend-bytes|auto-compaction-\w+"
    r"|election-timeout|heartbeat-interval|data-dir|wal-dir)[ \t]*:",
    re.M,
)
_VARIABLE = lazy(r"^[ \t]*(?:export[ \t]+)?(ETCD_[A-Z_]+)=", re.M)
_FOREIGN = lazy(r"^(?:apiVersion|kind|services|hosts|openapi|- )", re.M)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file configures etcd, None if it does not."""
    is_variables = "ETCD_" in head
    if not is_variables and "etcd" not in name and "-urls" not in head and "-transport-security" not in head:
        return None
    named = _NAME.fullmatch(name) is not None
    if is_variables:
        is_defaults = name == "etcd" and ("default" in path or "sysconfig" in path)
        if (named or is_defaults) and _VARIABLE.search(head):
            return Recognition("variables of etcd in a file named after it", 3)
        return None
    if _FOREIGN.search(head):
        return None
    keys = len(set(_KEY.findall(head)))
    if named and keys:
        return Recognition("named after etcd, with its options", 3)
    is_yaml = name.endswith((".yaml", ".yml", ".conf", ".j2"))
    enough = 3  # one or two of these words can be another program's
    return Recognition("options of etcd", 2) if is_yaml and keys >= enough else None


TECHNOLOGY = Registered(
    "etcd",
    "etcd",
    "auditor.technologies.etcd:ETCD",
    recognise,
    words=("etcd",),
    files="etcd.conf.yml, variable files",
    versions="3.4 and 3.5",
    compared_with="etcd-server 3.4",
)
