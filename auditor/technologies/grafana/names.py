"""Settings of Grafana by `section.key`: what is in force without them, which are secret, what variables are called.

Sources: conf/defaults.ini of Grafana 9 to 11 and `setting.go` of 12 (the same for all of these); where a key of
defaults.ini is empty the value is the one that `setting.go` falls back to.
"""

from typing import Final

from auditor.credentials.keys import names_secret

SOURCE: Final = "Grafana 11, conf/defaults.ini"
PROVIDERS: Final = (
    "auth.github", "auth.gitlab", "auth.google", "auth.grafananet", "auth.grafana_com", "auth.azuread", "auth.okta",
    "auth.generic_oauth",
)  # fmt: skip
SECRET_KEY: Final = "SW2YcwTIb9zpOOhoPsMm"  # noqa: S105  # published in defaults.ini
ADMIN_PASSWORD: Final = "admin"  # noqa: S105  # published in defaults.ini
STACK_PASSWORD: Final = "prom-operator"  # noqa: S105  # published in values.yaml of kube-prometheus-stack up to 78

DEFAULTS: Final = {
    "server.protocol": "http",
    "server.http_addr": "",
    "server.http_port": "3000",
    "server.min_tls_version": "TLS1.2",
    "server.root_url": "",
    "server.router_logging": "false",
    "database.type": "sqlite3",
    "database.host": "127.0.0.1:3306",
    "database.ssl_mode": "disable",
    "database.url": "",
    "database.password": "",
    "security.disable_initial_admin_creation": "false",
    "security.admin_user": "admin",
    "security.admin_password": ADMIN_PASSWORD,
    "security.secret_key": SECRET_KEY,
    "security.disable_brute_force_login_protection": "false",
    "security.cookie_secure": "false",
    "security.cookie_samesite": "lax",
    "security.allow_embedding": "false",
    "snapshots.enabled": "true",
    "snapshots.external_enabled": "true",
    "snapshots.public_mode": "false",
    "users.allow_sign_up": "false",
    "users.auto_assign_org_role": "Viewer",
    "users.viewers_can_edit": "false",
    "auth.disable_login": "false",
    "auth.disable_login_form": "false",
    "auth.login_maximum_inactive_lifetime_duration": "7d",
    "auth.login_maximum_lifetime_duration": "30d",
    "auth.api_key_max_seconds_to_live": "-1",
    "auth.anonymous.enabled": "false",
    "auth.anonymous.org_role": "Viewer",
    "auth.basic.enabled": "true",
    "auth.proxy.enabled": "false",
    "auth.proxy.whitelist": "",
    "auth.ldap.enabled": "false",
    "auth.ldap.config_file": "/etc/grafana/ldap.toml",
    "service_accounts.token_expiration_day_limit": "-1",
    "smtp.enabled": "false",
    "smtp.host": "localhost:25",
    "smtp.password": "",
    "smtp.skip_verify": "false",
    "log.level": "info",
    "metrics.enabled": "true",
    "metrics.basic_auth_username": "",
    "metrics.basic_auth_password": "",
    "panels.disable_sanitize_html": "false",
    "paths.provisioning": "conf/provisioning",
    **{f"{provider}.enabled": "false" for provider in PROVIDERS},
    **{f"{provider}.tls_skip_verify_insecure": "false" for provider in PROVIDERS},
    **{f"{provider}.client_secret": "" for provider in PROVIDERS},
}

FALLBACKS: Final = {"users.allow_sign_up": True, "snapshots.enabled": True, "snapshots.external_enabled": True} | {
    "auth.basic.enabled": True,
    "metrics.enabled": True,
}
"""Switches that are on where the value is no boolean (`MustBool(true)`); the others are off then."""

_SECRET_WORDS = (
    "password",
    "secret",
    "secret_key",
    "token",
    "api_key",
    "access_key",
    "account_key",
    "write_key",
    "cert_pass",
    "dsn",
)


def is_secret(name: str) -> bool:
    """Tell whether a setting holds a secret by what Grafana has it for."""
    key = name.rpartition(".")[2]
    return (
        key == "connstr" or names_secret(key) or any(key == word or key.endswith(f"_{word}") for word in _SECRET_WORDS)
    )


def variable_of(name: str) -> str:
    """Return the variable that sets `section.key` (EnvKey of `setting.go`: points and dashes become underscores)."""
    section, _, key = name.rpartition(".")
    return f"GF_{(section or 'DEFAULT').replace('.', '_').replace('-', '_')}_{key.replace('.', '_')}".upper()
