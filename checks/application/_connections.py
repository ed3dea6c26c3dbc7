"""Whether a connection described by a URL is encrypted, and whether the server's certificate is verified.

Sources: PostgreSQL 17, libpq, section 32.19.1 (sslmode; `require` verifies where a root certificate is given); JDBC
driver for PostgreSQL 42.7 (`ssl=true` verifies); MySQL Connector/J 8.4 and 9 (sslMode, useSSL); MongoDB manual 8.0,
Connection String Options (tls, tlsInsecure; `mongodb+srv` turns TLS on); redis-py 5, Celery 5.5 (ssl_cert_reqs).
"""

from collections.abc import Callable
from enum import Enum

from auditor.api import ApplicationSettings, Entry, Url


class Protection(Enum):
    """What a connection is protected by; the values are ends of a sentence."""

    CLEAR = "without TLS"
    OPTIONAL = "without TLS if the server does not offer it"
    UNVERIFIED = "by TLS without verifying the server"
    VERIFIED = "by verified TLS"


_ON = frozenset(["true", "1", "yes", "on"])
_OFF = frozenset(["false", "0", "no", "off"])
_POSTGRES_MODES = {
    "disable": Protection.CLEAR,
    "allow": Protection.OPTIONAL,
    "prefer": Protection.OPTIONAL,
    "require": Protection.UNVERIFIED,
    "no-verify": Protection.UNVERIFIED,
    "verify-ca": Protection.VERIFIED,
    "verify-full": Protection.VERIFIED,
}
_MYSQL_MODES = {
    "disabled": Protection.CLEAR,
    "preferred": Protection.OPTIONAL,
    "required": Protection.UNVERIFIED,
    "verify_ca": Protection.VERIFIED,
    "verify_identity": Protection.VERIFIED,
}


def protection(url: Url, settings: ApplicationSettings) -> Protection | None:
    """Return how the connection to `url` is protected, None if its scheme is none that is judged here."""
    scheme = url.scheme.removeprefix("jdbc:").partition("+")[0]
    if url.scheme == "mongodb+srv":
        scheme = "mongodb+srv"
    judge = _BY_SCHEME.get(scheme)
    return judge(url, settings) if judge is not None else None


def _postgres(url: Url, settings: ApplicationSettings) -> Protection:
    mode = url.options.get("sslmode") or url.options.get("ssl") or _value(settings, "PGSSLMODE") or "prefer"
    mode = mode.lower()
    if mode in _ON:
        return Protection.VERIFIED
    if mode == "require" and (url.options.get("sslrootcert") or _value(settings, "PGSSLROOTCERT")):
        return Protection.VERIFIED
    return Protection.CLEAR if mode in _OFF else _POSTGRES_MODES.get(mode, Protection.OPTIONAL)


def _mysql(url: Url, settings: ApplicationSettings) -> Protection:
    del settings
    options = url.options
    mode = (options.get("sslmode") or options.get("ssl-mode") or options.get("ssl_mode") or "").lower()
    if mode in _MYSQL_MODES:
        return _MYSQL_MODES[mode]
    if any(name in options for name in ("ssl_ca", "ssl-ca", "sslca", "ssl_verify_cert")):
        return Protection.VERIFIED
    switch = (options.get("usessl") or options.get("tls") or options.get("ssl") or "").lower()
    if switch in _OFF:
        return Protection.CLEAR
    if options.get("verifyservercertificate", "").lower() in _ON and switch in _ON:
        return Protection.VERIFIED
    if switch == "skip-verify":
        return Protection.UNVERIFIED
    if switch in _ON:
        return Protection.UNVERIFIED if "usessl" in options else Protection.VERIFIED
    return Protection.OPTIONAL


def _mongodb(url: Url, settings: ApplicationSettings) -> Protection:
    del settings
    switch = (url.options.get("tls") or url.options.get("ssl") or "").lower()
    is_on = switch in _ON or (url.scheme == "mongodb+srv" and switch not in _OFF)
    if not is_on:
        return Protection.CLEAR
    loose = ("tlsinsecure", "tlsallowinvalidcertificates", "tlsallowinvalidhostnames")
    if any(url.options.get(name, "").lower() in _ON for name in loose):
        return Protection.UNVERIFIED
    return Protection.VERIFIED


def _clear(url: Url, settings: ApplicationSettings) -> Protection:
    del url, settings
    return Protection.CLEAR


def _tls(url: Url, settings: ApplicationSettings) -> Protection:
    del settings
    loose = {url.options.get(name, "").lower() for name in ("ssl_cert_reqs", "verify")}
    return Protection.UNVERIFIED if loose & {"none", "cert_none", "verify_none"} else Protection.VERIFIED


def _ldap(url: Url, settings: ApplicationSettings) -> Protection:
    del url
    return Protection.VERIFIED if _has(settings, "*START_TLS", "*STARTTLS", "*USE_TLS") else Protection.CLEAR


def _smtp(url: Url, settings: ApplicationSettings) -> Protection:
    in_url = any(url.options.get(name, "").lower() in _ON | {"starttls"} for name in ("tls", "starttls", "encryption"))
    return Protection.VERIFIED if in_url or _has(settings, "*USE_TLS", "*STARTTLS") else Protection.CLEAR


def _value(settings: ApplicationSettings, name: str) -> str | None:
    return next((entry.value for entry in settings.named(name)), None)


def _has(settings: ApplicationSettings, *patterns: str) -> bool:
    return any(entry.is_true for entry in settings.named(*patterns))


_BY_SCHEME: dict[str, Callable[[Url, ApplicationSettings], Protection]] = {
    "amqp": _clear,
    "amqps": _tls,
    "ftp": _clear,
    "ldap": _ldap,
    "mariadb": _mysql,
    "mongodb": _mongodb,
    "mongodb+srv": _mongodb,
    "mqtt": _clear,
    "mqtts": _tls,
    "mysql": _mysql,
    "mysql2": _mysql,
    "postgis": _postgres,
    "postgres": _postgres,
    "postgresql": _postgres,
    "redis": _clear,
    "rediss": _tls,
    "smtp": _smtp,
    "valkey": _clear,
    "valkeys": _tls,
}


def mail_switch(settings: ApplicationSettings) -> Entry | None:
    """Return the switch that turns TLS off for a mail server on another host, None if there is none."""
    server = next(
        (e for e in settings.named("EMAIL_HOST", "MAIL_HOST", "MAIL_SERVER", "SMTP_HOST", "SMTP_SERVER")), None
    )
    if server is None or not server.value or server.value in {"localhost", "127.0.0.1", "::1"}:
        return None
    if _has(settings, "EMAIL_USE_SSL", "MAIL_USE_SSL", "SMTP_SSL", "SMTP_USE_SSL", "SMTP_SECURE"):
        return None
    if _has(settings, "MAIL_SUPPRESS_SEND"):
        return None  # Flask-Mail then sends nothing
    switches = settings.named("EMAIL_USE_TLS", "MAIL_USE_TLS", "SMTP_TLS", "SMTP_USE_TLS", "SMTP_STARTTLS")
    found = list(switches)
    return found[0] if found and all(entry.is_false for entry in found) else None
