"""What the start scripts of the images write into the configuration (sources: `images`)."""

import re

from auditor.model.numbers import is_whole_number
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.patterns import lazy

from .environment import Environment
from .images import Family
from .loader import Loaded

_OFFICIAL = (
    ("ZOO_DATA_DIR", "dataDir", "/data"),
    ("ZOO_TICK_TIME", "tickTime", "2000"),
    ("ZOO_INIT_LIMIT", "initLimit", "5"),
    ("ZOO_SYNC_LIMIT", "syncLimit", "2"),
    ("ZOO_AUTOPURGE_SNAPRETAINCOUNT", "autopurge.snapRetainCount", "3"),
    ("ZOO_AUTOPURGE_PURGEINTERVAL", "autopurge.purgeInterval", "0"),
    ("ZOO_MAX_CLIENT_CNXNS", "maxClientCnxns", "60"),
    ("ZOO_STANDALONE_ENABLED", "standaloneEnabled", "true"),
    ("ZOO_ADMINSERVER_ENABLED", "admin.enableServer", "true"),
)
_BITNAMI = (
    ("ZOO_TICK_TIME", "tickTime", "2000"),
    ("ZOO_INIT_LIMIT", "initLimit", "10"),
    ("ZOO_SYNC_LIMIT", "syncLimit", "5"),
    ("ZOO_PORT_NUMBER", "clientPort", "2181"),
    ("ZOO_MAX_CLIENT_CNXNS", "maxClientCnxns", "60"),
    ("ZOO_AUTOPURGE_INTERVAL", "autopurge.purgeInterval", "0"),
    ("ZOO_AUTOPURGE_RETAIN_COUNT", "autopurge.snapRetainCount", "3"),
    ("ZOO_4LW_COMMANDS_WHITELIST", "4lw.commands.whitelist", "srvr, mntr"),
    ("ZOO_ADMIN_SERVER_PORT_NUMBER", "admin.serverPort", "8080"),
)
_BITNAMI_TLS = (
    ("ZOO_TLS_PORT_NUMBER", "secureClientPort", "3181"),
    ("ZOO_TLS_CLIENT_AUTH", "ssl.clientAuth", "need"),
    ("ZOO_TLS_CLIENT_KEYSTORE_FILE", "ssl.keyStore.location", ""),
    ("ZOO_TLS_CLIENT_TRUSTSTORE_FILE", "ssl.trustStore.location", ""),
)
_NETTY = "org.apache.zookeeper.server.NettyServerCnxnFactory"
_CONFLUENT = {
    "CLIENT_PORT": "clientPort",
    "CLIENT_PORT_ADDRESS": "clientPortAddress",
    "CLIENT_PORT_UNIFICATION": "client.portUnification",
    "SECURE_CLIENT_PORT": "secureClientPort",
    "TICK_TIME": "tickTime",
    "INIT_LIMIT": "initLimit",
    "SYNC_LIMIT": "syncLimit",
    "MAX_CLIENT_CNXNS": "maxClientCnxns",
    "MIN_SESSION_TIMEOUT": "minSessionTimeout",
    "MAX_SESSION_TIMEOUT": "maxSessionTimeout",
    "AUTOPURGE_SNAP_RETAIN_COUNT": "autopurge.snapRetainCount",
    "AUTOPURGE_PURGE_INTERVAL": "autopurge.purgeInterval",
    "SYNC_ENABLED": "syncEnabled",
    "FORCE_SYNC": "forceSync",
    "SKIP_ACL": "skipACL",
    "QUORUM_LISTEN_ON_ALL_IPS": "quorumListenOnAllIPs",
    "SSL_CLIENT_AUTH": "ssl.clientAuth",
    "SSL_KEYSTORE_LOCATION": "ssl.keyStore.location",
    "SSL_TRUSTSTORE_LOCATION": "ssl.trustStore.location",
    "SSL_HOSTNAME_VERIFICATION": "ssl.hostnameVerification",
    "SSL_QUORUM": "sslQuorum",
    "SSL_QUORUM_CLIENT_AUTH": "ssl.quorum.clientAuth",
    "SSL_QUORUM_HOSTNAME_VERIFICATION": "ssl.quorum.hostnameVerification",
    "SERVER_CNXN_FACTORY": "serverCnxnFactory",
    "AUTH_PROVIDER_X509": "authProvider.x509",
    "AUTH_PROVIDER_SASL": "authProvider.sasl",
    "ADMIN_ENABLE_SERVER": "admin.enableServer",
    "ADMIN_SERVER_ADDRESS": "admin.serverAddress",
    "ADMIN_SERVER_PORT": "admin.serverPort",
}
"""Variables with the prefix `ZOOKEEPER_` that the template of cp-zookeeper knows; it drops all others."""
_JAVA_FLAGS = ("SERVER_JVMFLAGS", "JVMFLAGS", "KAFKA_OPTS")
_PROPERTY = lazy(r"-Dzookeeper\.([\w.]+)=(\S*)")


