"""Names of mongod's options: the YAML name, the command-line or INI name, and which older name means the same.

Sources: MongoDB manual 8.0, "Configuration File Settings and Command-Line Options Mapping"; manual 3.4 for options
that are gone since; option declarations of the server (`*_options*.idl`).
"""

from typing import Final

SECTIONS: Final = frozenset(
    [
        "auditLog",
        "basisTech",
        "cloud",
        "net",
        "operationProfiling",
        "processManagement",
        "replication",
        "security",
        "setParameter",
        "sharding",
        "snmp",
        "storage",
        "systemLog",
    ]
)
"""Every top-level name of a YAML configuration; mongod refuses any other."""

BOOLEANS: Final = frozenset(
    [
        "net.bindIpAll",
        "net.http.JSONPEnabled",
        "net.http.RESTInterfaceEnabled",
        "net.http.enabled",
        "net.ipv6",
        "net.tls.FIPSMode",
        "net.tls.allowConnectionsWithoutCertificates",
        "net.tls.allowInvalidCertificates",
        "net.tls.allowInvalidHostnames",
        "net.unixDomainSocket.enabled",
        "net.wireObjectCheck",
        "processManagement.fork",
        "security.enableEncryption",
        "security.javascriptEnabled",
        "security.redactClientLogData",
        "security.transitionToAuth",
        "storage.directoryPerDB",
        "storage.journal.enabled",
        "systemLog.logAppend",
        "systemLog.quiet",
    ]
)
"""Options that take `true` or `false` in lower case only."""

SECRETS: Final = frozenset(
    [
        "net.tls.certificateKeyFilePassword",
        "net.tls.clusterPassword",
        "security.kmip.clientCertificatePassword",
        "security.ldap.bind.queryPassword",
    ]
)
"""Options whose value is a password."""

_OLDER: Final = {
    "net.ssl": "net.tls",
    "net.ssl.PEMKeyFile": "net.tls.certificateKeyFile",
    "net.ssl.PEMKeyPassword": "net.tls.certificateKeyFilePassword",
    "net.ssl.weakCertificateValidation": "net.tls.allowConnectionsWithoutCertificates",
    "net.tls.weakCertificateValidation": "net.tls.allowConnectionsWithoutCertificates",
    "replication.replSet": "replication.replSetName",
}

_SWITCHES: Final = {
    "auth": ("security.authorization", "enabled", "disabled"),
    "noauth": ("security.authorization", "disabled", "enabled"),
    "bind_ip_all": ("net.bindIpAll", "true", "false"),
    "directoryperdb": ("storage.directoryPerDB", "true", "false"),
    "dur": ("storage.journal.enabled", "true", "false"),
    "enableEncryption": ("security.enableEncryption", "true", "false"),
    "fork": ("processManagement.fork", "true", "false"),
    "httpinterface": ("net.http.enabled", "true", "false"),
    "ipv6": ("net.ipv6", "true", "false"),
    "journal": ("storage.journal.enabled", "true", "false"),
    "jsonp": ("net.http.JSONPEnabled", "true", "false"),
    "logappend": ("systemLog.logAppend", "true", "false"),
    "nodur": ("storage.journal.enabled", "false", "true"),
    "nohttpinterface": ("net.http.enabled", "false", "true"),
    "nojournal": ("storage.journal.enabled", "false", "true"),
    "noobjcheck": ("net.wireObjectCheck", "false", "true"),
    "noscripting": ("security.javascriptEnabled", "false", "true"),
    "nounixsocket": ("net.unixDomainSocket.enabled", "false", "true"),
    "objcheck": ("net.wireObjectCheck", "true", "false"),
    "quiet": ("systemLog.quiet", "true", "false"),
    "redactClientLogData": ("security.redactClientLogData", "true", "false"),
    "rest": ("net.http.RESTInterfaceEnabled", "true", "false"),
    "tlsAllowConnectionsWithoutCertificates": ("net.tls.allowConnectionsWithoutCertificates", "true", "false"),
    "tlsAllowInvalidCertificates": ("net.tls.allowInvalidCertificates", "true", "false"),
    "tlsAllowInvalidHostnames": ("net.tls.allowInvalidHostnames", "true", "false"),
    "tlsFIPSMode": ("net.tls.FIPSMode", "true", "false"),
    "tlsOnNormalPorts": ("net.tls.mode", "requireTLS", "disabled"),
    "tlsWeakCertificateValidation": ("net.tls.allowConnectionsWithoutCertificates", "true", "false"),
    "transitionToAuth": ("security.transitionToAuth", "true", "false"),
    "configsvr": ("sharding.clusterRole", "configsvr", ""),
    "shardsvr": ("sharding.clusterRole", "shardsvr", ""),
    "syslog": ("systemLog.destination", "syslog", ""),
}
"""Command-line switch without its dashes: the option, its value when the switch is on, and when it is off."""

