"""What NiFi and NiFi Registry do by default, and in which versions.

Sources: `NiFiProperties.java` and `RepositoryConfiguration.java` (what an absent key means), `nifi-resources/pom.xml`
(what the distribution's nifi.properties sets) and the System Administrator's Guide of NiFi 1.11.4, 1.13.2, 1.14.0,
1.28.1, 2.0.0 and 2.11.0; `NiFiRegistryProperties.java` and its Administrator's Guide of 1.28.1 and 2.11.0.
"""

from typing import Final

from auditor.patterns import lazy
from auditor.technologies.common.configured import Version
from auditor.technologies.common.versions import Range

GUIDE: Final = "System Administrator's Guide, NiFi 2.11"
"""Where a default is described that counts when a key is absent."""
SHIPPED: Final = "nifi.properties of the distribution"
REGISTRY_GUIDE: Final = "System Administrator's Guide, NiFi Registry 2.11"

SECRETS: Final = lazy(
    r"nifi\.(?:registry\.)?(?:security\.(?:keystorePasswd|keyPasswd|truststorePasswd|user\.oidc\.client\.secret)"
    r"|zookeeper\.security\.(?:keystorePasswd|truststorePasswd)|sensitive\.props\.key|db\.password"
    r"|(?:\w+\.)?repository\.encryption\.key(?:\.id\.[\w-]+|\.provider\.(?:keystore\.)?password)?"
    r"|bootstrap\.sensitive\.key|bootstrap\.protection\.[\w.]*(?:password|secret|token)[\w.]*)",
)
"""Keys whose value is a secret."""

DEFAULTS: Final = {
    "nifi.web.http.port": "",
    "nifi.web.https.port": "",
    "nifi.web.max.content.size": "",
    "nifi.remote.input.secure": "true",
    "nifi.remote.input.socket.port": "",
    "nifi.security.allow.anonymous.authentication": "false",
    "nifi.security.user.authorizer": "",
    "nifi.security.user.login.identity.provider": "",
    "nifi.security.user.jws.key.rotation.period": "PT1H",
    "nifi.security.user.oidc.discovery.url": "",
    "nifi.security.user.oidc.preferred.jwsalgorithm": "",
    "nifi.security.user.saml.idp.metadata.url": "",
    "nifi.security.user.saml.authentication.expiration": "12 hours",
    "nifi.sensitive.props.key": "",
    "nifi.cluster.is.node": "false",
    "nifi.cluster.protocol.is.secure": "false",
    "nifi.cluster.leader.election.implementation": "CuratorLeaderElectionManager",
    "nifi.zookeeper.client.secure": "false",
    "nifi.zookeeper.connect.string": "",
    "nifi.state.management.embedded.zookeeper.start": "false",
    "nifi.flowfile.repository.always.sync": "false",
    "nifi.content.repository.always.sync": "false",
    "nifi.provenance.repository.max.storage.time": "24 hours",
}
"""What an absent key means to the program, in every version that reads it."""

_ALWAYS_SHIPPED: Final = {
    "nifi.flowfile.repository.implementation": "org.apache.nifi.controller.repository.WriteAheadFlowFileRepository",
    "nifi.content.repository.implementation": "org.apache.nifi.controller.repository.FileSystemRepository",
    "nifi.provenance.repository.implementation": "org.apache.nifi.provenance.WriteAheadProvenanceRepository",
    "nifi.provenance.repository.max.storage.time": "30 days",
    "nifi.state.management.provider.cluster": "zk-provider",
}
_SECURE: Final = {
    "nifi.web.https.host": "127.0.0.1",
    "nifi.web.https.port": "8443",
    "nifi.security.user.authorizer": "single-user-authorizer",
    "nifi.security.user.login.identity.provider": "single-user-provider",
    "nifi.sensitive.props.algorithm": "NIFI_PBKDF2_AES_GCM_256",
}
"""From 1.14 on."""
_OPEN: Final = {
    "nifi.web.http.port": "8080",
    "nifi.security.user.authorizer": "managed-authorizer",
    "nifi.sensitive.props.algorithm": "PBEWITHMD5AND256BITAES-CBC-OPENSSL",
    "nifi.remote.input.secure": "false",
}
"""Before 1.14."""

REGISTRY_DEFAULTS: Final = {
    "nifi.registry.web.http.port": "",
    "nifi.registry.web.https.port": "",
}
PUBLISHED_PASSWORD: Final = "nifireg"  # noqa: S105  # NiFi Registry's manual and image publish it
REGISTRY_SHIPPED: Final = {
    "nifi.registry.web.http.port": "18080",
    "nifi.registry.security.authorizer": "managed-authorizer",
    "nifi.registry.db.url": "jdbc:h2:./database/nifi-registry-primary",
    "nifi.registry.db.username": "nifireg",
    "nifi.registry.db.password": PUBLISHED_PASSWORD,
}

BUILT_IN_KEY: Final = "nififtw!"
"""The key that NiFi before 1.14 takes where none is set: a constant of its public source (`StringEncryptor`)."""
GENERATED_KEY: Final = 32
"""Characters of the key that NiFi makes itself: 24 random bytes in base64 (`NiFiPropertiesLoader`)."""
SHORTEST_KEY: Final = 12
"""Characters that the algorithms NIFI_* ask of the key (Property Encryption Algorithms)."""

SINCE: Final[dict[str, Version]] = {
    "nifi.security.allow.anonymous.authentication": (1, 12),
    "nifi.zookeeper.client.secure": (1, 13),
    "nifi.security.autoreload.enabled": (1, 14),
    "nifi.security.user.jws.key.rotation.period": (1, 15),
    "nifi.security.user.oidc.truststore.strategy": (1, 16),
    "nifi.web.https.application.protocols": (1, 17),
    "nifi.python.working.directory": (2, 0),
    "nifi.cluster.leader.election.implementation": (2, 0),
}
"""The version whose nifi.properties has the key first."""
BEFORE: Final[dict[str, Version]] = {
    "nifi.ui.autorefresh.interval": (2, 0),
    "nifi.variable.registry.properties": (2, 0),
    "nifi.templates.directory": (2, 0),
}
"""The version whose nifi.properties has the key no longer."""


def shipped(version: Range) -> dict[str, str]:
    """Return what the nifi.properties of a version's distribution sets, of what is modelled."""
    own = dict(_OPEN if version.is_below(1, 14) else _SECURE)
    if version.is_below(1, 12):
        own["nifi.provenance.repository.max.storage.time"] = "24 hours"
    return {**_ALWAYS_SHIPPED, **own}