def apply_java_flags(loaded: Loaded, environment: Environment) -> None:
    """Apply `-Dzookeeper.x=y`; the configuration file beats it."""
    for name in _JAVA_FLAGS:
        found = environment.get(name)
        if found is not None and isinstance(found[0], str):
            for key, value in _PROPERTY.findall(found[0]):
                loaded.set(key, value.strip("\"'"), found[1], Origin.FLAG)


def apply_image(loaded: Loaded, family: Family, environment: Environment) -> None:
    """Apply what the image's script writes where no configuration is mounted."""
    if family is Family.OFFICIAL:
        _official(loaded, environment)
    elif family is Family.BITNAMI:
        _bitnami(loaded, environment)
    elif family is Family.CONFLUENT:
        _confluent(loaded, environment)
    else:
        loaded.cloud(Unknown("what the image sets is not known"), environment.at, Origin.IMAGE)


def _table(loaded: Loaded, environment: Environment, rows: tuple[tuple[str, str, str], ...]) -> None:
    for variable, name, default in rows:
        value, at = environment.text(variable, default)
        origin = Origin.IMAGE if at is None else Origin.ENVIRONMENT
        loaded.set(name, value, at or environment.at, origin, "" if at else "start script of the image")


def _words(loaded: Loaded, environment: Environment, variable: str) -> None:
    """Apply lines that a variable holds, divided by blanks."""
    found = environment.get(variable)
    if found is None:
        return
    value, at = found
    if isinstance(value, Unknown):
        loaded.cloud(value, at, Origin.ENVIRONMENT)
        return
    for word in value.split():
        key, _, text = word.partition("=")
        loaded.set(key, text, at, Origin.ENVIRONMENT)


def _official(loaded: Loaded, environment: Environment) -> None:
    _table(loaded, environment, _OFFICIAL)
    servers = environment.get("ZOO_SERVERS")
    if servers is None or servers[0] == "":
        loaded.set("server.1", "localhost:2888:3888;2181", environment.at, Origin.IMAGE, "start script of the image")
    elif isinstance(servers[0], Unknown):
        loaded.members_unknown = servers[0]
        loaded.set("clientPort", "2181", environment.at, Origin.IMAGE, "start script of the image")
    else:
        _words(loaded, environment, "ZOO_SERVERS")
    commands = environment.get("ZOO_4LW_COMMANDS_WHITELIST")
    if commands is not None and commands[0] != "":
        loaded.set("4lw.commands.whitelist", *commands, Origin.ENVIRONMENT)
    _words(loaded, environment, "ZOO_CFG_EXTRA")


def _is_yes(environment: Environment, name: str, default: str = "no") -> bool | Unknown:
    value, _ = environment.text(name, default)
    return value if isinstance(value, Unknown) else value.lower() in {"1", "yes", "true"}


def _bitnami(loaded: Loaded, environment: Environment) -> None:
    source = "libzookeeper.sh"
    _table(loaded, environment, _BITNAMI)
    loaded.set("dataDir", "/bitnami/zookeeper/data", environment.at, Origin.IMAGE, source)
    for variable, name in (
        ("ZOO_ENABLE_ADMIN_SERVER", "admin.enableServer"),
        ("ZOO_ADMIN_SERVER_ADDRESS", "admin.serverAddress"),
    ):
        found = environment.get(variable)
        if found is None or found[0] == "":
            reason = Unknown(f"the default of {variable} depends on the image's release")
            loaded.set(name, reason, environment.at, Origin.IMAGE, source)
        elif variable == "ZOO_ENABLE_ADMIN_SERVER":
            enabled = _is_yes(environment, variable)
            loaded.set(name, _word(enabled), found[1], Origin.ENVIRONMENT)
        else:
            loaded.set(name, *found, Origin.ENVIRONMENT)
    authentication = _is_yes(environment, "ZOO_ENABLE_AUTH")
    place = environment.get("ZOO_ENABLE_AUTH")
    at, origin = (place[1], Origin.ENVIRONMENT) if place else (environment.at, Origin.IMAGE)
    loaded.set("sessionRequireClientSASLAuth", _word(authentication), at, origin, source)
    if authentication is not False:
        loaded.set("authProvider.1", "org.apache.zookeeper.server.auth.SASLAuthenticationProvider", at, origin, source)
    quorum = _is_yes(environment, "ZOO_ENABLE_QUORUM_AUTH")
    for name in ("enableSasl", "learnerRequireSasl", "serverRequireSasl"):
        loaded.set(f"quorum.auth.{name}", _word(quorum), environment.at, Origin.IMAGE, source)
    _bitnami_validation(loaded, environment, authentication)
    _bitnami_members(loaded, environment)
    _bitnami_tls(loaded, environment)
    for name in environment.names("ZOO_CFG_"):
        found = environment.get(name)
        assert found is not None
        loaded.set(name.removeprefix("ZOO_CFG_").replace("_", "."), *found, Origin.ENVIRONMENT)