_VALUES: Final = {
    "auditDestination": "auditLog.destination",
    "auditFilter": "auditLog.filter",
    "auditFormat": "auditLog.format",
    "auditPath": "auditLog.path",
    "bind_ip": "net.bindIp",
    "clusterAuthMode": "security.clusterAuthMode",
    "config": "config",
    "configdb": "sharding.configDB",
    "dbpath": "storage.dbPath",
    "encryptionCipherMode": "security.encryptionCipherMode",
    "encryptionKeyFile": "security.encryptionKeyFile",
    "f": "config",
    "filePermissions": "net.unixDomainSocket.filePermissions",
    "keyFile": "security.keyFile",
    "kmipServerName": "security.kmip.serverName",
    "ldapQueryPassword": "security.ldap.bind.queryPassword",
    "logpath": "systemLog.path",
    "port": "net.port",
    "profile": "operationProfiling.mode",
    "replSet": "replication.replSetName",
    "storageEngine": "storage.engine",
    "timeZoneInfo": "processManagement.timeZoneInfo",
    "tlsCAFile": "net.tls.CAFile",
    "tlsCertificateKeyFile": "net.tls.certificateKeyFile",
    "tlsCertificateKeyFilePassword": "net.tls.certificateKeyFilePassword",
    "tlsCertificateSelector": "net.tls.certificateSelector",
    "tlsClusterCAFile": "net.tls.clusterCAFile",
    "tlsClusterFile": "net.tls.clusterFile",
    "tlsClusterPassword": "net.tls.clusterPassword",
    "tlsDisabledProtocols": "net.tls.disabledProtocols",
    "tlsMode": "net.tls.mode",
    "vaultServerName": "security.vault.serverName",
}

_OLDER_FLAGS: Final = {"sslPEMKeyFile": "tlsCertificateKeyFile", "sslPEMKeyPassword": "tlsCertificateKeyFilePassword"}


def canonical(name: str) -> str:
    """Return the current name of a YAML option: `net.ssl.CAFile` is `net.tls.CAFile` since 4.2."""
    if name in _OLDER:
        return _OLDER[name]
    return "net.tls." + name.removeprefix("net.ssl.") if name.startswith("net.ssl.") else name


def switch(flag: str) -> tuple[str, str, str] | None:
    """Return (option, value when on, value when off) of a command-line switch, None if `flag` is none."""
    return _SWITCHES.get(_current(flag))


def valued(flag: str) -> str:
    """Return the option that a command-line flag with a value sets; the flag itself if this table has none."""
    return _VALUES.get(_current(flag), flag)


def is_known_flag(flag: str) -> bool:
    """Tell whether `flag` (without dashes) is in the tables of this module."""
    return _current(flag) in _SWITCHES or _current(flag) in _VALUES


def _current(flag: str) -> str:
    if flag in _OLDER_FLAGS:
        return _OLDER_FLAGS[flag]
    return "tls" + flag.removeprefix("ssl") if flag.startswith("ssl") else flag
