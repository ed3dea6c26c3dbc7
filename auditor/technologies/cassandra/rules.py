"""What keeps Cassandra from starting with its settings.

Sources: DatabaseDescriptor.java, AuthConfig.java and YamlConfigurationLoader.java of Cassandra 3.11-5.0; NEWS.txt 4.0
(Thrift's settings are gone and have to be removed) and 4.1 (an old and a new name of one setting exclude each other).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from auditor.model.fact import Problem
from auditor.technologies.common.configured import is_any_address
from auditor.technologies.common.sectioned import Option

from .service import Cassandra

_THRIFT: Final = frozenset(
    "start_rpc rpc_port rpc_server_type rpc_min_threads rpc_max_threads thrift_framed_transport_size_in_mb "
    "thrift_max_message_length_in_mb thrift_prepared_statements_cache_size_mb request_scheduler "
    "request_scheduler_id request_scheduler_options".split()
)
_REQUIRED: Final = ("partitioner", "seed_provider", "commitlog_sync")
_NOT_ONE: Final = frozenset({"", "0", "0ms", "0s"})


def refused(server: Cassandra, options: Sequence[Option], *, whole: bool) -> Iterator[Problem]:
    """Yield what Cassandra refuses; `whole` tells whether the options are all that it reads."""
    written = {option.written: option for option in options}
    for option in options:
        top = option.written.partition(".")[0]
        if server.versions.is_at_least(4, 0) and top in _THRIFT:
            yield Problem(at=option.at, message=f"expected no setting {top}; 4.0 removed it with Thrift")
        base = re.sub(r"_in_(?:ms|kb|mb|bytes|seconds|minutes)(?:_per_sec)?$", "", option.written)
        if base != option.written and base in written:
            message = f"expected {base} or {option.written}, not both names of one setting"
            yield Problem(at=option.at, message=message)
    yield from _log_in(server)
    yield from _addresses(server, written)
    yield from _commit_log(server)
    if whole and not server.gaps:
        for name in _REQUIRED:
            if name not in written and not any(other.startswith(name + ".") for other in written):
                yield Problem(at=server.at, message=f"expected {name}; Cassandra has no default for it")


def _log_in(server: Cassandra) -> Iterator[Problem]:
    if server.authenticates is not False:
        return
    for name, needs in (("authorizer", "CassandraAuthorizer"), ("network_authorizer", "CassandraNetworkAuthorizer")):
        if server.class_of(name) == needs:
            message = f"expected an authenticator that asks for a log-in beside {needs}"
            yield Problem(at=server.where(name), message=message)


def _addresses(server: Cassandra, written: dict[str, Option]) -> Iterator[Problem]:
    for kind in ("listen", "rpc"):
        if {f"{kind}_address", f"{kind}_interface"} <= set(written):
            message = f"expected {kind}_address or {kind}_interface, not both"
            yield Problem(at=written[f"{kind}_interface"].at, message=message)
    for name in ("listen_address", "broadcast_address", "broadcast_rpc_address"):
        option = written.get(name)
        if option is not None and isinstance(option.value, str) and option.value and is_any_address(option.value):
            yield Problem(at=option.at, message=f"expected one address for {name}, not all of them")
    if server.listens_everywhere is True and server.text("broadcast_rpc_address") is None:
        message = "expected broadcast_rpc_address beside an rpc_address that is all addresses"
        yield Problem(at=server.where("rpc_address"), message=message)


def _commit_log(server: Cassandra) -> Iterator[Problem]:
    sync, period = server.text("commitlog_sync"), server.text("commitlog_sync_period")
    group = server.text("commitlog_sync_group_window")
    known = not any(gap.covers("commitlog_sync_period") for gap in server.gaps)
    has_period = isinstance(period, str) and period not in _NOT_ONE
    if sync in {"batch", "group"} and has_period:
        message = f"expected no commitlog_sync_period beside commitlog_sync: {sync}"
        yield Problem(at=server.where("commitlog_sync_period"), message=message)
    elif sync == "periodic" and known and (period is None or period in _NOT_ONE):
        yield Problem(at=server.where("commitlog_sync"), message="expected commitlog_sync_period beside periodic")
    elif sync == "group" and known and group is None:
        yield Problem(at=server.where("commitlog_sync"), message="expected commitlog_sync_group_window beside group")