def _word(flag: bool | Unknown) -> str | Unknown:
    return flag if isinstance(flag, Unknown) else "true" if flag else "false"


def _bitnami_validation(loaded: Loaded, environment: Environment, authentication: bool | Unknown) -> None:
    if authentication is False and _is_yes(environment, "ALLOW_EMPTY_PASSWORD") is False:
        if _is_yes(environment, "ALLOW_ANONYMOUS_LOGIN") is not False:
            return  # the older name of the same switch
        message = "expected ZOO_ENABLE_AUTH=yes or ALLOW_EMPTY_PASSWORD=yes; without them the container stops"
        loaded.refuse(environment.at, message)


def _bitnami_members(loaded: Loaded, environment: Environment) -> None:
    value, at = environment.text("ZOO_SERVERS", "")
    if isinstance(value, Unknown):
        loaded.members_unknown = value
        return
    words = [word for word in re.split(r"[;, ]+", value) if word]
    if len(words) < 2 or at is None:
        return
    for number, word in enumerate(words, 1):
        address, jump, given = word.partition("::")
        index = int(given) if jump and is_whole_number(given) else number
        loaded.set(f"server.{index}", address, at, Origin.ENVIRONMENT)


def _bitnami_tls(loaded: Loaded, environment: Environment) -> None:
    clients = _is_yes(environment, "ZOO_TLS_CLIENT_ENABLE")
    if isinstance(clients, Unknown):
        for name in ("clientPort", "secureClientPort", "ssl.clientAuth", "serverCnxnFactory"):
            loaded.set(name, clients, environment.at, Origin.ENVIRONMENT)
    elif clients:
        loaded.unset("clientPort", "libzookeeper.sh")
        loaded.set("serverCnxnFactory", _NETTY, environment.at, Origin.IMAGE, "libzookeeper.sh")
        _table(loaded, environment, _BITNAMI_TLS)
    quorum = _is_yes(environment, "ZOO_TLS_QUORUM_ENABLE")
    loaded.set("sslQuorum", _word(quorum), environment.at, Origin.IMAGE, "libzookeeper.sh")
    if quorum is True:
        _table(loaded, environment, (("ZOO_TLS_QUORUM_CLIENT_AUTH", "ssl.quorum.clientAuth", "need"),))


def _confluent(loaded: Loaded, environment: Environment) -> None:
    loaded.set("dataDir", "/var/lib/zookeeper/data", environment.at, Origin.IMAGE, "zookeeper.properties.template")
    for variable, name in _CONFLUENT.items():
        found = environment.get(f"ZOOKEEPER_{variable}")
        if found is not None:
            loaded.set(name, *found, Origin.ENVIRONMENT)
    servers = environment.get("ZOOKEEPER_SERVERS")
    if servers is not None:
        value, at = servers
        if isinstance(value, Unknown):
            loaded.members_unknown = value
            return
        for number, word in enumerate((word for word in value.split(";") if word), 1):
            loaded.set(f"server.{number}", word, at, Origin.ENVIRONMENT)
        for name, default in (("initLimit", "10"), ("syncLimit", "5")):
            if loaded.settings[name].value == "":
                loaded.set(name, default, environment.at, Origin.IMAGE, "configure")
    if loaded.settings["clientPort"].value == loaded.settings["secureClientPort"].value == "":
        message = "expected ZOOKEEPER_CLIENT_PORT or ZOOKEEPER_SECURE_CLIENT_PORT; without them the container stops"
        loaded.refuse(environment.at, message)
