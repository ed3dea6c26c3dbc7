"""The directives of redis.conf and the first version that knows each.

Read from `src/config.c` of Redis 2.8.24, 3.0.7, 3.2.13, 4.0.14, 5.0.14, 6.0.16, 6.2.14, 7.0.15, 7.2.4 and 7.4.0. Valkey
7.2 and later have all of them.
"""

from typing import Final

Version = tuple[int, int]

_SINCE: Final[dict[Version, str]] = {
    (2, 8): """activerehashing aof-load-truncated aof-rewrite-incremental-fsync appendfilename appendfsync appendonly
        auto-aof-rewrite-min-size auto-aof-rewrite-percentage bind client-output-buffer-limit daemonize
        databases dbfilename dir hash-max-ziplist-entries hash-max-ziplist-value hll-sparse-max-bytes hz include
        latency-monitor-threshold list-max-ziplist-entries list-max-ziplist-value logfile loglevel
        lua-time-limit masterauth maxclients maxmemory maxmemory-policy maxmemory-samples min-slaves-max-lag
        min-slaves-to-write no-appendfsync-on-rewrite notify-keyspace-events pidfile port rdbchecksum
        rdbcompression rename-command repl-backlog-size repl-backlog-ttl repl-disable-tcp-nodelay
        repl-diskless-sync repl-diskless-sync-delay repl-ping-slave-period repl-timeout requirepass save
        sentinel set-max-intset-entries slave-priority slave-read-only slave-serve-stale-data slaveof
        slowlog-log-slower-than slowlog-max-len stop-writes-on-bgsave-error syslog-enabled syslog-facility
        syslog-ident tcp-backlog tcp-keepalive timeout unixsocket unixsocketperm zset-max-ziplist-entries
        zset-max-ziplist-value cluster-config-file cluster-enabled cluster-migration-barrier
        cluster-node-timeout cluster-require-full-coverage cluster-slave-validity-factor""",
    (3, 2): "list-compress-depth list-max-ziplist-size protected-mode slave-announce-ip slave-announce-port supervised",
    (4, 0): """active-defrag-cycle-max active-defrag-cycle-min active-defrag-ignore-bytes active-defrag-threshold-lower
        active-defrag-threshold-upper activedefrag always-show-logo aof-use-rdb-preamble
        client-query-buffer-limit cluster-announce-bus-port cluster-announce-ip cluster-announce-port
        cluster-slave-no-failover lazyfree-lazy-eviction lazyfree-lazy-expire lazyfree-lazy-server-del
        lfu-decay-time lfu-log-factor loadmodule proto-max-bulk-len slave-lazy-flush""",
    (5, 0): """active-defrag-max-scan-fields cluster-replica-no-failover cluster-replica-validity-factor dynamic-hz
        ignore-warnings lua-replicate-commands min-replicas-max-lag min-replicas-to-write
        rdb-save-incremental-fsync repl-ping-replica-period replica-announce-ip replica-announce-port
        replica-ignore-maxmemory replica-lazy-flush replica-priority replica-read-only replica-serve-stale-data
        replicaof slave-ignore-maxmemory stream-node-max-bytes stream-node-max-entries""",
    (6, 0): """gopher-enabled aclfile acllog-max-len active-expire-effort aof_rewrite_cpulist bgsave_cpulist bio_cpulist
        cluster-allow-reads-when-down io-threads io-threads-do-reads jemalloc-bg-thread key-load-delay
        lazyfree-lazy-user-del masteruser oom-score-adj oom-score-adj-values rdb-del-sync-files
        rdb-key-save-delay repl-diskless-load server_cpulist tls-auth-clients tls-ca-cert-dir tls-ca-cert-file
        tls-cert-file tls-ciphers tls-ciphersuites tls-cluster tls-dh-params-file tls-key-file tls-port
        tls-prefer-server-ciphers tls-protocols tls-replication tls-session-cache-size tls-session-cache-timeout
        tls-session-caching tracking-table-max-keys user""",
    (6, 2): """acl-pubsub-default cluster-allow-replica-migration cluster-announce-tls-port crash-log-enabled
        crash-memcheck-enabled disable-thp lazyfree-lazy-user-flush maxmemory-eviction-tenacity
        proc-title-template replica-announced sanitize-dump-payload set-proc-title tls-client-cert-file
        tls-client-key-file tls-client-key-file-pass tls-key-file-pass use-exit-on-panic""",
    (7, 0): """aof-disable-auto-gc aof-timestamp-enabled appenddirname bind-source-addr busy-reply-threshold
        cluster-allow-pubsubshard-when-down cluster-announce-hostname cluster-link-sendbuf-limit cluster-port
        cluster-preferred-endpoint-type enable-debug-command enable-module-command enable-protected-configs
        hash-max-listpack-entries hash-max-listpack-value latency-tracking latency-tracking-info-percentiles
        list-max-listpack-size loading-process-events-interval-bytes maxmemory-clients
        propagation-error-behavior repl-diskless-sync-max-replicas replica-ignore-disk-write-errors
        shutdown-on-sigint shutdown-on-sigterm shutdown-timeout socket-mark-id watchdog-period
        zset-max-listpack-entries zset-max-listpack-value""",
    (7, 2): """cluster-announce-human-nodename cluster-ping-interval locale-collate set-max-listpack-entries
        set-max-listpack-value""",
    (7, 4): """aof-rewrite-cpulist bgsave-cpulist bio-cpulist hide-user-data-from-log max-new-connections-per-cycle
        max-new-tls-connections-per-cycle server-cpulist""",
}

SINCE: Final[dict[str, Version]] = {name: version for version, names in _SINCE.items() for name in names.split()}
"""The first version that knows a directive; older ones refuse to start with it. 2.8 stands for "2.8 or before"."""

LAST_LISTED: Final[Version] = (7, 4)
"""A name that is not in SINCE is surely unknown to Redis up to this version."""
