"""The settings of ZooKeeper that are modelled, with their defaults, and what the server refuses.

Sources: `QuorumPeerConfig`, `ZooKeeperServer`, `AuthenticationHelper`, `FourLetterCommands`, `JettyAdminServer` and
`FileTxnLog` of ZooKeeper 3.9.5, and the Administrator's Guide of 3.9 (zookeeperAdmin.html).
"""

import re
from enum import Enum
from typing import Final

from auditor.patterns import lazy
from auditor.records import dataclass

Version = tuple[int, int, int]

SECRETS: Final = lazy(r"ssl\.(?:quorum\.)?(?:keyStore|trustStore)\.password|DigestAuthenticationProvider\.superDigest")
"""Keys whose value is a secret."""


class Kind(Enum):
    """What the server makes of a value."""

    BOOLEAN = "true or false"
    """Refused unless it is true or false in any case."""
    PROPERTY = "a system property"
    """Any text is accepted; each reader has its own idea of what it means."""
    INTEGER = "a whole number"
    TEXT = "text"


@dataclass(frozen=True)
class Parameter:
    """A key whose effective value is modelled; "" stands for a value that is not set."""

    name: str
    kind: Kind
    default: str = ""


PARAMETERS: Final = {
    parameter.name: parameter
    for parameter in (
        Parameter("tickTime", Kind.INTEGER, "3000"),
        Parameter("initLimit", Kind.INTEGER),
        Parameter("syncLimit", Kind.INTEGER),
        Parameter("dataDir", Kind.TEXT),
        Parameter("clientPort", Kind.INTEGER),
        Parameter("clientPortAddress", Kind.TEXT),
        Parameter("secureClientPort", Kind.INTEGER),
        Parameter("secureClientPortAddress", Kind.TEXT),
        Parameter("client.portUnification", Kind.PROPERTY, "false"),
        Parameter("maxClientCnxns", Kind.INTEGER, "60"),
        Parameter("minSessionTimeout", Kind.INTEGER),
        Parameter("maxSessionTimeout", Kind.INTEGER),
        Parameter("standaloneEnabled", Kind.BOOLEAN, "true"),
        Parameter("reconfigEnabled", Kind.BOOLEAN, "false"),
        Parameter("syncEnabled", Kind.BOOLEAN, "true"),
        Parameter("quorumListenOnAllIPs", Kind.BOOLEAN, "false"),
        Parameter("localSessionsEnabled", Kind.BOOLEAN, "false"),
        Parameter("dynamicConfigFile", Kind.TEXT),
        Parameter("autopurge.purgeInterval", Kind.INTEGER, "0"),
        Parameter("autopurge.snapRetainCount", Kind.INTEGER, "3"),
        Parameter("4lw.commands.whitelist", Kind.PROPERTY, "srvr"),
        Parameter("admin.enableServer", Kind.PROPERTY, "true"),
        Parameter("admin.serverAddress", Kind.PROPERTY, "0.0.0.0"),  # noqa: S104  # the server's own default
        Parameter("admin.serverPort", Kind.PROPERTY, "8080"),
        Parameter("admin.needClientAuth", Kind.PROPERTY, "false"),
        Parameter("admin.forceHttps", Kind.PROPERTY, "false"),
        Parameter("audit.enable", Kind.PROPERTY, "false"),
        Parameter("skipACL", Kind.PROPERTY, "no"),
        Parameter("forceSync", Kind.PROPERTY, "yes"),
        Parameter("snapshot.trust.empty", Kind.PROPERTY, "false"),
        Parameter("serverCnxnFactory", Kind.PROPERTY, "org.apache.zookeeper.server.NIOServerCnxnFactory"),
        Parameter("sessionRequireClientSASLAuth", Kind.PROPERTY, "false"),
        Parameter("enforce.auth.enabled", Kind.PROPERTY, "false"),
        Parameter("enforce.auth.schemes", Kind.PROPERTY),
        Parameter("DigestAuthenticationProvider.superDigest", Kind.PROPERTY),
        Parameter("DigestAuthenticationProvider.enabled", Kind.PROPERTY, "true"),
        Parameter("ssl.clientAuth", Kind.PROPERTY, "need"),
        Parameter("ssl.hostnameVerification", Kind.PROPERTY, "true"),
        Parameter("sslQuorum", Kind.BOOLEAN, "false"),
        Parameter("portUnification", Kind.BOOLEAN, "false"),
        Parameter("ssl.quorum.clientAuth", Kind.PROPERTY, "need"),
        Parameter("ssl.quorum.hostnameVerification", Kind.PROPERTY, "true"),
        Parameter("quorum.auth.enableSasl", Kind.BOOLEAN, "false"),
        Parameter("quorum.auth.learnerRequireSasl", Kind.BOOLEAN, "false"),
        Parameter("quorum.auth.serverRequireSasl", Kind.BOOLEAN, "false"),
    )
}

SOURCE: Final = "Administrator's Guide, ZooKeeper 3.9"


def refused(parameter: Parameter, value: str) -> str:
    """Return what the server expects instead of `value`, "" if it accepts it."""
    if parameter.kind is Kind.BOOLEAN and value.lower() not in {"true", "false"}:
        return f"expected true or false for {parameter.name}"
    # From 3.10 on the interval may have a unit of time.
    number = value.rstrip("smhd") if parameter.name == "autopurge.purgeInterval" else value
    if parameter.kind is Kind.INTEGER and not re.fullmatch(r"[+-]?[0-9]+", number):
        return f"expected a whole number for {parameter.name}"
    return ""
