"""The directives of redis.conf: which ones there are since when, their kinds of value and their defaults.

Read from `src/config.c` of Redis 2.8.24, 3.0.7, 3.2.13, 4.0.14, 5.0.14, 6.0.16, 6.2.14, 7.0.15, 7.2.4 and 7.4.0. Valkey
7.2 and later have all of them.
"""

from enum import Enum
from typing import Final

from auditor.records import dataclass


class Kind(Enum):
    """What a value is and how the server reports it."""

    YES_NO = "yes or no"
    ENUM = "one of the listed words"
    INTEGER = "a whole number"
    MEMORY = "a number of bytes"
    OCTAL = "file permissions in octal"
    TEXT = "text"
    SECRET = "secret text"  # noqa: S105  # a description of a kind, not a secret
    WORDS = "a list of words"


@dataclass(frozen=True)
class Parameter:
    """A directive whose effective value is modelled. `default` is the server's own, as `CONFIG GET` shows it."""

    name: str
    kind: Kind
    default: str = ""
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 2**31 - 1


_PROTECTED = ("no", "yes", "local")
_EVICTION = (
    "volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl",
    "allkeys-lru", "allkeys-lfu", "allkeys-random", "noeviction",
)  # fmt: skip

PARAMETERS: Final = {
    parameter.name: parameter
    for parameter in (
        Parameter("bind", Kind.WORDS, "* -::*"),
        Parameter("port", Kind.INTEGER, "6379", high=65535),
        Parameter("protected-mode", Kind.YES_NO, "yes"),
        Parameter("unixsocket", Kind.TEXT),
        Parameter("unixsocketperm", Kind.OCTAL, "0", high=0o777),
        Parameter("requirepass", Kind.SECRET),
        Parameter("masterauth", Kind.SECRET),
        Parameter("masteruser", Kind.TEXT),
        Parameter("aclfile", Kind.TEXT),
        Parameter("acl-pubsub-default", Kind.ENUM, "resetchannels", ("allchannels", "resetchannels")),
        Parameter("acllog-max-len", Kind.INTEGER, "128", high=2**63 - 1),
        Parameter("tls-port", Kind.INTEGER, "0", high=65535),
        Parameter("tls-cert-file", Kind.TEXT),
        Parameter("tls-key-file", Kind.TEXT),
        Parameter("tls-key-file-pass", Kind.SECRET),
        Parameter("tls-client-key-file-pass", Kind.SECRET),
        Parameter("tls-ca-cert-file", Kind.TEXT),
        Parameter("tls-ca-cert-dir", Kind.TEXT),
        Parameter("tls-auth-clients", Kind.ENUM, "yes", ("no", "yes", "optional")),
        Parameter("tls-protocols", Kind.TEXT),
        Parameter("tls-replication", Kind.YES_NO, "no"),
        Parameter("tls-cluster", Kind.YES_NO, "no"),
        Parameter("replicaof", Kind.WORDS),
        Parameter("replica-read-only", Kind.YES_NO, "yes"),
        Parameter("min-replicas-to-write", Kind.INTEGER, "0"),
        Parameter("min-replicas-max-lag", Kind.INTEGER, "10"),
        Parameter("cluster-enabled", Kind.YES_NO, "no"),
        Parameter("enable-protected-configs", Kind.ENUM, "no", _PROTECTED),
        Parameter("enable-debug-command", Kind.ENUM, "no", _PROTECTED),
        Parameter("enable-module-command", Kind.ENUM, "no", _PROTECTED),
        Parameter("appendonly", Kind.YES_NO, "no"),
        Parameter("appendfsync", Kind.ENUM, "everysec", ("everysec", "always", "no")),
        Parameter("no-appendfsync-on-rewrite", Kind.YES_NO, "no"),
        Parameter("save", Kind.WORDS, "3600 1 300 100 60 10000"),
        Parameter("rdbchecksum", Kind.YES_NO, "yes"),
        Parameter("stop-writes-on-bgsave-error", Kind.YES_NO, "yes"),
        Parameter("maxmemory", Kind.MEMORY, "0", high=2**64 - 1),
        Parameter("maxmemory-policy", Kind.ENUM, "noeviction", _EVICTION),
        Parameter("daemonize", Kind.YES_NO, "no"),
        Parameter("supervised", Kind.ENUM, "no", ("upstart", "systemd", "auto", "no")),
        Parameter("logfile", Kind.TEXT),
        Parameter("loglevel", Kind.ENUM, "notice", ("debug", "verbose", "notice", "warning", "nothing")),
        Parameter("syslog-enabled", Kind.YES_NO, "no"),
        Parameter("timeout", Kind.INTEGER, "0"),
        Parameter("maxclients", Kind.INTEGER, "10000", low=1, high=2**32 - 1),
    )
}

ALIASES: Final = {
    "slaveof": "replicaof",
    "slave-read-only": "replica-read-only",
    "slave-serve-stale-data": "replica-serve-stale-data",
    "slave-priority": "replica-priority",
    "slave-lazy-flush": "replica-lazy-flush",
    "slave-ignore-maxmemory": "replica-ignore-maxmemory",
    "slave-announce-ip": "replica-announce-ip",
    "slave-announce-port": "replica-announce-port",
    "repl-ping-slave-period": "repl-ping-replica-period",
    "cluster-slave-no-failover": "cluster-replica-no-failover",
    "cluster-slave-validity-factor": "cluster-replica-validity-factor",
    "min-slaves-to-write": "min-replicas-to-write",
    "min-slaves-max-lag": "min-replicas-max-lag",
}
"""Old names, accepted by every version and reported under the new one since 5.0."""

MULTIPLE: Final = frozenset(
    {
        "bind", "save", "replicaof", "client-output-buffer-limit", "oom-score-adj-values", "shutdown-on-sigint",
        "shutdown-on-sigterm", "latency-tracking-info-percentiles", "cluster-slot-stats-enabled",
    }
)  # fmt: skip
"""Directives that take several words; any other takes exactly one."""

OTHER_SHAPES: Final = frozenset({"include", "rename-command", "user", "loadmodule", "sentinel"})
"""Lines that are not settings: more words, repeated, or with an effect of their own."""
