"""Tell Cassandra's files from everything else: cassandra.yaml, cassandra-env.sh and cqlshrc."""

import re
from typing import Final

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT: Final = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb|bak|orig))*"
_NAME: Final = lazy(rf"(?:.*[._-])?cassandra(?:[._-].*)?\.ya?ml{_VARIANT}")
_EXACT: Final = lazy(rf"cassandra(?:_latest)?\.ya?ml{_VARIANT}")
_SCRIPT: Final = lazy(rf"cassandra-env\.sh{_VARIANT}")
_SHELL_RC: Final = lazy(rf"\.?cqlshrc{_VARIANT}")
_OWN: Final = lazy(
    r"^(?:cluster_name|num_tokens|partitioner|seed_provider|endpoint_snitch|commitlog_sync(?:_\w+)?|authenticator"
    r"|authorizer|role_manager|rpc_address|native_transport_port|data_file_directories|commitlog_directory"
    r"|(?:client|server)_encryption_options|hinted_handoff_enabled|listen_address|disk_failure_policy)[ \t]*:",
    re.M,
)
_FOREIGN: Final = lazy(r"^(?:apiVersion|kind|services|version|hosts|openapi|api_address|scylla\w*)[ \t]*:|^- ", re.M)


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of this technology's, None if it is not."""
    if "cqlshrc" in name and _SHELL_RC.fullmatch(name):
        return Recognition("the name of cqlsh's settings file", 2)
    if "cassandra-env" in name and _SCRIPT.fullmatch(name):
        return Recognition("the name of the script that sets Cassandra's Java options", 3 if "JVM_OPTS" in head else 2)
    named = "cassandra" in name and _NAME.fullmatch(name) is not None
    if not named and not ("commitlog_" in head and name.endswith((".yml", ".yaml", ".j2", ".tmpl", ".tpl"))):
        return None
    if _FOREIGN.search(head):
        return None
    found = len(set(_OWN.findall(head)))
    if named and found:
        return Recognition("named for Cassandra, with its settings", 3)
    if _EXACT.fullmatch(name) and all(not line.strip() or line.startswith("#") for line in head.split("\n")):
        return Recognition("the name of Cassandra's settings file", 2)
    return Recognition("settings of Cassandra", 2) if found >= 4 else None


TECHNOLOGY = Registered(
    "cassandra",
    "Apache Cassandra",
    "auditor.technologies.cassandra:CASSANDRA",
    recognise,
    words=("cassandra",),
    files="cassandra.yaml, cassandra-env.sh, cqlshrc",
    versions="3.0 to 5.0",
)
