"""The settings of vsftpd with what is in force without them.

Sources: `parseconf.c` and `tunables.c` of vsftpd 3.0.3 (vsftpd.conf(5) says NO for `anonymous_enable`, the program has
YES); Debian's 3.0.3 tried.
"""

from typing import Final

FLAGS: Final = {
    "anonymous_enable": True, "local_enable": False, "write_enable": False, "anon_upload_enable": False,
    "anon_mkdir_write_enable": False, "anon_other_write_enable": False, "anon_world_readable_only": True,
    "ssl_enable": False, "force_local_logins_ssl": True, "force_local_data_ssl": True, "allow_anon_ssl": False,
    "force_anon_logins_ssl": False, "force_anon_data_ssl": False, "implicit_ssl": False, "ssl_sslv2": False,
    "ssl_sslv3": False, "ssl_tlsv1": True, "chroot_local_user": False, "chroot_list_enable": False,
    "passwd_chroot_enable": False, "xferlog_enable": False, "xferlog_std_format": False, "dual_log_enable": False,
    "syslog_enable": False, "log_ftp_protocol": False, "pasv_promiscuous": False, "port_promiscuous": False,
    "listen": False, "listen_ipv6": False, "userlist_enable": False, "userlist_deny": True,
    "deny_email_enable": False, "secure_email_list_enable": False, "no_anon_password": False, "guest_enable": False,
    "chown_uploads": False, "require_cert": False, "validate_cert": False, "run_as_launching_user": False,
    "ftp_enable": True, "http_enable": False,
}  # fmt: skip
NUMBERS: Final = {
    "idle_session_timeout": "300", "listen_port": "21", "max_login_fails": "3", "local_umask": "077",
    "anon_umask": "077", "pasv_min_port": "0", "pasv_max_port": "0", "max_clients": "2000", "max_per_ip": "50",
}  # fmt: skip
TEXTS: Final = {
    "listen_address": "", "listen_address6": "", "cmds_allowed": "", "cmds_denied": "",
    "userlist_file": "/etc/vsftpd.user_list", "chroot_list_file": "/etc/vsftpd.chroot_list",
    "ssl_ciphers": "DES-CBC3-SHA", "pasv_address": "", "anon_root": "", "local_root": "", "user_config_dir": "",
    "ftp_username": "ftp", "rsa_cert_file": "/usr/share/ssl/certs/vsftpd.pem",
    "rsa_private_key_file": "", "ftpd_banner": "",
}  # fmt: skip
OTHER_FLAGS: Final = frozenset(
    "pasv_enable port_enable connect_from_port_20 dirmessage_enable async_abor_enable ascii_upload_enable "
    "ascii_download_enable one_process_model setproctitle_enable text_userdb_names ls_recurse_enable use_localtime "
    "check_shell hide_ids tcp_wrappers use_sendfile force_dot_files background virtual_use_local_privs "
    "session_support download_enable dirlist_enable chmod_enable no_log_lock tilde_user_enable enable_iconv mdtm_write "
    "lock_upload_files pasv_addr_resolve debug_ssl strict_ssl_read_eof strict_ssl_write_shutdown ssl_request_cert "
    "delete_failed_uploads ptrace_sandbox require_ssl_reuse isolate isolate_network seccomp_sandbox "
    "allow_writeable_chroot ssl_tlsv1_1 ssl_tlsv1_2 ssl_tlsv1_3 reverse_lookup_enable utf8_filesystem "
    "userlist_log better_stou log_die allow_reset_restart".split()
)
OTHER_NUMBERS: Final = frozenset(
    "accept_timeout connect_timeout ftp_data_port data_connection_timeout anon_max_rate local_max_rate file_open_mode "
    "trans_chunk_size delay_failed_login delay_successful_login chown_upload_mode".split()
)
OTHER_TEXTS: Final = frozenset(
    "secure_chroot_dir chown_username xferlog_file vsftpd_log_file message_file nopriv_user banned_email_file "
    "pam_service_name guest_username banner_file hide_file deny_file user_sub_token email_password_file dsa_cert_file "
    "local_charset remote_charset dsa_private_key_file ca_certs_file".split()
)
TRUE: Final = frozenset({"YES", "TRUE", "1"})
FALSE: Final = frozenset({"NO", "FALSE", "0"})
