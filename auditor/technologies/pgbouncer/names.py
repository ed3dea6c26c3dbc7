"""The parameters of PgBouncer 1.12 to 1.25: what kind of value each takes, since when, and its default.

Source: the tables `bouncer_params` of main.c, `parse_database` and `parse_user` of loader.c, of each of these versions.
"""

from collections.abc import Mapping
from typing import Final

from auditor.technologies.common.configured import Version

NUMBERS: Final = frozenset(
    (
        "application_name_add_host default_pool_size disable_pqexec listen_backlog listen_port "
        "log_connections log_disconnections log_pooler_errors log_stats max_client_conn "
        "max_db_client_connections max_db_connections max_packet_size max_prepared_statements "
        "max_user_client_connections max_user_connections min_pool_size peer_id pkt_buf query_wait_notify "
        "reserve_pool_size sbuf_loopcnt scram_iterations server_fast_close server_reset_query_always "
        "server_round_robin so_reuseport stats_period syslog tcp_defer_accept tcp_keepalive tcp_keepcnt "
        "tcp_keepidle tcp_keepintvl tcp_socket_buffer tcp_user_timeout unix_socket_mode verbose "
    ).split()
)
"""A whole number; 0x… and 0… are hexadecimal and octal. Words such as `on` are refused."""
TIMES: Final = frozenset(
    (
        "autodb_idle_timeout cancel_wait_timeout client_idle_timeout client_login_timeout dns_max_ttl "
        "dns_nxdomain_ttl dns_zone_check_period idle_transaction_timeout query_timeout query_wait_timeout "
        "reserve_pool_timeout server_check_delay server_connect_timeout server_idle_timeout server_lifetime "
        "server_login_retry suspend_timeout transaction_timeout "
    ).split()
)
"""Seconds, fractions allowed."""
TEXTS: Final = frozenset(
    (
        "admin_users auth_dbname auth_file auth_hba_file auth_ident_file auth_ldap_options auth_query "
        "auth_user client_tls13_ciphers client_tls_ca_file client_tls_cert_file client_tls_ciphers "
        "client_tls_dheparams client_tls_ecdhcurve client_tls_key_file client_tls_protocols conffile "
        "ignore_startup_parameters job_name listen_addr logfile pidfile resolv_conf server_check_query "
        "server_reset_query server_tls13_ciphers server_tls_ca_file server_tls_cert_file server_tls_ciphers "
        "server_tls_key_file server_tls_protocols stats_users syslog_facility syslog_ident "
        "track_extra_parameters unix_socket_dir unix_socket_group user "
    ).split()
)
_SSL_MODES: Final = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
CHOICES: Final[Mapping[str, frozenset[str]]] = {
    "auth_type": frozenset({"any", "trust", "plain", "md5", "cert", "hba", "ldap", "pam", "scram-sha-256"}),
    "pool_mode": frozenset({"session", "transaction", "statement"}),
    "client_tls_sslmode": _SSL_MODES,
    "server_tls_sslmode": _SSL_MODES,
}
"""Words, in capitals or not. `ldap` and `pam` are there only where they were built in, as Debian has pam."""
SECRETS: Final = frozenset({"auth_ldap_options"})
"""Parameters that may hold a password (`ldapbindpasswd`)."""
KEPT: Final = frozenset(
    (
        "auth_dbname auth_file auth_ident_file auth_ldap_options auth_user client_tls13_ciphers conffile "
        "server_tls13_ciphers user verbose"
    ).split()
)
"""Parameters without a default: a new [pgbouncer] line sets every other one back."""

DEFAULTS: Final[Mapping[str, str]] = {
    "admin_users": "",
    "auth_type": "md5",
    "client_idle_timeout": "0",
    "client_tls_protocols": "secure",
    "client_tls_sslmode": "disable",
    "listen_addr": "",
    "listen_port": "6432",
    "log_connections": "1",
    "log_disconnections": "1",
    "logfile": "",
    "stats_users": "",
    "syslog": "0",
    "unix_socket_mode": "0777",
}
"""Defaults that are the same in every version from 1.14 on, of what is judged or shown."""
SINCE: Final[Mapping[str, Version]] = {
    "tcp_user_timeout": (1, 14),
    "auth_dbname": (1, 19),
    "cancel_wait_timeout": (1, 19),
    "peer_id": (1, 19),
    "track_extra_parameters": (1, 20),
    "max_prepared_statements": (1, 21),
    "auth_ident_file": (1, 23),
    "max_db_client_connections": (1, 24),
    "max_user_client_connections": (1, 24),
    "auth_ldap_options": (1, 25),
    "client_tls13_ciphers": (1, 25),
    "query_wait_notify": (1, 25),
    "scram_iterations": (1, 25),
    "server_tls13_ciphers": (1, 25),
    "transaction_timeout": (1, 25),
}
"""Parameters that came after 1.12."""
NEWEST: Final[Version] = (1, 25)
"""The newest version whose parameters stand here."""
DATABASE_KEYS: Final[Mapping[str, Version]] = {
    **dict.fromkeys(
        (
            "application_name auth_user client_encoding connect_query datestyle dbname host max_db_connections "
            "password pool_mode pool_size port reserve_pool timezone user"
        ).split(),
        (1, 12),
    ),
    "min_pool_size": (1, 16),
    "auth_dbname": (1, 19),
    "auth_query": (1, 22),
    "server_lifetime": (1, 23),
    "load_balance_hosts": (1, 24),
    "max_db_client_connections": (1, 24),
    "reserve_pool_size": (1, 24),
}
USER_KEYS: Final[Mapping[str, Version]] = {
    "pool_mode": (1, 12),
    "max_user_connections": (1, 12),
    "pool_size": (1, 23),
    "client_idle_timeout": (1, 24),
    "idle_transaction_timeout": (1, 24),
    "max_user_client_connections": (1, 24),
    "query_timeout": (1, 24),
    "reserve_pool_size": (1, 24),
    "transaction_timeout": (1, 25),
}
SECTIONS: Final[Mapping[str, Version]] = {
    "pgbouncer": (1, 12),
    "databases": (1, 12),
    "users": (1, 12),
    "peers": (1, 19),
}
Keys = Mapping[str, Version]
ALL: Final = NUMBERS | TIMES | TEXTS | frozenset(CHOICES)
