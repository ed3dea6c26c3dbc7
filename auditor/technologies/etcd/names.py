"""Options of etcd: which there are, which are switches, and what holds without them.

Sources: `etcd --help` of 3.4.23 and "Configuration options" of the etcd documentation 3.5 and 3.6.
"""

from typing import Final

SWITCHES: Final = frozenset(
    "initial-election-tick-advance strict-reconfig-check pre-vote enable-v2 client-cert-auth auto-tls "
    "peer-client-cert-auth peer-auto-tls enable-pprof force-new-cluster debug unsafe-no-fsync "
    "experimental-initial-corrupt-check experimental-enable-lease-checkpoint "
    "experimental-peer-skip-client-san-verification socket-reuse-port socket-reuse-address enable-log-rotation "
    "enable-grpc-gateway log-outputs-json version experimental-enable-distributed-tracing "
    "experimental-memory-mlock experimental-txn-mode-write-with-shared-buffer "
    "experimental-compact-hash-check-enabled experimental-stop-grpc-service-on-defrag "
    "experimental-enable-lease-checkpoint-persist peer-skip-client-san-verification enable-distributed-tracing "
    "memory-mlock".split()
)

VALUED: Final = frozenset(
    "name data-dir wal-dir snapshot-count heartbeat-interval election-timeout listen-peer-urls listen-client-urls "
    "listen-client-http-urls max-snapshots max-wals quota-backend-bytes backend-bbolt-freelist-type "
    "backend-batch-interval backend-batch-limit max-txn-ops max-request-bytes max-concurrent-streams "
    "grpc-keepalive-min-time grpc-keepalive-interval grpc-keepalive-timeout initial-advertise-peer-urls "
    "initial-cluster initial-cluster-state initial-cluster-token advertise-client-urls discovery "
    "discovery-fallback discovery-proxy discovery-srv discovery-srv-name discovery-token discovery-endpoints "
    "auto-compaction-retention auto-compaction-mode cert-file key-file client-crl-file client-cert-file "
    "client-key-file client-cert-allowed-hostname trusted-ca-file peer-cert-file peer-key-file "
    "peer-client-cert-file peer-client-key-file peer-trusted-ca-file peer-cert-allowed-cn "
    "peer-cert-allowed-hostname peer-crl-file cipher-suites tls-min-version tls-max-version cors host-whitelist "
    "auth-token bcrypt-cost auth-token-ttl self-signed-cert-validity metrics listen-metrics-urls logger "
    "log-outputs log-level log-format log-rotation-config-json log-package-levels proxy proxy-failure-wait "
    "proxy-refresh-interval proxy-dial-timeout proxy-write-timeout proxy-read-timeout v2-deprecation "
    "feature-gates config-file warning-apply-duration warning-unary-request-duration downgrade-check-time "
    "compaction-batch-limit max-learners snapshot-catchup-entries corrupt-check-time".split()
)

DEFAULTS: Final = {
    "listen-client-urls": "http://localhost:2379",
    "listen-peer-urls": "http://localhost:2380",
    "client-cert-auth": "false",
    "peer-client-cert-auth": "false",
    "auto-tls": "false",
    "peer-auto-tls": "false",
    "auth-token": "simple",
    "auto-compaction-retention": "0",
    "enable-pprof": "false",
    "unsafe-no-fsync": "false",
    "force-new-cluster": "false",
    "initial-cluster": "",
    "enable-v2": "false",
    "log-level": "info",
}
SOURCE: Final = "etcd documentation 3.6, Configuration options"

CLIENT: Final = {"cert-file": "cert-file", "key-file": "key-file", "client-cert-auth": "client-cert-auth"} | {
    "trusted-ca-file": "trusted-ca-file",
    "auto-tls": "auto-tls",
}
"""Keys below `client-transport-security` of a configuration file, and the options they stand for."""
PEER: Final = {name: f"peer-{option}" for name, option in CLIENT.items()}
"""Keys below `peer-transport-security`."""
