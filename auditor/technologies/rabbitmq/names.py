"""Keys of rabbitmq.conf: which there are, what values they take, what is in force without them.

Sources: schema files of RabbitMQ 3.10 (`priv/schema/*.schema`), RabbitMQ 4.1 documentation, "Configuration".
"""

from typing import Final

ROOTS: Final = frozenset(
    "auth_backends auth_cache auth_http auth_jms auth_ldap auth_mechanisms auth_mtls auth_oauth2 "
    "anonymous_login_pass anonymous_login_user amqp1_0 background_gc_enabled background_gc_target_interval "
    "channel_max channel_max_per_node classic_queue cluster_formation cluster_keepalive_interval cluster_name "
    "cluster_partition_handling cluster_queue_limit cluster_tags collect_statistics collect_statistics_interval "
    "connection_max consumer_max_per_channel consumer_timeout credential_validator default_limits default_pass "
    "default_password default_permissions default_policies default_queue_type default_user default_user_tags "
    "default_users default_vhost default_vhosts default_worker_pool_size definitions delegate_count "
    "deprecated_features disk_free_limit distribution erlang federation feature_flags frame_max handshake_timeout "
    "heartbeat hipe_compile initial_frame_max khepri_default_timeout link_max_per_session listeners "
    "load_definitions log loopback_users management management_agent max_message_size memory_monitor_interval "
    "message_interceptors message_store_shutdown_timeout mirroring_sync_batch_size mirroring_sync_max_throughput "
    "mnesia_table_loading_retry_limit mnesia_table_loading_retry_timeout motd_file mqtt net_ticktime node_tags "
    "num_acceptors password_hashing_module product prometheus property proxy_protocol "
    "queue_index_embed_msgs_below queue_leader_locator queue_master_locator quorum_queue quorum_status_check raft "
    "reverse_dns_lookups runtime_parameters secret session_max_per_connection shovel socket_writer "
    "ssl_allow_poodle_attack ssl_cert_login_from ssl_cert_login_san_index ssl_cert_login_san_type "
    "ssl_handshake_timeout ssl_options stomp stream sysmon_handler tcp_listen_options "
    "total_memory_available_override_value trace_vhosts tracing trust_store vhost_max vhost_restart_strategy "
    "virtual_host vm_memory_calculation_strategy vm_memory_high_watermark vm_memory_high_watermark_paging_ratio "
    "web_dispatch web_mqtt web_stomp".split()
)
"""First words of all keys up to 4.1; plugins that others write may have more."""

SECRETS: Final = frozenset({"default_pass", "anonymous_login_pass", "mqtt.default_pass", "stomp.default_pass"})
SECRET_ENDINGS: Final = (".password", "_password", ".dn_password", "_secret", ".secret_access_key", ".default_pass")

_BOOLEAN: Final = ("true", "false")
_LEVELS: Final = ("debug", "info", "notice", "warning", "error", "critical", "none")
_PEER: Final = ("verify_peer", "verify_none")
CHOICES: Final = {
    "listeners.tcp": ("none",),
    "listeners.ssl": ("none",),
    "loopback_users": ("none",),
    "cluster_partition_handling": ("ignore", "pause_minority", "autoheal", "pause_if_all_down"),
    "ssl_options.verify": _PEER,
    "ssl_options.fail_if_no_peer_cert": _BOOLEAN,
    "management.ssl.verify": _PEER,
    "management.ssl.fail_if_no_peer_cert": _BOOLEAN,
    "log.console": _BOOLEAN,
    "log.console.level": _LEVELS,
    "log.file.level": _LEVELS,
    "log.default.level": _LEVELS,
    "log.connection.level": _LEVELS,
    "log.syslog": _BOOLEAN,
    "log.exchange": _BOOLEAN,
    "mqtt.allow_anonymous": _BOOLEAN,
}
"""Keys that take one of these words only."""
INTEGERS: Final = frozenset(
    {
        "heartbeat",
        "management.tcp.port",
        "management.ssl.port",
        "prometheus.tcp.port",
        "prometheus.ssl.port",
        "channel_max",
    }
)
BOOLEAN_PREFIXES: Final = ("default_user_tags.",)
"""`loopback_users.NAME` takes any word, and only `true` counts."""

_MANUAL: Final = "RabbitMQ 4.1 documentation, Configuration"
DEFAULTS: Final = {
    "default_user": "guest",
    "heartbeat": "60",
    "cluster_partition_handling": "ignore",
    "disk_free_limit.absolute": "50MB",
    "ssl_options.verify": "verify_none",
    "ssl_options.fail_if_no_peer_cert": "false",
    "log.connection.level": "info",
}
SOURCE: Final = _MANUAL
"""What `DEFAULTS` are taken from; 3.10.8 was asked for the same values."""
